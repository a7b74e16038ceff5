package io.andon.job;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.kafka.TopicCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Submits the job: {@code flink run andon-flink-job-*-job.jar --config FILE [--wait]}. */
@Command(
    name = "andon-job",
    mixinStandardHelpOptions = true,
    description = "Runs the anomaly detection job.")
public final class JobMain {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  @Option(
      names = "--config",
      required = true,
      description = "YAML configuration; docs/configuration.md")
  @SuppressWarnings("NullAway.Init") // set by picocli, which insists on it
  private Path config;

  @Option(
      names = "--wait",
      description =
          "Waits for what is missing or wrong, and logs it. For a JobManager that runs this job"
              + " alone: refused, it would end and forget the job's checkpoints.")
  private boolean waits;

  /**
   * Runs the job.
   *
   * @throws JobRefusedException if the command line or what the job needs is wrong
   * @throws ConfigException if the configuration is wrong
   * @throws Exception if the job fails
   */
  public static void main(String[] args) throws Exception {
    JobMain job = new JobMain();
    CommandLine command = new CommandLine(job);
    try {
      if (CommandLine.executeHelpRequest(command.parseArgs(args)) != null) {
        return;
      }
    } catch (ParameterException e) {
      throw new JobRefusedException(
          List.of(String.valueOf(e.getMessage()), command.getUsageMessage().strip()));
    }
    job.run();
  }

  private void run() throws Exception {
    Startable job =
        waits ? new PatientStart(FIRST_PAUSE, LONGEST_PAUSE).await(this::startable) : startable();
    job.assembly.topology().addTo(job.env);
    job.env.execute("andon");
  }

  private Startable startable() throws ConfigException, JobRefusedException, InterruptedException {
    JobAssembly assembly = new JobAssembly(JobConfig.load(config), Clock.systemUTC());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(assembly.flink());
    requireStartable(assembly, env.getParallelism());
    return new Startable(assembly, env);
  }

  private record Startable(JobAssembly assembly, StreamExecutionEnvironment env) {}

  /**
   * Looks at all that has to be there before a job starts.
   *
   * @param parallelism subtasks of each operator
   * @throws JobRefusedException with every reason at once
   */
  public static void requireStartable(JobAssembly assembly, int parallelism)
      throws JobRefusedException, InterruptedException {
    List<String> problems = new ArrayList<>(assembly.modelProblems());
    List<Problem> unusable = assembly.unusableSecrets();
    unusable.forEach(problem -> problems.add(problem.toString()));
    if (unusable.isEmpty()) {
      problems.addAll(
          new TopicCheck(assembly.kafka(), parallelism)
              .problems(assembly.settings().embeddingsWritten()));
    }
    if (!problems.isEmpty()) {
      throw new JobRefusedException(problems);
    }
  }
}
