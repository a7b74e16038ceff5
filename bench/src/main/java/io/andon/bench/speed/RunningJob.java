package io.andon.bench.speed;

import io.andon.bench.speed.ScoreTail.Arrival;
import io.andon.embedding.EmbedderFactory;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

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

  static RunningJob start(
      Contender contender, JobAssembly assembly, EmbedderFactory embedders, Path folder)
      throws Exception {
    return start(
        contender.key(),
        contender.parallelism(),
        assembly,
        environment -> contender.addTo(environment, assembly, embedders),
        32,
        folder);
  }

  /**
   * Starts any topology.
   *
   * @param managedMebibytes memory for the state backend
   * @param folder for what Flink keeps in files while it runs, and leaves there when it is told to
   *     end by a signal
   * @throws InvalidRunException if it fails at its start
   */
  static RunningJob start(
      String name,
      int parallelism,
      JobAssembly assembly,
      Topology topology,
      int managedMebibytes,
      Path folder)
      throws Exception {
    Configuration settings = new Configuration(assembly.flink());
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(managedMebibytes));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none"); // a failed run is invalid
    settings.set(CoreOptions.TMP_DIRS, folder.toString());
    settings.set(WebOptions.TMP_DIR, folder.toString());
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    topology.addTo(environment);
    RunningJob job = new RunningJob(environment.executeAsync(name));
    while (job.status() != JobStatus.RUNNING) {
      TimeUnit.MILLISECONDS.sleep(STATUS_POLL_MILLIS);
    }
    return job;
  }

  /**
   * Its scores of so many frames; what it or the sender failed of says more than that they stopped
   * coming.
   *
   * @param sending what sends the frames
   * @throws InvalidRunException if it failed or they are not as they have to be
   */
  List<Arrival> take(ScoreTail scores, int count, Future<?> sending) throws Exception {
    try {
      return scores.take(count);
    } catch (InvalidRunException e) {
      requireRunning();
      if (sending.isDone()) {
        sending.get();
      }
      throw e;
    }
  }

  /**
   * Makes sure that it still runs.
   *
   * @throws InvalidRunException if it failed, with the cause
   */
  void requireRunning() throws Exception {
    JobStatus status = status();
    if (status == JobStatus.FAILING) {
      throw new InvalidRunException("a job has ended: " + cause(null));
    } else if (status != JobStatus.RUNNING) {
      throw new InvalidRunException("a job is " + status);
    }
  }

  private JobStatus status() throws Exception {
    Exception unanswered = null;
    try {
      JobStatus status = client.getJobStatus().get();
      if (!status.isGloballyTerminalState()) {
        return status;
      }
    } catch (IllegalStateException | ExecutionException e) {
      unanswered = e; // The cluster ended with its job and can't be asked any more.
    }
    throw new InvalidRunException("a job has ended: " + cause(unanswered));
  }

  private String cause(@Nullable Exception unanswered) throws InterruptedException {
    try {
      return "after " + client.getJobExecutionResult().get(CANCEL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause.toString();
    } catch (TimeoutException e) {
      return unanswered == null ? "without a result" : "it can't be asked: " + unanswered;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      client.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // It has ended by itself, and its cluster with it.
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a job could not be cancelled", e);
    }
  }
}
