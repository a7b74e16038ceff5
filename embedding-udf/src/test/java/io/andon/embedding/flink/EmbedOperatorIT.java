package io.andon.embedding.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator in a real (mini) cluster of one process with two slots. */
@Timeout(600)
class EmbedOperatorIT {
  private static final int FRAMES = 1_800; // so that it takes many checkpoints
  private static final int PICTURE_BYTES = 100_000;

  @Test
  void slotsShareOneModelAndCheckpointsHoldNoFrames() throws Exception {
    ScriptedEmbedder embedder = new ScriptedEmbedder().delayedUpToMicros(30_000);
    CheckpointStatsSnapshot checkpoints = run(embedder);
    assertThat(embedder.batchSizes().stream().mapToInt(Integer::intValue).sum()).isEqualTo(FRAMES);
    assertThat(embedder.batchSizes()).anyMatch(size -> size > 1);
    assertThat(embedder.leases.get()).as("one lease a slot").isEqualTo(2);
    assertThat(embedder.maxRunning.get()).as("batches at a time in the process").isEqualTo(2);
    assertThat(checkpoints.getCounts().getNumberOfCompletedCheckpoints()).isGreaterThan(2);
    assertThat(checkpoints.getSummaryStats().getStateSizeStats().getMaximum()).isLessThan(10_000);
  }

  @SuppressWarnings("try") // the interruption that javac warns of only ends the test
  private static CheckpointStatsSnapshot run(ScriptedEmbedder embedder) throws Exception {
    MiniClusterConfiguration configuration =
        new MiniClusterConfiguration.Builder()
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(2)
            .withRandomPorts()
            .build();
    try (MiniCluster cluster = new MiniCluster(configuration)) {
      cluster.start();
      JobGraph job = job(embedder);
      cluster.submitJob(job).get(2, TimeUnit.MINUTES);
      cluster
          .requestJobResult(job.getJobID())
          .get(5, TimeUnit.MINUTES)
          .toJobExecutionResult(EmbedOperatorIT.class.getClassLoader());
      CheckpointStatsSnapshot stats =
          cluster
              .getArchivedExecutionGraph(job.getJobID())
              .get(1, TimeUnit.MINUTES)
              .getCheckpointStatsSnapshot();
      return java.util.Objects.requireNonNull(stats, "the job took no checkpoints");
    }
  }

  private static JobGraph job(ScriptedEmbedder embedder) {
    Configuration settings =
        new Configuration()
            .set(RestartStrategyOptions.RESTART_STRATEGY, "disable")
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(PipelineOptions.OBJECT_REUSE, true)
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(2);
    env.fromSequence(0, FRAMES - 1)
        .map(EmbedOperatorIT::frame)
        .returns(TypeInformation.of(FrameRecord.class))
        .transform(
            "embed",
            EmbeddedFrame.TYPE,
            new EmbedOperatorFactory(
                embedder.factory(),
                () -> TestFrames.decoder(TestFrames::decode),
                EmbedHarness.settings(32, 8, 2)))
        .uid("embed")
        .keyBy(embedded -> embedded.metadata().camera())
        .sinkTo(new DiscardingSink<>());
    return env.getStreamGraph().getJobGraph();
  }

  private static FrameRecord frame(long number) {
    return TestFrames.frame(
        (int) number, 640, 480, TestFrames.picture((int) number, PICTURE_BYTES));
  }
}
