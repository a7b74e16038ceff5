package io.andon.job;

import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.SharedEmbedders;
import io.andon.embedding.flink.EmbedSettings;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.embedding.testing.FakeEmbedder;
import io.andon.job.archive.ArchiveSettings;
import io.andon.job.detect.DetectSettings;
import io.andon.job.detect.DetectorOptions;
import io.andon.job.frames.FrameBounds;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The topology with an embedder that has no network. */
final class TestJob {
  static final EmbedderFactory FAKE =
      () -> SharedEmbedders.PROCESS.lease("fake", () -> new FakeEmbedder(7));

  /** Whose threads decode what they take, where nothing else is asked for. */
  static final EmbedderFactory FAKE_ON_ONE_CORE =
      () -> SharedEmbedders.PROCESS.lease("one-core", () -> FakeEmbedder.takingOneCore(7));

  private TestJob() {}

  static JobSettings settings() {
    return settings(EmbedSettings.defaults(), null);
  }

  static JobSettings settings(EmbedSettings embed, @Nullable ArchiveSettings archive) {
    DetectorOptions detector =
        new DetectorOptions(100, 12_000, 100, 2_000, 5_000, 60_000, true, false);
    return new JobSettings(
        new FrameBounds(100_000, Duration.ofSeconds(5), Duration.ofMinutes(10)),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        embed,
        new DetectSettings("andon.frames", detector, 4, 10, archive, Clock.systemUTC()),
        true,
        Clock.systemUTC());
  }

  static AndonTopology topology(JobEnds ends, JobSettings settings) {
    EmbedderFactory embedders = settings.embed().decodeThreads() == 0 ? FAKE_ON_ONE_CORE : FAKE;
    return new AndonTopology(settings, ends, embedders, JpegPictureDecoder::new);
  }

  /** Runs to the end of the input; a failure is never retried. */
  static void run(JobEnds ends, int parallelism) throws Exception {
    run(ends, parallelism, settings());
  }

  static void run(JobEnds ends, int parallelism, JobSettings settings) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    topology(ends, settings).addTo(env);
    env.execute("test");
  }

  /** Runs to the end of the input with many checkpoints; one failure is allowed. */
  static void runRestarted(JobEnds ends, String backend, JobSettings settings) throws Exception {
    Configuration flink = new Configuration();
    flink.setString("restart-strategy.type", "fixed-delay");
    flink.setString("restart-strategy.fixed-delay.attempts", "1");
    flink.setString("restart-strategy.fixed-delay.delay", "10 ms");
    flink.setString("execution.checkpointing.interval", "50 ms");
    flink.setString("state.backend.type", backend);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    topology(ends, settings).addTo(env);
    env.execute("restart");
  }
}
