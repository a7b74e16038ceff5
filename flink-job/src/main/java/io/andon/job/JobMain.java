package io.andon.job;

import io.andon.config.ConfigException;
import io.andon.embedding.model.ModelRefusedException;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.kafka.TopicCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Submits the job: {@code flink run andon-flink-job-*-job.jar --config FILE}. */
@Command(name = "andon-job", description = "Runs the anomaly detection job.")
public final class JobMain implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      description = "YAML configuration; docs/configuration.md")
  @SuppressWarnings("NullAway.Init") // set by picocli, which insists on it
  private Path config;

  /** Runs the job and ends with 0, or tells what is wrong and fails. */
  public static void main(String[] args) throws JobRefusedException {
    CommandLine command = new CommandLine(new JobMain());
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          throw e;
        });
    int code = command.execute(args);
    if (code != 0) {
      throw new JobRefusedException(List.of("arguments are not as the usage above says"));
    }
  }

  @Override
  public Integer call() throws Exception {
    JobAssembly assembly = new JobAssembly(JobConfig.load(config), Clock.systemUTC());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(assembly.flink());
    submit(assembly, env);
    return 0;
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
   * @throws ConfigException if a secret can't be found
   */
  public static void requireStartable(JobAssembly assembly, int parallelism)
      throws JobRefusedException, ConfigException, InterruptedException {
    List<String> problems = new ArrayList<>();
    try {
      assembly.embedders();
    } catch (ModelRefusedException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    problems.addAll(
        new TopicCheck(assembly.kafka(), parallelism)
            .problems(assembly.settings().embeddingsWritten()));
    if (!problems.isEmpty()) {
      throw new JobRefusedException(problems);
    }
  }
}
