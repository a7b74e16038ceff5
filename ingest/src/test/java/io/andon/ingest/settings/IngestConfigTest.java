package io.andon.ingest.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.ConfigLoader;
import io.andon.config.SchemaDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestConfigTest {
  @TempDir private Path folder;

  private static final String KAFKA = "kafka: {bootstrapServers: \"127.0.0.1:19092\"}\n";

  @Test
  void defaultsComeFromTheSchema() throws ConfigException {
    IngestConfig config = load(KAFKA + "cameras:\n  - {id: a, url: \"rtsp://cam/live\"}\n");
    CameraConfig camera = config.cameras().get(0);
    assertThat(camera.fps()).isEqualTo(10);
    assertThat(camera.shortSide()).isEqualTo(288);
    assertThat(camera.transport()).isEqualTo(Transport.TCP);
    assertThat(camera.gate()).isEqualTo(new GateConfig(GateProfile.SAFE, 1_000));
    assertThat(config.server()).isEqualTo(new ServerConfig("127.0.0.1", 19401, null));
  }

  @Test
  void aGateIsTurnedOffByAPlainWord() throws ConfigException {
    IngestConfig config =
        load(
            KAFKA
                + "cameras:\n"
                + "  - {id: a, url: \"rtsp://cam/live\", gate: {profile: off}}\n"
                + "  - {id: b, url: \"rtsp://cam/live\", gate: {maxStaleMillis: 400}}\n");
    assertThat(config.cameras())
        .extracting(CameraConfig::gate)
        .containsExactly(
            new GateConfig(GateProfile.OFF, 1_000), new GateConfig(GateProfile.SAFE, 400));
  }

  @Test
  void brokersWithoutAPortAreToldBeforeAnythingConnects() {
    ConfigException e =
        problems(
            """
            kafka: {bootstrapServers: "a:9092, localhost"}
            cameras: [{id: a, url: "rtsp://cam/live"}]
            """);
    assertThat(e.problems())
        .containsExactly(
            new Problem(
                "kafka.bootstrapServers",
                "localhost",
                "must be host:port, its port from 0 to 65535"));
  }

  @Test
  void everyProblemIsToldAtOnceAndNoSecretWithThem() {
    ConfigException e =
        problems(
            KAFKA
                + "cameras:\n"
                + "  - {id: A b, url: \"rtsp://u:hunter2@cam/live\"}\n"
                + "  - {id: b, url: \"http://cam/live?token=hunter2\", fps: 0}\n"
                + "  - {id: c, url: \"rtsp://cam/live\", credentials:"
                + " {user: u, password: hunter2}}\n");
    assertThat(e.problems())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder(
            "cameras[0].id",
            "cameras[0].url",
            "cameras[1].url",
            "cameras[1].fps",
            "cameras[2].credentials.password");
    assertThat(e.toString()).doesNotContain("hunter2");
  }

  @Test
  void aSecretAmongPlainClientPropertiesIsRefusedAndNotShown() {
    ConfigException e =
        problems(
            """
            kafka: {bootstrapServers: x:1, properties: {sasl.jaas.config: hunter2}}
            cameras:
              - {id: a, url: "rtsp://cam/live"}
            """);
    assertThat(e.problems())
        .extracting(Problem::key)
        .containsExactly("kafka.properties.sasl.jaas.config");
    assertThat(e.toString()).contains("secretProperties").doesNotContain("hunter2");
  }

  @Test
  void rulesBetweenSettingsAreChecked() {
    ConfigException e =
        problems(
            """
            kafka: {bootstrapServers: x:1, properties: {acks: "0", partitioner.ignore.keys: "true"}}
            overload: {lowLagMillis: 9000, highLagMillis: 8000}
            cameras:
              - {id: a, url: "rtsp://cam/live", width: 640}
              - {id: a, url: "rtsp://cam/live", reconnectMinMillis: 20000}
              - {id: b, url: "rtsp://cam/live", fps: 2, stallMillis: 999}
              - {id: c, url: "rtsp://cam/live", fps: 2, stallMillis: 1000}
            """);
    assertThat(e.problems())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder(
            "cameras[2].stallMillis",
            "kafka.properties.acks",
            "kafka.properties.partitioner.ignore.keys",
            "overload.lowLagMillis",
            "cameras[0].height",
            "cameras[1].id",
            "cameras[1].reconnectMinMillis");
  }

  @Test
  void aPartThatReachesOutOfThePictureIsTold() {
    ConfigException e =
        problems(
            """
            kafka: {bootstrapServers: x:1}
            cameras:
              - {id: a, url: "rtsp://cam/live", crop: {x: 60, y: 0, width: 40.5, height: 100}}
              - {id: b, url: "rtsp://cam/live", crop: {x: 0, y: 50, width: 100, height: 51}}
              - {id: c, url: "rtsp://cam/live", crop: {x: 60, y: 50, width: 40, height: 50}}
            """);

    assertThat(e.problems())
        .containsExactly(
            new Problem(
                "cameras[0].crop.width", "40.5", "must be at most 40.0: crop.x is 60.0 percent"),
            new Problem(
                "cameras[1].crop.height", "51.0", "must be at most 50.0: crop.y is 50.0 percent"));
  }

  @Test
  void thePartOfAPictureIsGivenWhole() {
    ConfigException e =
        problems(
            """
            kafka: {bootstrapServers: x:1}
            cameras:
              - {id: a, url: "rtsp://cam/live", crop: {x: 10, width: 4}}
              - {id: b, url: "rtsp://cam/live", crop: {x: -1, y: top, width: 50, height: 101}}
            """);

    assertThat(e.problems())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder(
            "cameras[0].crop.y",
            "cameras[0].crop.height",
            "cameras[0].crop.width",
            "cameras[1].crop.x",
            "cameras[1].crop.y",
            "cameras[1].crop.height");
  }

  @Test
  void anAddressWhoseHostCanNotBeIsToldWithWhatIsAllowedAndNotShown() {
    ConfigException e = problems(KAFKA + "cameras: [{id: a, url: \"rtsp://cäm/t=hunter2\"}]\n");
    assertThat(e.problems()).extracting(Problem::key).containsExactly("cameras[0].url");
    assertThat(e.toString())
        .contains("a name of letters, digits, '.', '-' and '_', its port from 1 to 65535")
        .doesNotContain("hunter2");
  }

  @Test
  void topicsOfIngestThatShareANameAreTold() {
    ConfigException e =
        problems(
            """
            kafka: {bootstrapServers: x:1, framesTopic: a, healthTopic: a}
            overload: {scoresTopic: a}
            cameras:
              - {id: a, url: "rtsp://cam/live"}
            """);

    String allowed = "must be a name of its own; kafka.framesTopic has it";
    assertThat(e.problems())
        .containsExactly(
            new Problem("kafka.healthTopic", "a", allowed),
            new Problem("overload.scoresTopic", "a", allowed));
  }

  @Test
  void twoTopicsOfOneNameAreTold() throws IOException {
    Path file = folder.resolve("admin.yaml");
    Files.writeString(
        file,
        "kafka: {bootstrapServers: x:1}\nnames: {topics: {andon.frames: a, andon.scores: a}}\n");

    ConfigException e = catchThrowableOfType(ConfigException.class, () -> AdminConfig.load(file));

    assertThat(e.problems()).extracting(Problem::key).containsExactly("names.topics.andon.scores");
  }

  @Test
  void theDocumentListsEverySetting() throws IOException {
    assertThat(Files.readString(Path.of("../docs/configuration.md")))
        .contains(SchemaDocs.markdown(IngestConfig.SCHEMA).strip())
        .contains(SchemaDocs.markdown(AdminConfig.SCHEMA).strip());
  }

  @Test
  void securityIsCheckedWithEverythingElse() {
    ConfigException e =
        problems(
            """
            kafka:
              bootstrapServers: x:1
              security: {protocol: sasl_ssl, username: ingest, certificate: /c.pem}
              properties: {ssl.endpoint.identification.algorithm: "", acks: "0"}
            cameras:
              - {id: a, url: "rtsp://cam/live", width: 640}
            """);
    assertThat(e.problems())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder(
            "kafka.security.password",
            "kafka.security.key",
            "kafka.properties.ssl.endpoint.identification.algorithm",
            "kafka.properties.acks",
            "cameras[0].height");
  }

  private static ConfigException problems(String yaml) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(yaml));
    assertThat(e).isNotNull();
    return e;
  }

  private static IngestConfig load(String yaml) throws ConfigException {
    return ConfigLoader.load(yaml, "test.yaml", IngestConfig.SCHEMA, IngestConfig.class);
  }
}
