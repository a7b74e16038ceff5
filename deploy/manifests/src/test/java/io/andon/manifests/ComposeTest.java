package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.andon.config.SecretRef;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.Credentials;
import io.andon.ingest.settings.IngestConfig;
import io.andon.job.config.JobConfig;
import io.andon.manifests.kustomize.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** deploy/compose against the Compose Specification's schema, and against the product. */
class ComposeTest {
  private static final Path FOLDER = Overlay.ROOT.resolve("deploy/compose");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");

  private static final ObjectNode COMPOSE =
      merged(YamlFile.document(FOLDER.resolve("compose.yaml")));

  static List<Map.Entry<String, JsonNode>> services() {
    return List.copyOf(COMPOSE.get("services").properties());
  }

  /** YAML's merge keys, which Jackson leaves as they are written. */
  private static ObjectNode merged(ObjectNode compose) {
    for (Map.Entry<String, JsonNode> service : compose.get("services").properties()) {
      ObjectNode own = (ObjectNode) service.getValue();
      JsonNode merge = own.remove("<<");
      List<String> names = new ArrayList<>();
      merge.forEach(name -> names.add(name.asText()));
      if (merge.isTextual()) {
        names.add(merge.asText());
      }
      for (String name : names) {
        compose
            .get("x-" + name)
            .properties()
            .forEach(e -> own.putIfAbsent(e.getKey(), e.getValue()));
      }
    }
    return compose;
  }

  @Test
  void itFitsTheSpecification() throws IOException {
    assertThat(schema().validate(COMPOSE)).isEmpty();
  }

  @Test
  void theSpecificationRefusesWhatItDoesNotKnow() throws IOException {
    ObjectNode broken = COMPOSE.deepCopy();
    ((ObjectNode) broken.at("/services/ingest")).put("readonly", true);
    ((ObjectNode) broken.at("/services/ingest/healthcheck")).put("retries", "often");

    assertThat(schema().validate(broken)).hasSizeGreaterThanOrEqualTo(2);
  }

