package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.job.config.JobConfig;
import io.andon.kafka.access.AccessCatalogue;
import io.andon.kafka.access.AccessNames;
import io.andon.kafka.access.Grant;
import io.andon.kafka.access.Role;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  @ParameterizedTest
  @EnumSource(Role.class)
  void eachUserMayDoWhatTheCatalogueSaysAndNothingElse(Role role) {
    List<String> wanted =
        AccessCatalogue.grants(role, AccessNames.DEFAULTS).stream().map(KafkaTest::text).toList();

    assertThat(rules("andon-" + role.wireName())).containsExactlyInAnyOrderElementsOf(wanted);
  }

  /** What things are called is what the configurations of this folder call them. */
  @Test
  void theConfigurationsUseTheCataloguesNames() throws Exception {
    JobConfig.Kafka kafka =
        JobConfig.parse(overlay.file("andon-job", "job.yaml"), "job.yaml").kafka();

    assertThat(kafka.topics()).isEmpty();
    assertThat(kafka.groupId()).isEqualTo(AccessNames.DEFAULTS.jobGroup());
    assertThat(kafka.transactionalIdPrefix())
        .isEqualTo(AccessNames.DEFAULTS.transactionalIdPrefix());
    assertThat(kafka.security().username()).isEqualTo("andon-job");
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

  private static String text(Grant grant) {
    String type =
        switch (grant.type()) {
          case TRANSACTIONAL_ID -> "transactionalId";
          default -> grant.type().name().toLowerCase(Locale.ROOT);
        };
    String wildcard = grant.pattern() == PatternType.PREFIXED ? "*" : "";
    return type
        + " "
        + grant.name()
        + wildcard
        + " "
        + grant.operations().stream().map(o -> o.name().replace("_", "")).sorted().toList();
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
    return rule.getResource().getType()
        + " "
        + what
        + " "
        + rule.getOperations().stream().map(Enum::name).sorted().toList();
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
    long segment = 1L << 30; // goes as a whole, when all of it is beyond the retention
    long most =
        Topics.all().stream()
            .mapToLong(topic -> topic.partitions() * (topic.retentionBytes() + segment))
            .sum();

    assertThat(most >> 30).isEqualTo(312);
    assertThat(overlay.one(KafkaNodePool.class, "brokers").getSpec().getStorage())
        .extracting("volumes")
        .asString()
        .contains("size=350Gi");
  }
}
