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
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

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
            "kafka: {bootstrapServers: x}\ndetection: {profile: quality, warmUpFrames: 77}",
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
  void refusesASecretAmongPlainClientPropertiesAndDoesNotShowIt() {
    String yaml = "kafka: {bootstrapServers: x, properties: {ssl.keystore.password: hunter2}}";

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
        kafka: {bootstrapServers: x, properties: {group.id: other, acks: '1', client.rack: a}}
        model: {precision: bf16, device: gpu}
        """;

    assertRefused(yaml, "kafka.properties.group.id", "kafka.properties.acks", "model.precision");
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
          bootstrapServers: x
          topics: {andon.dead-letter: plant1.frames, andon.frames: plant1.frames, andon.health: andon.scores}
        """;

    assertRefused(yaml, "kafka.topics.andon.dead-letter", "kafka.topics.andon.health")
        .hasMessageContaining("andon.frames and andon.dead-letter share it");
  }

  @Test
  void aPictureThatTheSettingsLetThroughIsNoneThatTheDecoderRefusesForItsBytes() {
    int most = DecodeLimits.DEFAULT.bytes();
    String allowed = "kafka: {bootstrapServers: x}\nframes: {maxRecordBytes: %d}";

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
