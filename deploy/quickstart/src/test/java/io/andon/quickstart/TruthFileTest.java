package io.andon.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.quickstart.scoreboard.Injection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthFileTest {
  private static final String BEGINS =
      "{\"v\":1,\"id\":\"press-1\",\"camera\":\"press\",\"kind\":\"jam\",\"start_us\":5}\n";
  private static final String ENDS = BEGINS.replace("}", ",\"end_us\":9}");

  @Test
  void tellsABeginAndLaterItsEndUnderTheSameId(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("truth.jsonl");
    TruthFile truth = new TruthFile(file);
    assertThat(truth.news()).isEmpty();
    Files.writeString(file, BEGINS);
    assertThat(truth.news())
        .containsExactly(new Injection("press-1@5", "press", "jam", 5, Injection.NOT_ENDED));
    Files.writeString(file, ENDS, StandardOpenOption.APPEND);
    assertThat(truth.news()).containsExactly(new Injection("press-1@5", "press", "jam", 5, 9));
    assertThat(truth.news()).isEmpty();
  }

  @Test
  void waitsForTheEndOfALine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("truth.jsonl");
    TruthFile truth = new TruthFile(file);
    Files.writeString(file, BEGINS.substring(0, 10));
    assertThat(truth.news()).isEmpty();
    Files.writeString(file, BEGINS.substring(10), StandardOpenOption.APPEND);
    assertThat(truth.news()).hasSize(1);
  }
}
