package io.andon.quickstart.screen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
  private static final String LONGEST =
      "20:38 of 1800 s  injected 111, found 101, waiting 2, missed 8, false alarms 10";
  private static final CameraRow CONVEYOR =
      new CameraRow("conveyor", 10, 4.09, "scene-changed", 12_420);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream output = new PrintStream(bytes, true, UTF_8);

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 200})
  void aTableThatIsDrawnAgainAndAgainIsThereOnceHoweverNarrowTheTerminal(int columns) {
    LiveScreen screen = new LiveScreen(output);
    for (int i = 0; i < 5; i++) {
      screen.status("0:0" + i + LONGEST, List.of(CONVEYOR, CameraRow.silent("press")));
    }
    screen.event("FOUND");

    List<String> shown = TinyTerminal.show(columns, bytes.toString(UTF_8));

    assertThat(shown).hasSize(4).first().isEqualTo("FOUND");
    assertThat(shown.get(1)).startsWith("0:04");
    assertThat(shown.get(2)).contains("conveyor");
    assertThat(shown.get(3)).contains("press");
  }

  @Test
  void aWideEventIsNotCutOff() {
    LiveScreen screen = new LiveScreen(output);
    screen.status("0:01", List.of(CONVEYOR));
    screen.event("a word ".repeat(10));

    assertThat(String.join("", TinyTerminal.show(20, bytes.toString(UTF_8))))
        .contains("a word ".repeat(10));
  }

  @Test
  void anOrdinaryTerminalShowsAllOfATable() {
    new LiveScreen(output).status(LONGEST, List.of(CONVEYOR));

    assertThat(TinyTerminal.show(80, bytes.toString(UTF_8)))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo(LONGEST),
            line -> assertThat(line).endsWith("scene-changed  12420 ms"));
  }

  @Test
  void aSilentCameraHasNoScoreAndIsNotNormal() {
    new LineScreen(output).status("0:50", List.of(CameraRow.silent("press")));

    assertThat(bytes.toString(UTF_8)).isEqualToIgnoringNewLines("0:50 | press no frames");
  }

  @Test
  void aReaderThatHasEndedIsNoticed() {
    LineScreen screen = new LineScreen(output);
    screen.event("seen");
    assertThat(screen.isGone()).isFalse();

    LineScreen unread = new LineScreen(new PrintStream(new Closed(), true, UTF_8));
    unread.event("unseen");

    assertThat(unread.isGone()).isTrue();
  }

  /** As a pipe without a reader. */
  private static final class Closed extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}
