package io.andon.quickstart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.andon.job.config.JobConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceFilesTest {
  @Test
  void theJobKeepsItsCheckpointsAndArchiveInTheRunFolderHoweverThatIsCalled(@TempDir Path parent)
      throws Exception {
    RunFolder run = RunFolder.prepare(parent.resolve("läufe 日本 #1 50%"));
    Path file = ServiceFiles.job(run, new Ports(1, 2, 3, 4, 5, 6), parent, Duration.ofSeconds(45));
    JobConfig job = JobConfig.load(file);

    mark(requireNonNull(job.flink().checkpointDirectory()));
    mark(requireNonNull(job.archive().directory()));

    assertThat(run.checkpoints().resolve("mark")).exists();
    assertThat(run.archive().resolve("mark")).exists();
    assertThat(parent).isDirectoryNotContaining(path -> !path.equals(run.root()));
  }

  /** Writes a file as Flink does. */
  private static void mark(String folder) throws Exception {
    org.apache.flink.core.fs.Path mark = new org.apache.flink.core.fs.Path(folder, "mark");
    mark.getFileSystem().create(mark, FileSystem.WriteMode.NO_OVERWRITE).close();
  }
}
