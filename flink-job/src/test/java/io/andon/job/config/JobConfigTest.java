package io.andon.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.config.ConfigException;
import io.andon.detection.DetectorSettings;
import io.andon.embedding.picture.DecodeLimits;
import io.andon.job.detect.DetectorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobConfigTest {
  @Test
  void takesTheExampleFile() throws Exception {
    JobConfig config =
        JobConfig.load(Path.of("src/main/resources/io/andon/job/andon-job.example.yaml"));

    assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:19092");
    assertThat(new JobAssembly(config, Clock.systemUTC()).settings().detect().detector())
        .isEqualTo(DetectorOptions.defaults());
  }

  @Test
  void theQualityProfileRemembersMoreOfEachCameraAndIsArchivedWithIt() throws Exception {
    JobConfig config =
        JobConfig.parse(
            "kafka: {bootstrapServers: x:1}\ndetection: {profile: quality, warmUpFrames: 77}",
            "job.yaml");

    DetectorOptions options =
        new JobAssembly(config, Clock.systemUTC()).settings().detect().detector();

    assertThat(options.settings().memory().prototypesPerCell())
        .isEqualTo(DetectorSettings.quality().memory().prototypesPerCell());
    assertThat(options.settings().warmUp().frames()).isEqualTo(77);
    assertThat(DetectorOptions.ofNamed(options.named())).isEqualTo(options);
  }

  @Test
  void tellsEveryProblemAtOnce() {
    String yaml = "kafka: {delivery: perhaps}\nmodel: {maxBatch: 0}\nspeed: 3\n";

    assertThatThrownBy(() -> JobConfig.parse(yaml, "job.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.bootstrapServers")
        .hasMessageContaining("kafka.delivery")
        .hasMessageContaining("model.maxBatch")
        .hasMessageContaining("speed");
  }

  @Test
  void refusesBrokersWithoutAPort() {
    assertThatThrownBy(() -> JobConfig.parse("kafka: {bootstrapServers: x}", "job.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.bootstrapServers: x is not allowed; must be host:port");
  }

  @Test
  void refusesASecretAmongPlainClientPropertiesAndDoesNotShowIt() {
    String yaml = "kafka: {bootstrapServers: x:1, properties: {ssl.keystore.password: hunter2}}";

    assertThatThrownBy(() -> JobConfig.parse(yaml, "job.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.properties.ssl.keystore.password")
        .hasMessageContaining("goes into secrets")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesWhatCanNotWorkTogetherAndClientPropertiesThatTheJobDecides() {
    String yaml =
        """
        kafka: {bootstrapServers: x:1, properties: {group.id: other, acks: '1', client.rack: a}}
        model: {precision: bf16, device: gpu}
        """;

    assertRefused(yaml, "kafka.properties.group.id", "kafka.properties.acks", "model.precision");
  }

  @Test
  void refusesSecretsThatTheJobDecides() {
    String yaml = "kafka: {bootstrapServers: x:1, secrets: {group.id: 'env:GROUP'}}";

    assertRefused(yaml, "kafka.secrets.group.id").hasMessageContaining("kafka.groupId says it");
  }

  @ParameterizedTest
  @CsvSource({
    "file:archive, s3:",
    // Each process would take its own working directory.
    "archive, checkpoints",
    // Flink wants the scheme, and no root.
    "./archive, /var/lib/andon/checkpoints",
    "../archive, s3://bucket"
  })
  void refusesFoldersThatAreNoneOrAnotherForEachProcess(String archive, String checkpoints) {
    assertRefused(yamlOf(archive, checkpoints), "archive.directory", "flink.checkpointDirectory")
        .hasMessageContaining("a path that begins with / or a URI with its scheme")
        .hasMessageContaining("a URI with scheme and folder");
  }

  @ParameterizedTest
  @CsvSource({
    "/var/lib/andon/archive, file:///var/lib/andon/checkpoints",
    "file:/archive, file:/checkpoints",
    "s3://bucket, s3://bucket/checkpoints"
  })
  void takesFoldersThatEveryProcessFinds(String archive, String checkpoints) throws Exception {
    JobConfig config = JobConfig.parse(yamlOf(archive, checkpoints), "job.yaml");

    assertThat(config.archive().directory()).isEqualTo(archive);
    assertThat(config.flink().checkpointDirectory()).isEqualTo(checkpoints);
  }

  private static String yamlOf(String archive, String checkpoints) {
    return """
        kafka: {bootstrapServers: x:1}
        archive: {directory: "%s"}
        flink: {checkpointDirectory: "%s"}
        """
        .formatted(archive, checkpoints);
  }

  @Test
  void refusesTransactionsThatABrokerWouldDropWhileACheckpointIsTaken() {
    String yaml =
        "kafka: {bootstrapServers: x:1, delivery: exactly_once, transactionTimeoutMillis: 39999}";

    assertRefused(yaml, "kafka.transactionTimeoutMillis").hasMessageContaining("at least 40000");
  }

  @ParameterizedTest
  @CsvSource({"600000, 10000", "40000, 10000", "900000, 1000", "60000, 2000", "900000, 225000"})
  void aJobFailsBeforeItsTransactionsAreTooOld(int transactionMillis, int intervalMillis)
      throws Exception {
    String yaml =
        """
        kafka: {bootstrapServers: x:1, delivery: exactly_once, transactionTimeoutMillis: %d}
        flink: {checkpointIntervalMillis: %d}
        """
            .formatted(transactionMillis, intervalMillis);

    Configuration flink =
        new JobAssembly(JobConfig.parse(yaml, "job.yaml"), Clock.systemUTC()).flink();

    long attempt =
        intervalMillis + flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT).toMillis();
    int tolerated = flink.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER);
    assertThat(tolerated).isNotNegative();
    // All that are tolerated, the one that fails the job, and the one that began the transaction.
    assertThat((tolerated + 2) * attempt).isLessThanOrEqualTo(transactionMillis);
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT).toMillis())
        .isGreaterThanOrEqualTo(Math.min(intervalMillis, 60_000));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String yaml, String... keys) {
    return assertThatThrownBy(() -> JobConfig.parse(yaml, "job.yaml"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(ConfigException.Problem::key)
                    .containsExactlyInAnyOrder(keys));
  }

  @Test
  void refusesOneTopicForTwoPurposes() {
    String yaml =
        """
        kafka:
          bootstrapServers: x:1
          topics: {andon.dead-letter: plant1.frames, andon.frames: plant1.frames, andon.health: andon.scores}
        """;

    assertRefused(yaml, "kafka.topics.andon.dead-letter", "kafka.topics.andon.health")
        .hasMessageContaining("andon.frames and andon.dead-letter share it");
  }

  @Test
  void aPictureThatTheSettingsLetThroughIsNoneThatTheDecoderRefusesForItsBytes() {
    int most = DecodeLimits.DEFAULT.bytes();
    String allowed = "kafka: {bootstrapServers: x:1}\nframes: {maxRecordBytes: %d}";

    assertThatCode(() -> JobConfig.parse(allowed.formatted(most), "job.yaml"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> JobConfig.parse(allowed.formatted(most + 1), "job.yaml"))
        .hasMessageContaining("frames.maxRecordBytes");
  }

  @Test
  void theDocumentListsEverySetting() throws Exception {
    String text = Files.readString(Path.of("../docs/configuration.md"));

    assertThat(text)
        .contains(io.andon.config.SchemaDocs.markdown("io/andon/job/job.schema.json").strip());
  }
}