  /** The schema names its parts in the way of an older draft, which nothing here refers to. */
  private static JsonSchema schema() throws IOException {
    try (InputStream in = ComposeTest.class.getResourceAsStream("/compose-spec.schema.json")) {
      assertThat(in).isNotNull();
      JsonNode schema = new ObjectMapper().readTree(in);
      for (JsonNode part : schema.findParents("id")) {
        if (part.get("id").isTextual()) {
          ((ObjectNode) part).remove("id");
        }
      }
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909).getSchema(schema);
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void aServiceHasNoRightsThatItDoesNotNeed(Map.Entry<String, JsonNode> service) {
    JsonNode settings = service.getValue();

    assertThat(settings.path("read_only").asBoolean()).isTrue();
    assertThat(settings.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
    assertThat(settings.path("security_opt").toString()).contains("no-new-privileges:true");
    assertThat(settings.path("mem_limit").asText()).isNotEmpty();
    assertThat(settings.path("privileged").isMissingNode()).isTrue();
    assertThat(settings.path("image").asText()).doesNotContain("latest").contains(":");
    settings.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void aServiceThatStaysSaysHowItIs(Map.Entry<String, JsonNode> service) {
    JsonNode settings = service.getValue();
    boolean stays = !settings.path("restart").asText().equals("no");

    assertThat(settings.has("healthcheck")).isEqualTo(stays);
  }

  @ParameterizedTest
  @MethodSource("services")
  void whatAServiceNamesIsThere(Map.Entry<String, JsonNode> service) {
    JsonNode settings = service.getValue();
    for (JsonNode volume : settings.path("volumes")) {
      String source = volume.asText().split(":", 2)[0];
      boolean file = source.startsWith(".") && Files.exists(FOLDER.resolve(source));
      assertThat(file || COMPOSE.at("/volumes").has(source)).as(source).isTrue();
    }
    settings
        .path("secrets")
        .forEach(s -> assertThat(COMPOSE.at("/secrets").has(s.asText())).isTrue());
    settings
        .path("depends_on")
        .properties()
        .forEach(
            other -> {
              JsonNode needed = COMPOSE.at("/services/" + other.getKey());
              boolean healthy =
                  other.getValue().path("condition").asText().equals("service_healthy");
              assertThat(needed.isObject()).isTrue();
              assertThat(needed.has("healthcheck")).isEqualTo(healthy);
            });
  }

  /** A line's host may reach nobody outside, and nobody there needs to know of it. */
  @Test
  void grafanaAsksNobodyForNewsOrPlugins() {
    JsonNode settings = COMPOSE.at("/services/grafana/environment");

    for (String asks :
        List.of("REPORTING_ENABLED", "CHECK_FOR_UPDATES", "CHECK_FOR_PLUGIN_UPDATES")) {
      assertThat(settings.path("GF_ANALYTICS_" + asks).asText()).as(asks).isEqualTo("false");
    }
    assertThat(settings.path("GF_PLUGINS_PREINSTALL_DISABLED").asText()).isEqualTo("true");
  }

  @Test
  void everyVariableIsInTheExampleWithItsDefault() throws IOException {
    Map<String, String> used = new TreeMap<>();
    Matcher matcher = VARIABLE.matcher(Files.readString(FOLDER.resolve("compose.yaml")));
    while (matcher.find()) {
      used.put(matcher.group(1), matcher.group(2));
    }
    Map<String, String> example = new TreeMap<>();
    for (String line : Files.readAllLines(FOLDER.resolve(".env.example"))) {
      if (!line.startsWith("#")) {
        example.put(line.split("=", 2)[0], line.split("=", 2)[1]);
      }
    }

    assertThat(used).hasSizeGreaterThan(5);
    assertThat(example).isEqualTo(used);
  }

  @Test
  void ingestAndJobTakeTheirConfigurations() throws Exception {
    IngestConfig ingest = IngestConfig.load(FOLDER.resolve("config/ingest.yaml"));
    JobConfig job = JobConfig.load(FOLDER.resolve("config/job.yaml"));

    assertThat(ingest.kafka().bootstrapServers()).isEqualTo(job.kafka().bootstrapServers());
    assertThat(ingest.server().port()).isEqualTo(19401);
    for (CameraConfig camera : ingest.cameras()) {
      Credentials credentials = camera.credentials();
      assertThat(credentials).isNotNull();
      SecretRef password = credentials.password();
      assertThat(password.reference()).startsWith("file:/run/secrets/");
      assertThat(COMPOSE.at("/services/ingest/secrets").toString())
          .contains(password.reference().substring("file:/run/secrets/".length()));
    }
    // Where the JobManager's keeper looks for the newest checkpoint.
    assertThat(COMPOSE.at("/services/jobmanager/command/3").asText())
        .isEqualTo(String.valueOf(job.flink().checkpointDirectory()).replaceFirst("^file://", ""));
  }

  @Test
  void flinkHasTheSettingsOfOneHost() {
    Map<String, String> settings =
        FlinkSettings.flat(YamlFile.document(FOLDER.resolve("config/flink/config.yaml")));
    Map<String, String> host =
        FlinkSettings.flat(
            YamlFile.document(Overlay.ROOT.resolve("deploy/flink/src/home/conf/config.yaml")));
    Configuration configuration = Configuration.fromMap(settings);
    var declared = FlinkSettings.declared();

    host.keySet().removeAll(FlinkSettings.OF_CONTAINERS);
    assertThat(settings).containsAllEntriesOf(host);
    assertThat(settings.keySet())
        .filteredOn(key -> !key.startsWith("metrics.reporter.andon."))
        .allSatisfy(
            key -> {
              assertThat(declared.keySet()).contains(key);
              assertThat(configuration.getOptional(declared.get(key))).isPresent();
            });
  }

  @Test
  void prometheusScrapesTheContainers() {
    ObjectNode here = YamlFile.document(FOLDER.resolve("config/prometheus.yml"));
    ObjectNode host = YamlFile.document(Overlay.ROOT.resolve("deploy/prometheus/prometheus.yml"));
    Set<String> hosts = new TreeSet<>();
    for (JsonNode scrape : here.get("scrape_configs")) {
      for (JsonNode target : scrape.at("/static_configs/0/targets")) {
        hosts.add(target.asText().split(":", 2)[0]);
      }
    }

    assertThat(here.get("global")).isEqualTo(host.get("global"));
    assertThat(here.get("rule_files")).isEqualTo(host.get("rule_files"));
    assertThat(here.findValuesAsText("job_name")).isEqualTo(host.findValuesAsText("job_name"));
    assertThat(hosts).containsExactly("ingest", "jobmanager", "taskmanager");
  }
}
