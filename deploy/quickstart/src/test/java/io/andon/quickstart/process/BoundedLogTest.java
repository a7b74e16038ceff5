package io.andon.quickstart.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {
  @Test
  void takesNoMoreThanTwiceItsBoundAndKeepsTheNewestLines(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("child.log");
    try (BoundedLog log = new BoundedLog(file, 100)) {
      for (int line = 0; line < 1000; line++) {
        log.line("line " + line);
      }
    }
    assertThat(Files.readString(file)).contains("line 999");
    assertThat(Files.size(file) + Files.size(folder.resolve("child.log.1"))).isLessThan(230);
  }
}
