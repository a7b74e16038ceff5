package io.andon.ingest.kafka;

import static java.util.Objects.requireNonNull;

import io.andon.contracts.TopicSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** Creates topics that are missing and compares those that are there; changes none of these. */
public final class TopicSetup {
  private static final String PARTITIONS = "partitions";
  private static final String UNSET = "unset";

  private final Admin admin;

  /**
   * Makes a setup.
   *
   * @param admin client; stays the caller's to close
   */
  public TopicSetup(Admin admin) {
    this.admin = admin;
  }

  /**
   * Compares the topics of the cluster with what they should be.
   *
   * @param specs what they should be
   * @throws ExecutionException if the cluster doesn't answer or refuses
   */
  public Comparison compare(List<TopicSpec> specs) throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    List<TopicSpec> present = specs.stream().filter(s -> existing.contains(s.name())).toList();
    List<TopicSpec> missing = specs.stream().filter(s -> !existing.contains(s.name())).toList();
    return new Comparison(missing, differences(present));
  }

  /**
   * Creates topics, each by itself: the cluster may refuse some of them.
   *
   * @param specs topics that don't exist
   * @param replicationFactor replicas of each partition
   * @param dryRun whether the cluster shall only say if it would do it
   * @return what became of each, in their order
   */
  public List<Creation> createEach(List<TopicSpec> specs, short replicationFactor, boolean dryRun)
      throws InterruptedException {
    List<NewTopic> topics =
        specs.stream()
            .map(
                s ->
                    new NewTopic(s.name(), s.partitions(), replicationFactor).configs(s.settings()))
            .toList();
    Map<String, KafkaFuture<Void>> results =
        admin.createTopics(topics, new CreateTopicsOptions().validateOnly(dryRun)).values();
    List<Creation> creations = new ArrayList<>();
    for (TopicSpec spec : specs) {
      creations.add(creation(spec.name(), requireNonNull(results.get(spec.name()))));
    }
    return creations;
  }

  /**
   * Creates topics.
   *
   * @param specs topics that don't exist
   * @param replicationFactor replicas of each partition
   * @param dryRun whether the cluster shall only say if it would do it
   * @throws ExecutionException if the cluster doesn't answer or refuses one
   */
  public void create(List<TopicSpec> specs, short replicationFactor, boolean dryRun)
      throws ExecutionException, InterruptedException {
    for (Creation creation : createEach(specs, replicationFactor, dryRun)) {
      ExecutionException refused = creation.refused();
      if (refused != null) {
        throw refused;
      }
    }
  }

  private static Creation creation(String topic, KafkaFuture<Void> result)
      throws InterruptedException {
    try {
      result.get();
      return new Creation(topic, null);
    } catch (ExecutionException e) {
      return new Creation(topic, e);
    }
  }

  private List<Difference> differences(List<TopicSpec> specs)
      throws ExecutionException, InterruptedException {
    List<String> names = specs.stream().map(TopicSpec::name).toList();
    Map<String, TopicDescription> topics = admin.describeTopics(names).allTopicNames().get();
    Map<ConfigResource, Config> configs =
        admin.describeConfigs(names.stream().map(TopicSetup::resource).toList()).all().get();
    List<Difference> differences = new ArrayList<>();
    for (TopicSpec spec : specs) {
      int partitions = requireNonNull(topics.get(spec.name())).partitions().size();
      add(differences, spec, PARTITIONS, partitions + "", spec.partitions() + "");
      Map<String, String> actual = values(requireNonNull(configs.get(resource(spec.name()))));
      new TreeMap<>(spec.settings())
          .forEach(
              (key, wanted) ->
                  add(differences, spec, key, actual.getOrDefault(key, UNSET), wanted));
    }
    return differences;
  }

  private static Map<String, String> values(Config config) {
    Map<String, String> values = new HashMap<>();
    for (ConfigEntry entry : config.entries()) {
      values.put(entry.name(), entry.value());
    }
    return values;
  }

  private static void add(
      List<Difference> differences, TopicSpec spec, String what, String actual, String wanted) {
    if (!actual.equals(wanted)) {
      differences.add(new Difference(spec.name(), what, actual, wanted));
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  /**
   * What became of a topic that was to be created.
   *
   * @param topic topic
   * @param refused why it was not; null if it was
   */
  public record Creation(String topic, @Nullable ExecutionException refused) {
    /** Whether somebody else created it meanwhile. */
    public boolean existed() {
      return refused != null && refused.getCause() instanceof TopicExistsException;
    }
  }

  /**
   * How the cluster stands to what should be.
   *
   * @param missing topics that don't exist
   * @param differences settings of existing topics that are otherwise
   */
  public record Comparison(List<TopicSpec> missing, List<Difference> differences) {}

  /**
   * A setting that is otherwise than it should be.
   *
   * @param topic topic
   * @param setting Kafka's name of the setting, or {@code partitions}
   * @param actual its value
   * @param wanted what it should be
   */
  public record Difference(String topic, String setting, String actual, String wanted) {
    /**
     * Whether the product can't work with it. How long and how much is kept is the operator's
     * choice, and more partitions or larger records than wanted do no harm.
     */
    public boolean breaks() {
      return switch (setting) {
        case "retention.ms", "retention.bytes", "segment.ms" -> false;
        default -> !isLeast() || number(actual) < number(wanted);
      };
    }

    /** What is wanted, in words. */
    public String demand() {
      if (!breaks()) {
        return "by default " + wanted;
      }
      return (isLeast() ? "must be at least " : "must be ") + wanted;
    }

    private boolean isLeast() {
      return setting.equals(PARTITIONS) || setting.equals("max.message.bytes");
    }

    /** A setting that the cluster does not tell counts as the least. */
    private static long number(String value) {
      return value.equals(UNSET) ? Long.MIN_VALUE : Long.parseLong(value);
    }
  }
}
