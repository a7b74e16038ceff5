package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.config.ConfigLoader;
import io.andon.config.SecretRef;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.Credentials;
import io.andon.ingest.settings.IngestConfig;
import io.andon.kafka.KafkaSecurity;
import io.andon.manifests.model.PodTemplate;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lists of cameras of the ingest pods. */
class ShardsTest {
  private final Overlay overlay = Overlay.CPU;
  private final List<IngestConfig> shards = new ArrayList<>();

  /** Each file as ingest itself reads it: what it would refuse fails here, with all reasons. */
  @BeforeEach
  void read() throws Exception {
    Map<String, String> files = overlay.one(ConfigMap.class, "andon-ingest-cameras").getData();
    for (int i = 0; i < files.size(); i++) {
      String name = "ingest-" + i + ".yaml";
      assertThat(files).as("files are numbered from 0 without a gap").containsKey(name);
      shards.add(
          ConfigLoader.load(
              files.getOrDefault(name, ""), name, IngestConfig.SCHEMA, IngestConfig.class));
    }
  }

  @Test
  void everyPodHasAFileAndEveryFileAPod() {
    StatefulSet ingest = overlay.one(StatefulSet.class, "ingest");

    assertThat(ingest.getSpec().getReplicas()).isEqualTo(shards.size());
    assertThat(overlay.pod("ingest").container().getArgs())
        .containsExactly("shard", "/etc/andon/ingest");
  }

  @Test
  void aCameraIsInOneFileOnly() {
    assertThat(shards.stream().flatMap(shard -> shard.cameras().stream()).map(CameraConfig::id))
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @Test
  void filesDifferInTheirCamerasAlone() {
    assertThat(shards).extracting(IngestConfig::kafka).containsOnly(shards.get(0).kafka());
    assertThat(shards).extracting(IngestConfig::server).containsOnly(shards.get(0).server());
    assertThat(shards).extracting(IngestConfig::overload).containsOnly(shards.get(0).overload());
  }

  @Test
  void secretsAreWhereThePodHasThem() {
    PodTemplate pod = overlay.pod("ingest");
    List<String> mounts =
        pod.container().getVolumeMounts().stream().map(VolumeMount::getMountPath).toList();

    for (IngestConfig shard : shards) {
      for (CameraConfig camera : shard.cameras()) {
        Credentials credentials = camera.credentials();
        assertThat(credentials).isNotNull();
        assertThat(credentials.password().reference())
            .isEqualTo("file:/etc/andon/cameras/" + camera.id());
      }
      KafkaSecurity security = shard.kafka().security();
      assertThat(security.username()).isEqualTo("andon-ingest");
      assertThat(security.password())
          .extracting(SecretRef::reference)
          .matches(ref -> mounts.stream().anyMatch(m -> ref.startsWith("file:" + m + "/")));
      assertThat(security.truststore())
          .matches(path -> mounts.stream().anyMatch(m -> path.startsWith(m + "/")));
    }
  }

  @Test
  void probesAndMetricsAskThePortThatIsListenedOn() {
    int port = overlay.pod("ingest").container().getPorts().get(0).getContainerPort();

    assertThat(shards).allMatch(shard -> shard.server().port() == port);
    assertThat(shards).allMatch(shard -> shard.server().address().equals("0.0.0.0"));
  }
}
