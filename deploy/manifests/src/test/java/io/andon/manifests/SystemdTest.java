package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.Credentials;
import io.andon.ingest.settings.IngestConfig;
import io.andon.job.config.JobConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/systemd against the product, and against the page that tells of it. */
class SystemdTest {
  private static final Path FOLDER = Overlay.ROOT.resolve("deploy/systemd");
  private static final Pattern SETTING = Pattern.compile("(?m)^([A-Za-z]+)=(.*)$");

  private static List<String> of(String unit, String setting) throws IOException {
    return SETTING
        .matcher(Files.readString(FOLDER.resolve("units").resolve(unit + ".service")))
        .results()
        .filter(match -> match.group(1).equals(setting))
        .map(match -> match.group(2))
        .toList();
  }

  @Test
  void ingestAndJobTakeTheirConfigurations() throws Exception {
    IngestConfig ingest = IngestConfig.load(FOLDER.resolve("config/ingest.yaml"));
    JobConfig job = JobConfig.load(FOLDER.resolve("config/job.yaml"));

    assertThat(ingest.kafka().bootstrapServers()).isEqualTo(job.kafka().bootstrapServers());
    for (CameraConfig camera : ingest.cameras()) {
      Credentials credentials = camera.credentials();
      assertThat(credentials).isNotNull();
      assertThat(credentials.password().reference()).startsWith("file:/etc/andon/ingest/");
    }
    // Where the JobManager's keeper looks for the newest checkpoint.
    assertThat(of("andon-jobmanager", "ExecStart").get(0).split(" "))
        .contains(String.valueOf(job.flink().checkpointDirectory()).replaceFirst("^file://", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"andon-ingest", "andon-jobmanager", "andon-taskmanager@"})
  void aServiceHasNoRightsThatItDoesNotNeedAndNeverGivesUp(String unit) throws IOException {
    assertThat(of(unit, "User"))
        .containsExactly(unit.equals("andon-ingest") ? "andon-ingest" : "andon-job");
    assertThat(of(unit, "CapabilityBoundingSet")).containsExactly("");
    assertThat(of(unit, "NoNewPrivileges")).containsExactly("yes");
    assertThat(of(unit, "ProtectSystem")).containsExactly("strict");
    assertThat(of(unit, "Restart")).containsExactly("always");
    assertThat(of(unit, "StartLimitIntervalSec")).containsExactly("0");
  }

  @Test
  void thePageNamesEveryFileThatASecretMayComeFrom() throws IOException {
    String page = Files.readString(Overlay.ROOT.resolve("docs/systemd.md"));
    for (String unit : List.of("andon-ingest", "andon-jobmanager", "andon-taskmanager@")) {
      for (String file : of(unit, "EnvironmentFile")) {
        assertThat(page).contains("`" + file.substring(1) + "`");
      }
      assertThat(page).contains("| `" + unit);
    }
  }
}
