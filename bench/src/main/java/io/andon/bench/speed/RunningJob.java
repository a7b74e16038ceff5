package io.andon.bench.speed;

import io.andon.embedding.EmbedderFactory;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A contender that runs in a small Flink cluster of its own inside this process. */
final class RunningJob implements AutoCloseable {
  private static final long STATUS_POLL_MILLIS = 100;
  private static final long CANCEL_SECONDS = 20;

  private final JobClient client;

  private RunningJob(JobClient client) {
    this.client = client;
  }

  /** The consumer group of a contender. */
  static String group(Contender contender) {
    return "bench-" + contender.key();
  }

  /** What a contender's job is configured to. */
  static JobAssembly assembly(
      Contender contender, String bootstrapServers, Path models, Path folder, int metricsPort)
      throws Exception {
    String yaml =
        """
        kafka: {bootstrapServers: "%s", groupId: "%s", topics: {andon.frames: "%s", andon.scores: "%s"}}
        model: {directory: "%s"}
        flink: {checkpointIntervalMillis: 5000, checkpointDirectory: "%s"}
        metrics: {port: %d}
        """
            .formatted(
                bootstrapServers,
                group(contender),
                contender.frames(),
                contender.scores(),
                models.toAbsolutePath(),
                folder.resolve("checkpoints-" + contender.key()).toUri(),
                metricsPort);
    return new JobAssembly(JobConfig.parse(yaml, "bench"), Clock.systemUTC());
  }

  /** Adds what is to run to an environment. */
  interface Topology {
    void addTo(StreamExecutionEnvironment environment) throws Exception;
  }

  static RunningJob start(Contender contender, JobAssembly assembly, EmbedderFactory embedders)
      throws Exception {
    return start(
        contender.key(),
        contender.parallelism(),
        assembly,
        environment -> contender.addTo(environment, assembly, embedders),
        32);
  }

  /**
   * Starts any topology.
   *
   * @param managedMebibytes memory for the state backend
   */
  static RunningJob start(
      String name, int parallelism, JobAssembly assembly, Topology topology, int managedMebibytes)
      throws Exception {
    Configuration settings = new Configuration(assembly.flink());
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(managedMebibytes));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none"); // a failed run is invalid
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    topology.addTo(environment);
    JobClient client = environment.executeAsync(name);
    while (client.getJobStatus().get() != JobStatus.RUNNING) {
      TimeUnit.MILLISECONDS.sleep(STATUS_POLL_MILLIS);
    }
    return new RunningJob(client);
  }

  /**
   * Makes sure that it still runs.
   *
   * @throws InvalidRunException if it failed
   */
  void requireRunning() throws Exception {
    JobStatus status = client.getJobStatus().get();
    if (status != JobStatus.RUNNING) {
      throw new InvalidRunException("a job is " + status);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      client.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a job could not be cancelled", e);
    }
  }
}
