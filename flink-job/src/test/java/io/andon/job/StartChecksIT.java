package io.andon.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.broker.EmbeddedBroker;
import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job looks at before it starts. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StartChecksIT {
  @TempDir private Path folder;

  @Test
  void refusesToStartWithEveryReasonAtOnce() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, KafkaTopics.BROKER)) {
      KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), "check.");
      topics.create(allButScoresAndWithSmallFrames(topics));
      JobAssembly assembly = assembly(topics.yaml());

      assertThatThrownBy(() -> JobMain.requireStartable(assembly, 4))
          .isInstanceOf(JobRefusedException.class)
          .hasMessageContaining("no-such-model")
          .hasMessageContaining("topic check.andon.scores is missing")
          .hasMessageContaining("topic check.andon.frames has 2 partitions, parallelism 4")
          .hasMessageContaining("topic check.andon.frames takes 1000 bytes a message");
    }
  }

  @ParameterizedTest
  @CsvSource({"60001, true", "60000, false"})
  void refusesTransactionsThatAreLongerThanTheBrokersAllow(int millis, boolean refused)
      throws Exception {
    Map<String, String> limit = Map.of("transaction.max.timeout.ms", "60000");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, limit)) {
      KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), "check.");
      topics.create();
      String transactions = "  delivery: exactly_once\n  transactionTimeoutMillis: " + millis;
      JobAssembly assembly = assembly(topics.yaml() + transactions + "\n");
      String told =
          "kafka.transactionTimeoutMillis: 60001 is more than the brokers allow, see their"
              + " transaction.max.timeout.ms";

      assertThatThrownBy(() -> JobMain.requireStartable(assembly, 1))
          .isInstanceOf(JobRefusedException.class)
          .hasMessageContaining("no-such-model")
          .hasMessageNotContaining("kafka.delivery")
          .satisfies(
              e -> assertThat(String.valueOf(e.getMessage()).contains(told)).isEqualTo(refused));
    }
  }

  @Test
  void tellsThatNoBrokerAnswersAndThatTheModelIsMissing() throws Exception {
    JobAssembly assembly =
        assembly(
            "  bootstrapServers: 127.0.0.1:1\n  properties: {default.api.timeout.ms: '2000', request.timeout.ms: '1000'}\n");

    assertThatThrownBy(() -> JobMain.requireStartable(assembly, 1))
        .isInstanceOf(JobRefusedException.class)
        .hasMessageContaining("no-such-model")
        .hasMessageContaining("kafka.bootstrapServers: 127.0.0.1:1 gave no answer");
  }

  /** So that whoever submits the job waits, as for a broker that is down. */
  @Test
  void aBrokerWhoseNameIsNotKnownYetGivesNoAnswer() throws Exception {
    // No label is that long, so that no name server need be asked.
    String unknown = "x".repeat(64) + ".invalid:9092";
    JobAssembly assembly = assembly("  bootstrapServers: " + unknown + "\n");

    assertThatThrownBy(() -> JobMain.requireStartable(assembly, 1))
        .isInstanceOf(JobRefusedException.class)
        .hasMessageContaining("kafka.bootstrapServers: " + unknown + " gave no answer");
  }

  private static List<NewTopic> allButScoresAndWithSmallFrames(KafkaTopics topics) {
    List<NewTopic> created = new ArrayList<>();
    for (TopicSpec spec : Topics.all()) {
      if (!spec.name().equals(Topics.SCORES)) {
        Map<String, String> settings =
            spec.name().equals(Topics.FRAMES)
                ? Map.of("max.message.bytes", "1000")
                : spec.settings();
        created.add(new NewTopic(topics.name(spec.name()), 2, (short) 1).configs(settings));
      }
    }
    return created;
  }

  private JobAssembly assembly(String kafka) throws Exception {
    String yaml = "kafka:\n" + kafka + "model: {id: no-such-model, directory: '" + folder + "'}\n";
    return new JobAssembly(JobConfig.parse(yaml, "test"), Clock.systemUTC());
  }
}
