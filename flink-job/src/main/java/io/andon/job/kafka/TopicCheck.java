package io.andon.job.kafka;

import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.job.JobOutput;
import io.andon.kafka.ClientProblem;
import io.andon.kafka.access.AccessCatalogue;
import io.andon.kafka.access.AccessCheck;
import io.andon.kafka.access.AccessNames;
import io.andon.kafka.access.Grant;
import io.andon.kafka.access.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks at every topic before a job starts, and at the brokers' word on its transactions; tells all
 * that is wrong at once.
 */
public final class TopicCheck {
  private static final long TIMEOUT_SECONDS = 30;
  private static final Duration ACCESS_LIMIT = Duration.ofSeconds(30);
  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(30);
  private static final String MAX_MESSAGE_BYTES = "max.message.bytes";

  private final KafkaSettings settings;
  private final int parallelism;

  /**
   * @param settings where Kafka is
   * @param parallelism subtasks that read frames: partitions there must be at least so many
   */
  public TopicCheck(KafkaSettings settings, int parallelism) {
    this.settings = settings;
    this.parallelism = parallelism;
  }

  /** Every reason why the job can't start; empty if it can. */
  public List<String> problems(boolean embeddingsWritten) throws InterruptedException {
    Map<String, String> names = topics(embeddingsWritten);
    try {
      AccessCheck.Verdict verdict =
          new AccessCheck(settings.connection(), ACCESS_LIMIT).verdict(grants(names));
      if (verdict.silence() != null) {
        return List.of(noAnswer(verdict.silence()));
      } else if (!verdict.problems().isEmpty()) {
        return verdict.problems();
      }
    } catch (KafkaException e) {
      return List.of(
          ClientProblem.isUnresolvedName(e)
              ? noAnswer(ClientProblem.text(e))
              : "kafka: " + ClientProblem.text(e));
    }
    Admin admin = Admin.create(settings.clientProperties());
    try {
      List<String> problems = problems(admin, names);
      if (settings.exactlyOnce()) {
        new TransactionCheck(settings, TRANSACTION_LIMIT).problem().ifPresent(problems::add);
      }
      return problems;
    } catch (ExecutionException | TimeoutException e) {
      return List.of(noAnswer(e.getCause() == null ? e : e.getCause()));
    } finally {
      // Without a limit it would wait for the calls that were given up above.
      admin.close(Duration.ZERO);
    }
  }

  private String noAnswer(Object why) {
    return "kafka.bootstrapServers: "
        + settings.bootstrapServers()
        + " gave no answer; is a broker there that speaks as kafka.security.protocol says? "
        + why;
  }

  /** What this job will do: nothing on a topic that it doesn't use. */
  private List<Grant> grants(Map<String, String> names) {
    AccessNames access =
        new AccessNames(names, settings.groupId(), settings.transactionalIdPrefix(), "");
    return AccessCatalogue.grants(Role.JOB, access).stream()
        .filter(
            grant ->
                switch (grant.type()) {
                  case TOPIC -> names.containsValue(grant.name());
                  case TRANSACTIONAL_ID -> settings.exactlyOnce();
                  default -> true;
                })
        .toList();
  }

  /** Actual names by their default names. */
  private Map<String, String> topics(boolean embeddingsWritten) {
    Map<String, String> names = new HashMap<>();
    names.put(Topics.FRAMES, settings.framesTopic());
    names.put(Topics.CONTROL, settings.controlTopic());
    for (JobOutput output : JobOutput.values()) {
      if (output != JobOutput.EMBEDDINGS || embeddingsWritten) {
        names.put(output.defaultTopic(), settings.topic(output));
      }
    }
    return names;
  }

  private List<String> problems(Admin admin, Map<String, String> names)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<String, KafkaFuture<TopicDescription>> found =
        admin.describeTopics(names.values()).topicNameValues();
    List<String> problems = new ArrayList<>();
    for (TopicSpec spec : Topics.all()) {
      String name = names.get(spec.name());
      if (name == null) {
        continue;
      }
      try {
        TopicDescription topic = get(found.get(name));
        check(admin, spec, topic, problems);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        problems.add(
            "topic " + name + " is missing; the ingest command \"topics\" creates all topics");
      }
    }
    return problems;
  }

  private void check(Admin admin, TopicSpec spec, TopicDescription topic, List<String> problems)
      throws ExecutionException, InterruptedException, TimeoutException {
    int partitions = topic.partitions().size();
    if (spec.name().equals(Topics.FRAMES) && partitions < parallelism) {
      problems.add(
          "topic %s has %d partitions, parallelism %d takes at least as many"
              .formatted(topic.name(), partitions, parallelism));
    }
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    Config config = get(admin.describeConfigs(List.of(resource)).values().get(resource));
    ConfigEntry limit = config.get(MAX_MESSAGE_BYTES);
    if (limit == null || limit.value() == null) {
      return; // A managed broker may keep it to itself.
    }
    long maxBytes = Long.parseLong(limit.value());
    if (maxBytes < spec.maxMessageBytes()) {
      problems.add(
          "topic %s takes %d bytes a message, at least %d are needed"
              .formatted(topic.name(), maxBytes, spec.maxMessageBytes()));
    }
  }

  private static <T> T get(@org.jspecify.annotations.Nullable KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    if (future == null) {
      throw new IllegalStateException("the broker's answer leaves out what was asked");
    }
    return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
