package io.andon.job;

import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.SharedEmbedders;
import io.andon.embedding.flink.EmbedSettings;
import io.andon.embedding.picture.ImageIoPictureDecoder;
import io.andon.embedding.testing.FakeEmbedder;
import io.andon.job.detect.DetectSettings;
import io.andon.job.detect.DetectorOptions;
import io.andon.job.frames.FrameBounds;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The topology with an embedder that has no network. */
final class TestJob {
  static final EmbedderFactory FAKE =
      () -> SharedEmbedders.PROCESS.lease("fake", () -> new FakeEmbedder(7));

  private TestJob() {}

  static JobSettings settings() {
    DetectorOptions detector = new DetectorOptions(100, 12_000, 100, 2_000, 5_000, 60_000);
    return new JobSettings(
        new FrameBounds(100_000, Duration.ofSeconds(5), Duration.ofMinutes(10)),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        EmbedSettings.defaults(),
        new DetectSettings("andon.frames", detector, 4, 10, Clock.systemUTC()),
        true,
        Clock.systemUTC());
  }

  static AndonTopology topology(JobEnds ends) {
    return new AndonTopology(settings(), ends, FAKE, ImageIoPictureDecoder::new);
  }

  /** Runs to the end of the input; a failure is never retried. */
  static void run(JobEnds ends, int parallelism) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    topology(ends).addTo(env);
    env.execute("test");
  }
}
