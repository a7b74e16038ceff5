package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.broker.FreePorts;
import io.andon.job.config.JobAssembly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunningJobIT {
  @TempDir Path folder;

  /** The cluster ends with its job, so that it may be gone before the job was seen to run. */
  @Test
  void aJobThatFailsAtItsStartSaysOfWhat() {
    MapFunction<Long, Long> broken =
        number -> {
          throw new IllegalStateException("broken on purpose");
        };
    assertThatThrownBy(
            () -> {
              try (RunningJob job = start(broken)) {
                while (true) {
                  job.requireRunning();
                }
              }
            })
        .isInstanceOf(InvalidRunException.class)
        .hasMessageContaining("broken on purpose");
  }

  @Test
  void whatFlinkKeepsInFilesIsInItsFolder() throws Exception {
    try (RunningJob job = start(number -> number)) {
      job.requireRunning();
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .anySatisfy(name -> assertThat(name).startsWith("minicluster_"))
            .anySatisfy(name -> assertThat(name).startsWith("flink-rpc-akka"));
      }
    }
  }

  private RunningJob start(MapFunction<Long, Long> map) throws Exception {
    JobAssembly assembly =
        RunningJob.assembly(Contender.ANDON, "127.0.0.1:1", folder, folder, FreePorts.takeRow(1));
    return RunningJob.start(
        "test",
        1,
        assembly,
        environment ->
            environment.fromSequence(0, Long.MAX_VALUE - 1).map(map).sinkTo(new DiscardingSink<>()),
        32,
        folder);
  }
}
