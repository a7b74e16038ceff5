package io.andon.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.broker.EmbeddedBroker;
import io.andon.contracts.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code topics} says of topics that somebody changed, on a real broker. */
class TopicsCommandIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static Admin admin;

  private final StringWriter said = new StringWriter();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start(folder, Map.of());
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  private int topics() {
    said.getBuffer().setLength(0);
    return IngestCommand.commandLine()
        .setOut(new PrintWriter(said))
        .execute("topics", "--bootstrap-servers", broker.bootstrapServers());
  }

  private static void set(String setting, String value) throws Exception {
    AlterConfigOp change =
        new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, Topics.FRAMES);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
  }

  /** A broker that has taken a change tells it a moment later. */
  private void awaitOutcome(int status, String output) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              assertThat(topics()).isEqualTo(status);
              assertThat(said.toString()).isEqualTo(output);
            });
  }

  private void assertOutcome(String setting, String value, String usual, int status, String output)
      throws Exception {
    topics();
    set(setting, value);
    try {
      awaitOutcome(status, output);
    } finally {
      set(setting, usual);
      awaitOutcome(0, "");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "retention.ms, 3600000, 86400000",
    "retention.bytes, 1073741824, 8589934592",
    "segment.ms, 300000, 7200000",
    "max.message.bytes, 4194304, 2097152",
  })
  void whatIsTheOperatorsChoiceIsToldAndNoFailure(String setting, String value, String usual)
      throws Exception {
    String told = "andon.frames: %s is %s, by default %s%n".formatted(setting, value, usual);
    assertOutcome(setting, value, usual, 0, told);
  }

  @ParameterizedTest
  @CsvSource({
    "max.message.bytes, 1000000, at least, 2097152",
    "cleanup.policy, compact, '', delete",
    "message.timestamp.type, LogAppendTime, '', CreateTime",
  })
  void whatTheProductCannotWorkWithIsAFailure(
      String setting, String value, String bound, String wanted) throws Exception {
    String demand = ("must be " + bound).strip() + " " + wanted;
    String told = "andon.frames: %s is %s, %s%n".formatted(setting, value, demand);
    assertOutcome(setting, value, wanted, IngestCommand.DIFFERS, told);
  }

  @Test
  void aTopicThatTheBrokerRefusesIsToldBesideThoseThatWereCreated() throws Exception {
    Path file = folder.resolve("refused.yaml");
    Files.writeString(
        file,
        """
        kafka: {bootstrapServers: "%s"}
        names: {topics: {andon.frames: line2.frames, andon.control: __cluster_metadata}}
        """
            .formatted(broker.bootstrapServers()));

    int status =
        IngestCommand.commandLine()
            .setOut(new PrintWriter(said))
            .execute("topics", "--config", file.toString());

    assertThat(status).isNotZero();
    assertThat(said.toString()).contains("created line2.frames", "not created: __cluster_metadata");
  }

  @Test
  void topicsAreMadeUnderTheNamesThatTheFileGivesThem() throws Exception {
    Path file = folder.resolve("admin.yaml");
    Files.writeString(
        file,
        """
        kafka: {bootstrapServers: "%s"}
        names: {topics: {andon.frames: line1.frames, andon.control: line1.control}}
        """
            .formatted(broker.bootstrapServers()));

    int status =
        IngestCommand.commandLine()
            .setOut(new PrintWriter(said))
            .execute("topics", "--config", file.toString());

    assertThat(status).isZero();
    assertThat(said.toString()).contains("created line1.frames", "created line1.control");
    // A broker knows a topic a moment after it is made.
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        admin
                            .describeTopics(List.of("line1.frames"))
                            .allTopicNames()
                            .get()
                            .values())
                    .singleElement()
                    .extracting(topic -> topic.partitions().size())
                    .isEqualTo(Topics.find(Topics.FRAMES).orElseThrow().partitions()));
  }

  @Test
  void morePartitionsDoNoHarmAndFewerDo() throws Exception {
    topics();
    admin.createPartitions(Map.of(Topics.SCORES, NewPartitions.increaseTo(13))).all().get();
    awaitOutcome(0, "andon.scores: partitions is 13, by default 12%n".formatted());

    admin.deleteTopics(List.of(Topics.SCORES)).all().get();
    NewTopic few = new NewTopic(Topics.SCORES, 11, (short) 1);
    few.configs(Topics.find(Topics.SCORES).orElseThrow().settings());
    admin.createTopics(List.of(few)).all().get();
    awaitOutcome(
        IngestCommand.DIFFERS, "andon.scores: partitions is 11, must be at least 12%n".formatted());
    admin.deleteTopics(List.of(Topics.SCORES)).all().get();
    // Else the next test meets a topic that is listed and can't be described any more.
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !admin.listTopics().names().get().contains(Topics.SCORES));
  }
}
