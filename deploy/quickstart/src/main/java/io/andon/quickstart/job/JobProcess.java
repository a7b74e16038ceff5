package io.andon.quickstart.job;

import io.andon.broker.EmbeddedBroker;
import io.andon.contracts.Topics;
import io.andon.ingest.kafka.TopicSetup;
import io.andon.job.JobMain;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The demo's broker and Flink job in one JVM. Prints {@code READY} when the job runs. Started again
 * after a crash, it goes on from the broker's data and the newest completed checkpoint.
 */
@Command(name = "job", mixinStandardHelpOptions = true)
public final class JobProcess implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(JobProcess.class);
  private static final long STATUS_POLL_MILLIS = 200;
  private static final long CANCEL_SECONDS = 3;
  private static final short ONE_REPLICA = 1;

  @Option(names = "--config", required = true)
  private Path configuration = Path.of("");

  @Option(names = "--broker-dir", required = true)
  private Path brokerFolder = Path.of("");

  @Option(names = "--checkpoint-dir", required = true)
  private Path checkpointFolder = Path.of("");

  @Option(names = "--kafka-port", required = true)
  private int kafkaPort;

  @Option(names = "--controller-port", required = true)
  private int controllerPort;

  @Option(names = "--flink-port", required = true)
  private int flinkPort;

  @Option(names = "--metrics-port", required = true)
  private int metricsPort;

  /** Entry point. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new JobProcess()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(brokerFolder, kafkaPort, controllerPort);
    createTopics(broker.bootstrapServers());
    JobClient job = submit();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(job, broker), "stop"));
    while (job.getJobStatus().get() != JobStatus.RUNNING) {
      TimeUnit.MILLISECONDS.sleep(STATUS_POLL_MILLIS);
    }
    System.out.println("READY");
    job.getJobExecutionResult().get();
    throw new IllegalStateException("the job ended, though its topics never do");
  }

  /** Creates the topics that are missing on a broker of one node. */
  public static void createTopics(String bootstrapServers)
      throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      TopicSetup setup = new TopicSetup(admin);
      setup.create(setup.compare(Topics.all()).missing(), ONE_REPLICA, false);
    }
  }

  private JobClient submit() throws Exception {
    JobAssembly assembly = new JobAssembly(JobConfig.load(configuration), Clock.systemUTC());
    StreamExecutionEnvironment environment =
        new LocalFlink(flinkPort, metricsPort).environment(assembly.flink(), restorePoint());
    JobMain.requireStartable(assembly, environment.getParallelism());
    assembly.topology().addTo(environment);
    return environment.executeAsync("andon");
  }

  private Optional<Path> restorePoint() throws IOException {
    Optional<Path> newest = Checkpoints.newest(checkpointFolder);
    newest.ifPresent(path -> LOG.info("going on from checkpoint {}", path));
    return newest;
  }

  private static void stop(JobClient job, EmbeddedBroker broker) {
    try {
      job.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("the job could not be cancelled in order: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    broker.close();
  }
}
