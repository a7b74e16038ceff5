package io.andon.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.bench.figures.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a process that is told to end while a command of it goes on. */
@Timeout(120)
class ToldToEndIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path temporary;

  /** Waits for a command that writes where it runs and would go on. */
  public static final class Starter {
    public static void main(String[] arguments) throws Exception {
      try (ScratchFolder folder = new ScratchFolder("andon-told")) {
        Path started = folder.path().resolve("started");
        String goesOn = "sleep 600 & echo $! >'%s.new'; mv '%1$s.new' '%1$s'; wait";
        new Shell(folder.path(), Map.of())
            .run(PATIENCE.multipliedBy(10), List.of("bash", "-c", goesOn.formatted(started)));
      }
    }
  }

  @Test
  void isNoProcessAndNoFile() throws Exception {
    Path output = Files.createFile(temporary.resolve("output"));
    Path scratch = Files.createDirectory(temporary.resolve("scratch"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      Awaitility.await().atMost(PATIENCE).until(() -> !started(scratch).isEmpty());
      long command = Long.parseLong(Files.readString(started(scratch).get(0)).strip());
      assertThat(ProcessHandle.of(command)).isPresent();

      process.destroy();

      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> ProcessHandle.of(command).filter(ProcessHandle::isAlive).isEmpty());
      assertThat(scratch).isEmptyDirectory();
      assertThat(output).isEmptyFile();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static List<Path> started(Path scratch) throws IOException {
    try (var files = Files.find(scratch, 2, (file, is) -> file.endsWith("started"))) {
      return files.toList();
    }
  }
}
