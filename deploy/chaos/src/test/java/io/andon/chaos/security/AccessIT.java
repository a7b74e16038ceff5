package io.andon.chaos.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.andon.chaos.security.SecuredBroker.Outcome;
import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.ingest.IngestCommand;
import io.andon.job.JobMain;
import io.andon.job.JobRefusedException;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.replay.TimeTravelCommand;
import io.andon.kafka.access.AccessCatalogue;
import io.andon.kafka.access.AccessNames;
import io.andon.kafka.access.Grant;
import io.andon.kafka.access.Role;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, who may do what, and how start-up tells it, on a real secured broker. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AccessIT {
  private static final String CANARY = "canary-9b2f\"q\\z";
  private static final String WRONG = "wrong-canary-51c4";
  private static final byte[] ANY = "any".getBytes(UTF_8);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // before all
  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = SecuredBroker.start(folder, Map.of(Role.INGEST, CANARY));
    broker.prepare();
    for (TopicSpec topic : Topics.all()) {
      send("admin", topic.name());
    }
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void everyUserMayDoWhatTheCatalogueSaysAndNothingElse() throws Exception {
    List<String> asked = new ArrayList<>();
    for (Role role : Role.values()) {
      for (TopicSpec topic : Topics.all()) {
        String what = role + " " + topic.name();
        assertThat(mayRead(role.wireName(), topic.name()))
            .as("read " + what)
            .isEqualTo(isGranted(role, topic.name(), AclOperation.READ));
        assertThat(mayWrite(role.wireName(), topic.name()))
            .as("write " + what)
            .isEqualTo(isGranted(role, topic.name(), AclOperation.WRITE));
        asked.add(what);
      }
    }
    assertThat(asked).hasSize(Role.values().length * Topics.all().size());
  }

  @Test
  void aConsumerJoinsGroupsOfItsOwnAndNoOther() throws Exception {
    assertThat(mayJoin("consumer", "alerts-lamp")).isTrue();
    assertThat(mayJoin("consumer", "andon-job")).isFalse();
  }

  @Test
  void grantingAgainChangesNothingAndTellsWhatIsBeyondARole() throws Exception {
    Outcome again = broker.administer("access", broker.adminFile());
    assertThat(again.exit()).isZero();
    assertThat(again.out()).doesNotContain("allow ").contains("set the password of ingest");

    var beyond = pictures();
    try (Admin admin = Admin.create(broker.properties("admin", null))) {
      admin.createAcls(beyond).all().get();
      awaitAccess(4, "beyond its role: User:consumer ALLOW READ on TOPIC andon.frames (LITERAL)");
      admin.deleteAcls(beyond.stream().map(acl -> acl.toFilter()).toList()).all().get();
      awaitAccess(0, "");
    }
  }

  /** A broker that has taken an entry goes by it a moment later. */
  private static void awaitAccess(int exit, String said) {
    await("access")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Outcome told = broker.administer("access", broker.adminFile());
              assertThat(told.exit()).isEqualTo(exit);
              assertThat(told.out()).contains(said);
            });
  }

  @Test
  void aWrongPasswordStopsEveryCommandAndNamesTheSetting() throws Exception {
    Files.writeString(folder.resolve("wrong.password"), WRONG);
    for (Role role : List.of(Role.INGEST, Role.JOB, Role.OPERATOR)) {
      String yaml = kafka(role).replace(role.wireName() + ".password", "wrong.password");
      assertRefused(
          role, yaml, "kafka.security.password: the brokers refuse user " + role.wireName());
    }
    String admin = broker.kafkaYaml("admin").replace("admin.password", "wrong.password");
    Outcome outcome =
        broker.administer("topics", Files.writeString(folder.resolve("wrong.yaml"), admin));
    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.err())
        .startsWith("kafka.security.password: the brokers refuse user admin")
        .doesNotContain(WRONG);
  }

  @Test
  void aWrongTruststoreStopsEveryCommandAndNamesTheSetting() throws Exception {
    Path other = Certificates.in(folder.resolve("other-authority")).authority();
    for (Role role : List.of(Role.INGEST, Role.JOB, Role.OPERATOR)) {
      String yaml =
          kafka(role).replace(broker.certificates().authority().toString(), other.toString());
      assertRefused(
          role,
          yaml,
          "kafka.security.truststore: " + other + " does not vouch for the broker's certificate");
    }
  }

  @Test
  void anotherHostNameThanTheCertificatesIsRefused() throws Exception {
    for (Role role : List.of(Role.INGEST, Role.JOB)) {
      String yaml = kafka(role).replace("127.0.0.1:", "localhost:");
      assertRefused(
          role,
          yaml,
          "kafka.bootstrapServers: localhost:"
              + broker.port()
              + " is not the name in the broker's certificate");
    }
  }

  /** A client of a small process dies of the first bytes that such a broker answers. */
  @Test
  void aClientThatSpeaksNoTlsIsStoppedBeforeItAsks() throws Exception {
    String said =
        "kafka.security.protocol: 127.0.0.1:" + broker.port() + " speaks TLS; must be ssl or";
    for (Role role : List.of(Role.INGEST, Role.JOB, Role.OPERATOR)) {
      String inTheClear = kafka(role).replaceFirst("\\n *truststore: .*", "");
      assertRefused(role, inTheClear.replace("sasl_ssl", "sasl_plaintext"), said);
      assertRefused(role, inTheClear.replaceFirst("(?s)\\n *security:.*", "\n"), said);
    }
    Outcome topics =
        broker.administer("topics", "--bootstrap-servers", "127.0.0.1:" + broker.port());
    assertThat(topics.exit()).isEqualTo(3);
    assertThat(topics.err())
        .startsWith("--bootstrap-servers: 127.0.0.1:" + broker.port() + " speaks TLS");
  }

  @Test
  void missingRightsAreToldAtOnceEachWithItsTopic() throws Exception {
    String asConsumer =
        kafka(Role.INGEST)
            .replace("username: ingest", "username: consumer")
            .replace("ingest.password", "consumer.password");
    assertRefused(
        Role.INGEST,
        asConsumer,
        "kafka.security.username: user consumer may not write on topic andon.frames",
        "kafka.security.username: user consumer may not write on topic andon.health",
        "kafka.security.username: user consumer may not read on topic andon.scores");
    String asOperator =
        kafka(Role.JOB)
            .replace("username: job", "username: operator")
            .replace("job.password", "operator.password");
    assertRefused(
        Role.JOB,
        asOperator,
        "user operator may not write, describe_configs on topic andon.incidents",
        "user operator may not describe_configs on topic andon.frames",
        "user operator may not use group andon-job",
        "user operator may not use transactional ids andon-job*");
  }

  @Test
  void fiveWrongSettingsAreFiveProblems() throws Exception {
    String yaml =
        """
        kafka:
          bootstrapServers: "127.0.0.1:1"
          security:
            protocol: sasl_ssl
            username: ingest
            password: file:/no/such/password
            truststore: /no/such/ca.pem
            certificate: /no/such/client.pem
            key: env:ANDON_NO_SUCH_KEY
            keyPassword: file:/no/such/key-password
        """;
    for (Role role : List.of(Role.INGEST, Role.JOB)) {
      assertRefused(
          role,
          yaml,
          "kafka.security.password: /no/such/password must be readable",
          "kafka.security.truststore: /no/such/ca.pem is not allowed; must be readable",
          "kafka.security.certificate: /no/such/client.pem is not allowed; must be readable",
          "kafka.security.key: the environment variable ANDON_NO_SUCH_KEY must be set",
          "kafka.security.keyPassword: /no/such/key-password must be readable");
    }
  }

  private static String kafka(Role role) throws Exception {
    return broker.kafkaYaml(role.wireName());
  }

  /** It is refused for those reasons, no secret is shown, and the cluster is as before. */
  private static void assertRefused(Role role, String kafkaYaml, String... reasons)
      throws Exception {
    String before = cluster();
    String message =
        switch (role) {
          case INGEST -> ingest(kafkaYaml);
          case JOB -> job(kafkaYaml);
          default -> timeTravel(kafkaYaml);
        };
    assertThat(message).contains(reasons);
    assertThat(message.lines().filter(line -> line.contains("kafka.")).count())
        .as("one line a reason:\n%s", message)
        .isGreaterThanOrEqualTo(reasons.length);
    assertThat(message).doesNotContain(CANARY).doesNotContain(WRONG).doesNotContain("\tat ");
    assertThat(cluster()).isEqualTo(before);
  }

  private static String ingest(String kafkaYaml) throws Exception {
    String cameras = "cameras:\n  - {id: cam, url: \"rtsp://127.0.0.1:1/live\"}\n";
    Path config = folder.resolve("ingest.yaml");
    Files.writeString(config, kafkaYaml + SecuredBroker.PATIENT + "server: {port: 0}\n" + cameras);
    StringWriter err = new StringWriter();
    int exit =
        IngestCommand.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute("run", "--config", config.toString());
    assertThat(exit).isEqualTo(3);
    return err.toString();
  }

  private static String job(String kafkaYaml) throws Exception {
    String yaml =
        kafkaYaml + "  delivery: exactly_once\nmodel: {id: no-such-model}\nmetrics: {port: 0}\n";
    JobAssembly assembly = new JobAssembly(JobConfig.parse(yaml, "job.yaml"), Clock.systemUTC());
    try {
      JobMain.requireStartable(assembly, 1);
    } catch (JobRefusedException e) {
      String message = String.valueOf(e.getMessage());
      assertThat(message).contains("no-such-model");
      return message;
    }
    throw new AssertionError("the job would start");
  }

  private static String timeTravel(String kafkaYaml) throws Exception {
    Path config = Files.writeString(folder.resolve("travel.yaml"), kafkaYaml);
    StringWriter err = new StringWriter();
    int exit =
        TimeTravelCommand.commandLine(new TimeTravelCommand())
            .setErr(new PrintWriter(err, true))
            .execute("--config", config.toString());
    assertThat(exit).isEqualTo(2);
    return err.toString();
  }

  /** All that could have changed: records, groups, rights. */
  private static String cluster() throws Exception {
    try (Admin admin = Admin.create(broker.properties("admin", null))) {
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      for (TopicSpec topic : Topics.all()) {
        for (int i = 0; i < topic.partitions(); i++) {
          ends.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
        }
      }
      Map<String, Long> offsets = new TreeMap<>();
      admin
          .listOffsets(ends)
          .all()
          .get()
          .forEach((partition, end) -> offsets.put(partition.toString(), end.offset()));
      return offsets
          + admin.listTopics().names().get().stream().sorted().toList().toString()
          + admin.describeAcls(AclBindingFilter.ANY).values().get().size();
    }
  }

  private static List<AclBinding> pictures() {
    return AccessCatalogue.grants(Role.OPERATOR, AccessNames.DEFAULTS).stream()
        .filter(grant -> grant.name().equals(Topics.FRAMES))
        .flatMap(grant -> grant.bindings("consumer").stream())
        .toList();
  }

  private static boolean isGranted(Role role, String topic, AclOperation operation) {
    return AccessCatalogue.grants(role, AccessNames.DEFAULTS).stream()
        .filter(grant -> grant.name().equals(topic))
        .map(Grant::operations)
        .anyMatch(operations -> operations.contains(operation));
  }

  private static boolean mayWrite(String user, String topic) throws Exception {
    try {
      send(user, topic);
      return true;
    } catch (ExecutionException | KafkaException e) {
      // The producer may know that it is refused before it takes the record.
      assertThat(e).hasCauseInstanceOf(AuthorizationException.class);
      return false;
    }
  }

  private static void send(String user, String topic) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            broker.properties(user, Map.of("max.block.ms", 60_000)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, 0, ANY, ANY)).get();
    }
  }

  private static boolean mayRead(String user, String topic) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(user, Map.of())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await(topic).atMost(PATIENCE).until(() -> !consumer.poll(Duration.ofMillis(200)).isEmpty());
      return true;
    } catch (TopicAuthorizationException e) {
      return false;
    }
  }

  private static boolean mayJoin(String user, String group) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer =
        consumer(user, Map.of("group.id", group, "auto.offset.reset", "earliest"))) {
      consumer.subscribe(List.of(Topics.INCIDENTS));
      await(group).atMost(PATIENCE).until(() -> !consumer.poll(Duration.ofMillis(200)).isEmpty());
      return true;
    } catch (GroupAuthorizationException e) {
      return false;
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String user, Map<String, Object> more)
      throws Exception {
    return new KafkaConsumer<>(
        broker.properties(user, more), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
