package io.andon.bench.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSimulationTest {
  private static final long SECOND = 1_000_000;
  private static final int SIZE = Scene.WIDTH * Scene.HEIGHT * 3;
  private static final List<String> BOTH = LineSimulation.DEMO_CAMERAS;

  @TempDir Path folder;

  private static void run(LineSimulation line, double fromSeconds, double toSeconds) {
    byte[] rgb = new byte[SIZE];
    for (long micros = (long) (fromSeconds * SECOND);
        micros < toSeconds * SECOND;
        micros += SECOND / 8) {
      for (PictureSource camera : line.cameras()) {
        camera.render(micros, rgb);
      }
    }
  }

  @Test
  void theSameSeedAndTimesGiveTheSamePictures() throws Exception {
    byte[] first = pictureAt(12.5, 3);
    assertThat(pictureAt(12.5, 3)).isEqualTo(first);
    assertThat(pictureAt(12.5, 4)).isNotEqualTo(first);
  }

  private static byte[] pictureAt(double seconds, long seed) throws Exception {
    try (LineSimulation line = LineSimulation.create(List.of("conveyor"), seed, null)) {
      run(line, 0, seconds);
      byte[] rgb = new byte[SIZE];
      line.cameras().get(0).render((long) (seconds * SECOND), rgb);
      return rgb;
    }
  }

  @Test
  void showsEveryAnomalyItWasAskedFor() throws Exception {
    try (LineSimulation line = LineSimulation.create(BOTH, 1, null)) {
      line.injectBetween(10 * SECOND, 120 * SECOND, 12);
      run(line, 0, 125);
      assertThat(line.injections()).hasSize(12);
      assertThat(line.injections())
          .allSatisfy(
              shown -> {
                assertThat(shown.startMicros()).isBetween(10 * SECOND, 120 * SECOND);
                double lasted = (shown.endMicros().orElseThrow() - shown.startMicros()) / 1e6;
                assertThat(lasted).isBetween(1.5, 8.0);
              });
      for (String camera : BOTH) {
        Set<AnomalyKind> kinds =
            line.injections().stream()
                .filter(shown -> shown.camera().equals(camera))
                .map(Injection::kind)
                .collect(Collectors.toSet());
        assertThat(kinds).hasSize(5);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"conveyor", "press"})
  void anAnomalyChangesThePictureWhereTheTruthSaysSo(String camera) throws Exception {
    EnumSet<AnomalyKind> seen = EnumSet.noneOf(AnomalyKind.class);
    try (LineSimulation odd = LineSimulation.create(List.of(camera), 5, null);
        LineSimulation usual = LineSimulation.create(List.of(camera), 5, null)) {
      odd.injectBetween(5 * SECOND, 80 * SECOND, 5);
      byte[] oddRgb = new byte[SIZE];
      byte[] usualRgb = new byte[SIZE];
      int known = 0;
      for (long micros = 0; micros < 85 * SECOND; micros += SECOND / 8) {
        odd.cameras().get(0).render(micros, oddRgb);
        usual.cameras().get(0).render(micros, usualRgb);
        if (odd.injections().size() > known) {
          known++;
        } else if (known > 0 && odd.injections().get(known - 1).endMicros().isEmpty()) {
          if (!Arrays.equals(oddRgb, usualRgb)) {
            seen.add(odd.injections().get(known - 1).kind());
          }
        }
      }
      EnumSet<AnomalyKind> inTurn = EnumSet.copyOf(scene(odd).anomalies());
      inTurn.retainAll(AnomalyKind.AT_A_GLANCE);
      assertThat(seen).isEqualTo(inTurn);
    }
  }

  private static Scene scene(LineSimulation line) {
    return ((SimulatedCamera) line.cameras().get(0)).scene();
  }

  @Test
  void writesTheTruthTwiceWhenItBeginsAndWhenItEnds() throws Exception {
    Path truth = folder.resolve("truth.jsonl");
    try (LineSimulation line = LineSimulation.create(List.of("conveyor"), 2, truth)) {
      line.injectBetween(2 * SECOND, 20 * SECOND, 1);
      run(line, 0, 20);
    }
    List<String> lines = Files.readAllLines(truth);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("\"id\":\"conveyor-1\"").doesNotContain("end_us");
    assertThat(lines.get(1)).contains("\"id\":\"conveyor-1\"").contains("\"end_us\":");
  }

  @Test
  void refusesACameraThatItCannotSimulate() {
    assertThatThrownBy(() -> LineSimulation.create(List.of("oven"), 1, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("oven")
        .hasMessageContaining("conveyor");
  }
}
