package io.andon.ingest;

import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.ingest.kafka.KafkaProblem;
import io.andon.ingest.kafka.TopicSetup;
import io.andon.ingest.kafka.TopicSetup.Comparison;
import io.andon.ingest.kafka.TopicSetup.Difference;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates the missing topics, and tells every difference of those that exist. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = {
      "Creates the topics that are missing.",
      "Topics that exist are compared and never changed; exit code 4 tells a difference."
    })
final class TopicsCommand implements Callable<Integer> {
  private static final String TIMEOUT_MILLIS = "10000";

  @Option(names = "--bootstrap-servers", required = true, description = "host:port,...")
  private String bootstrapServers = "";

  @Option(
      names = "--replication-factor",
      defaultValue = "1",
      description = "Replicas of each partition; 3 in production. Default: ${DEFAULT-VALUE}")
  private short replicationFactor;

  @Option(names = "--client-properties", description = "File of further client settings.")
  private @Nullable Path clientProperties;

  @Option(names = "--dry-run", description = "Only tell what would be done.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try (Admin admin = Admin.create(settings())) {
      return apply(new TopicSetup(admin));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      err.println("Kafka at " + bootstrapServers + ": " + cause);
      return IngestCommand.FAILED;
    } catch (KafkaException e) {
      err.println("Kafka client: " + KafkaProblem.text(e));
      return IngestCommand.UNUSABLE;
    } catch (IOException e) {
      err.println("--client-properties: " + e.getMessage());
      return IngestCommand.UNUSABLE;
    }
  }

  private Integer apply(TopicSetup setup) throws ExecutionException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Comparison comparison = setup.compare(Topics.all());
    if (!comparison.missing().isEmpty()) {
      setup.create(comparison.missing(), replicationFactor, dryRun);
    }
    for (TopicSpec topic : comparison.missing()) {
      out.println((dryRun ? "would create " : "created ") + topic.name());
    }
    for (Difference difference : comparison.differences()) {
      out.printf(
          "%s: %s is %s, should be %s%n",
          difference.topic(), difference.setting(), difference.actual(), difference.wanted());
    }
    out.flush();
    return comparison.differences().isEmpty() ? 0 : IngestCommand.TOPICS_DIFFER;
  }

  private Properties settings() throws IOException {
    Properties settings = new Properties();
    settings.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    if (clientProperties != null) {
      try (Reader reader = Files.newBufferedReader(clientProperties)) {
        settings.load(reader);
      }
    }
    settings.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return settings;
  }
}
