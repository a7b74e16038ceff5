package io.andon.job;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.kafka.TopicCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Submits the job: {@code flink run andon-flink-job-*-job.jar --config FILE}. */
@Command(
    name = "andon-job",
    mixinStandardHelpOptions = true,
    description = "Runs the anomaly detection job.")
public final class JobMain {
  @Option(
      names = "--config",
      required = true,
      description = "YAML configuration; docs/configuration.md")
  @SuppressWarnings("NullAway.Init") // set by picocli, which insists on it
  private Path config;

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
    JobAssembly assembly = new JobAssembly(JobConfig.load(config), Clock.systemUTC());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(assembly.flink());
    submit(assembly, env);
  }

  private static void submit(JobAssembly assembly, StreamExecutionEnvironment env)
      throws Exception {
    requireStartable(assembly, env.getParallelism());
    assembly.topology().addTo(env);
    env.execute("andon");
  }

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
