package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.ingest.settings.IngestConfig;
import io.andon.job.JobOutput;
import io.andon.job.config.JobConfig;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListener;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclResourcePatternType;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics and users against what the product says that it uses. */
class KafkaTest {
  private final Overlay overlay = Overlay.CPU;

  @Test
  void topicsAreThoseThatTheProductMakes() {
    Map<String, Map<String, String>> wanted =
        Topics.all().stream().collect(Collectors.toMap(TopicSpec::name, KafkaTest::settings));

    Map<String, Map<String, String>> found =
        overlay.all(KafkaTopic.class).stream()
            .collect(Collectors.toMap(t -> t.getMetadata().getName(), KafkaTest::settings));

    assertThat(found).isEqualTo(wanted);
    assertThat(overlay.all(KafkaTopic.class))
        .allSatisfy(topic -> assertThat(topic.getSpec().getReplicas()).isEqualTo(3));
  }

  private static Map<String, String> settings(TopicSpec topic) {
    Map<String, String> settings = new TreeMap<>(topic.settings());
    settings.put("partitions", Integer.toString(topic.partitions()));
    return settings;
  }

  private static Map<String, String> settings(KafkaTopic topic) {
    Map<String, String> settings = new TreeMap<>();
    topic.getSpec().getConfig().forEach((key, value) -> settings.put(key, String.valueOf(value)));
    settings.put("partitions", String.valueOf(topic.getSpec().getPartitions()));
    return settings;
  }

  @Test
  void ingestMayDoWhatItDoesAndNothingElse() throws Exception {
    String yaml = overlay.file("andon-ingest-cameras", "ingest-0.yaml");
    IngestConfig config =
        io.andon.config.ConfigLoader.load(
            yaml, "ingest-0.yaml", IngestConfig.SCHEMA, IngestConfig.class);

    assertThat(rules("andon-ingest"))
        .containsExactlyInAnyOrder(
            "topic " + config.kafka().framesTopic() + " [WRITE]",
            "topic " + config.kafka().healthTopic() + " [WRITE]",
            "topic " + config.overload().scoresTopic() + " [READ]");
  }

  @Test
  void theJobMayDoWhatItDoesAndNothingElse() throws Exception {
    JobConfig.Kafka kafka =
        JobConfig.parse(overlay.file("andon-job", "job.yaml"), "job.yaml").kafka();
    List<String> wanted = new ArrayList<>();
    for (String read : List.of(Topics.FRAMES, Topics.CONTROL)) {
      wanted.add("topic " + kafka.topics().getOrDefault(read, read) + " [READ, DESCRIBECONFIGS]");
    }
    for (JobOutput output : JobOutput.values()) {
      String name = output.defaultTopic();
      wanted.add("topic " + kafka.topics().getOrDefault(name, name) + " [WRITE, DESCRIBECONFIGS]");
    }
    wanted.add("group " + kafka.groupId() + " [READ]");
    wanted.add("transactionalId " + kafka.transactionalIdPrefix() + "* [WRITE, DESCRIBE]");

    assertThat(rules("andon-job")).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void consumersOnlyReadWhatTheyActOn() {
    assertThat(rules("andon-consumer"))
        .containsExactlyInAnyOrder(
            "topic " + Topics.INCIDENTS + " [READ]",
            "topic " + Topics.HEALTH + " [READ]",
            "group alerts* [READ]");
  }

  @Test
  void anOperatorReadsEverythingAndWritesCommands() {
    List<String> wanted =
        Topics.all().stream()
            .map(TopicSpec::name)
            .map(n -> "topic " + n + (n.equals(Topics.CONTROL) ? " [READ, WRITE]" : " [READ]"))
            .toList();

    assertThat(rules("andon-operator")).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void nobodyElseHasAnAccount() {
    assertThat(overlay.all(KafkaUser.class))
        .extracting(user -> user.getMetadata().getName())
        .containsExactlyInAnyOrder("andon-ingest", "andon-job", "andon-consumer", "andon-operator");
  }

  private List<String> rules(String user) {
    var authorization = overlay.one(KafkaUser.class, user).getSpec().getAuthorization();
    return ((KafkaUserAuthorizationSimple) authorization)
        .getAcls().stream().map(KafkaTest::text).toList();
  }

  private static String text(AclRule rule) {
    String what =
        switch (rule.getResource().getType()) {
          case "topic" -> {
            var topic = (AclRuleTopicResource) rule.getResource();
            yield topic.getName() + star(topic.getPatternType());
          }
          case "group" -> {
            var group = (AclRuleGroupResource) rule.getResource();
            yield group.getName() + star(group.getPatternType());
          }
          case "transactionalId" -> {
            var id = (AclRuleTransactionalIdResource) rule.getResource();
            yield id.getName() + star(id.getPatternType());
          }
          default -> throw new AssertionError("a rule about " + rule.getResource().getType());
        };
    return rule.getResource().getType() + " " + what + " " + rule.getOperations();
  }

  private static String star(AclResourcePatternType pattern) {
    return pattern == AclResourcePatternType.PREFIX ? "*" : "";
  }

  @Test
  void everyListenerIsEncryptedAndKnowsItsClients() {
    Kafka kafka = overlay.one(Kafka.class, "andon");

    assertThat(kafka.getSpec().getKafka().getListeners())
        .isNotEmpty()
        .allMatch(GenericKafkaListener::isTls)
        .allMatch(listener -> listener.getAuth() != null)
        .allMatch(listener -> !listener.getNetworkPolicyPeers().isEmpty());
    assertThat(kafka.getSpec().getKafka().getAuthorization()).isNotNull();
    assertThat(kafka.getSpec().getKafka().getConfig())
        .containsEntry("min.insync.replicas", 2)
        .containsEntry("auto.create.topics.enable", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"controllers", "brokers"})
  void aNodeTakesOneOfAPoolAtMost(String name) {
    KafkaNodePool pool = overlay.one(KafkaNodePool.class, name);

    assertThat(pool.getSpec().getReplicas()).isEqualTo(3);
    assertThat(pool.getSpec().getTemplate().getPod().getTopologySpreadConstraints())
        .anySatisfy(
            spread -> {
              assertThat(spread.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
              assertThat(spread.getWhenUnsatisfiable()).isEqualTo("DoNotSchedule");
              assertThat(spread.getLabelSelector().getMatchLabels())
                  .containsEntry("strimzi.io/pool-name", name);
            });
  }

  /** A broker has a replica of every partition when there are as many brokers as replicas. */
  @Test
  void brokersHaveRoomForWhatTopicsMayKeep() {
    long most =
        Topics.all().stream().mapToLong(topic -> topic.partitions() * topic.retentionBytes()).sum();

    assertThat(most >> 30).isEqualTo(216);
    assertThat(overlay.one(KafkaNodePool.class, "brokers").getSpec().getStorage())
        .extracting("volumes")
        .asString()
        .contains("size=250Gi");
  }
}
