package io.andon.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.broker.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run folder has one process at a time, and no other empties it. */
class RunLockTest {
  @TempDir private Path folder;

  @Test
  void whoHasTheFolderIsNamedToTheNextWithWhatToDo() throws IOException {
    try (RunLock lock = RunLock.take(folder)) {
      assertThat(lock.folder()).isEqualTo(folder);
      assertThatThrownBy(() -> RunLock.take(folder))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(
              folder.toString(), "process " + ProcessHandle.current().pid(), "--run-dir");
    }
    RunLock.take(folder).close();
  }

  @Test
  void aProcessThatWasKilledLeavesTheFolderFree() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .start();
    try {
      assertThat(other.getInputStream().read()).isEqualTo('T');
      assertThatThrownBy(() -> RunLock.take(folder))
          .hasMessageContaining("process " + other.pid() + ";");
    } finally {
      other.destroyForcibly().waitFor();
    }
    RunLock.take(folder).close();
  }

  /** Takes a folder and keeps it until it is killed. */
  static final class Holder {
    private Holder() {}

    /** Entry point. */
    public static void main(String[] arguments) throws Exception {
      try (RunLock lock = RunLock.take(Path.of(arguments[0]))) {
        System.out.write('T');
        System.out.flush();
        Thread.sleep(lock.folder().isAbsolute() ? 600_000 : 0);
      }
    }
  }

  @Test
  void aSecondDemoDeletesNothingOfTheFirst() throws IOException {
    RunFolder first = RunFolder.prepare(folder);
    Path log = Files.writeString(first.broker().resolve("00.log"), "frames");
    StringWriter said = new StringWriter();
    try (RunLock lock = RunLock.take(folder)) {
      CommandLine demo = new CommandLine(new Demo()).setErr(new PrintWriter(said));
      List<String> options = new ArrayList<>(List.of("--run-dir=" + lock.folder()));
      // A port that is in use would be told first.
      Iterator<Integer> free = FreePorts.take(6).iterator();
      for (String name : List.of("kafka", "controller", "rtsp", "ingest", "job", "flink")) {
        options.add("--" + name + "-port=" + free.next());
      }
      assertThat(demo.execute(options.toArray(String[]::new))).isEqualTo(2);
    }
    assertThat(said.toString()).contains("is in use by a demo");
    assertThat(log).hasContent("frames");
  }
}
