package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeThreadsTest {
  private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");

  @TempDir Path tasks;

  @Test
  void aCompilerThatEndedTakesNothingOffWhatTheOthersSpent() throws IOException {
    thread("11", "C2 CompilerThre", 5_000_000_000L);
    thread("12", "C2 CompilerThre", 900);
    thread("13", "main", 7_000);
    NativeThreads before = NativeThreads.named(COMPILERS, tasks);
    FileUtils.deleteDirectoryQuietly(tasks.resolve("11").toFile());
    thread("12", "C2 CompilerThre", 1_000);
    thread("13", "main", 9_000);
    thread("14", "C1 CompilerThre", 30);
    NativeThreads after = NativeThreads.named(COMPILERS, tasks);

    assertThat(after.nanosSince(before)).isEqualTo(100 + 30);
  }

  @Test
  void theCompilersOfThisProcessAreFound() throws IOException {
    assertThat(NativeThreads.named(COMPILERS).nanos()).isNotEmpty();
  }

  private void thread(String id, String name, long nanos) throws IOException {
    Path task = Files.createDirectories(tasks.resolve(id));
    Files.writeString(task.resolve("comm"), name + "\n");
    Files.writeString(task.resolve("schedstat"), nanos + " 17 3\n");
  }
}
