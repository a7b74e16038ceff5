package io.andon.quickstart.job;

import io.andon.job.metrics.MicrometerReporterFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster inside this JVM, with its web UI and metrics, on loopback only.
 *
 * @param webPort port of the web UI
 * @param metricsPort port of the Prometheus endpoint
 */
public record LocalFlink(int webPort, int metricsPort) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String REPORTER = "metrics.reporter.andon.";
  private static final Duration CHECKPOINT_TIMEOUT = Duration.ofSeconds(30);
  private static final int RETAINED = 2;
  private static final int RESTARTS = 10;
  private static final Duration RESTART_DELAY = Duration.ofSeconds(1);

  /**
   * The environment of one job.
   *
   * @param ofJob what the job's own configuration says to Flink
   * @param restoreFrom a checkpoint to go on from
   */
  public StreamExecutionEnvironment environment(Configuration ofJob, Optional<Path> restoreFrom) {
    Configuration settings = new Configuration(ofJob);
    web(settings);
    small(settings);
    recovery(settings);
    restoreFrom.ifPresent(
        path -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, FlinkFolder.of(path)));
    return StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(settings);
  }

  private void web(Configuration settings) {
    settings.set(RestOptions.PORT, webPort);
    settings.set(RestOptions.BIND_PORT, Integer.toString(webPort));
    settings.set(RestOptions.ADDRESS, LOOPBACK);
    settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.set(WebOptions.CANCEL_ENABLE, false);
    settings.setString(REPORTER + "factory.class", MicrometerReporterFactory.class.getName());
    settings.setString(REPORTER + "host", LOOPBACK);
    settings.setString(REPORTER + "port", Integer.toString(metricsPort));
  }

  // One slot's worth of everything: this JVM shares a few cores and 4 GiB with broker and cameras.
  private static void small(Configuration settings) {
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
  }

  private static void recovery(Configuration settings) {
    settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT);
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED);
    // Bounded: by default a job that can't run is restarted for ever, which looks like a hang.
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RESTART_DELAY);
  }
}
