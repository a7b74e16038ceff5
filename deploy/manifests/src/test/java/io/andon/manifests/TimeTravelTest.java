package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.job.config.JobConfig;
import io.andon.manifests.kustomize.Kustomization;
import io.andon.manifests.kustomize.YamlFile;
import io.andon.manifests.model.Endpoint;
import io.andon.manifests.model.NetworkRules;
import io.andon.manifests.model.PodTemplate;
import io.andon.manifests.model.StrictModels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The pod that replays events, which is no part of an overlay. */
class TimeTravelTest {
  private static final Path FOLDER = Overlay.KUBERNETES.resolve("time-travel");

  private final List<ObjectNode> raw = Kustomization.build(FOLDER);
  private final List<HasMetadata> objects = raw.stream().map(StrictModels::load).toList();
  private final PodTemplate pod =
      raw.stream().flatMap(object -> PodTemplate.of(object).stream()).findFirst().orElseThrow();
  private final Map<String, String> files =
      objects.stream()
          .filter(ConfigMap.class::isInstance)
          .map(ConfigMap.class::cast)
          .findFirst()
          .orElseThrow()
          .getData();

  @Test
  void itReadsWhatTheJobWroteAsTheUserThatMay() throws Exception {
    JobConfig here = JobConfig.parse(files.getOrDefault("job.yaml", ""), "time-travel");
    JobConfig job = JobConfig.parse(Overlay.CPU.file("andon-job", "job.yaml"), "job");
    String user = Objects.requireNonNull(here.kafka().security().username());

    assertThat(here)
        .usingRecursiveComparison()
        .ignoringFields("kafka.security.username")
        .isEqualTo(job);
    assertThat(user).isEqualTo("andon-operator");
    assertThat(Overlay.CPU.one(KafkaUser.class, user)).isNotNull();
    assertThat(secrets()).contains(user, "andon-cluster-ca-cert");
  }

  @Test
  void itLooksForSnapshotsWhereTheJobPutsThem() throws IOException {
    Map<String, String> here = settings(files.getOrDefault("config.yaml", ""));
    Map<String, String> job = settings(Overlay.CPU.file("andon-flink", "config.yaml"));
    job.keySet().removeIf(key -> !key.startsWith("s3."));

    assertThat(here).isNotEmpty().isEqualTo(job);
    assertThat(pod.container().getEnv())
        .filteredOn(variable -> variable.getValueFrom() != null)
        .allMatch(
            variable -> Overlay.CPU.pod("taskmanager").container().getEnv().contains(variable))
        .hasSize(2);
    String conf = pod.container().getEnv().get(0).getValue();
    assertThat(pod.container().getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("job"))
        .extracting(VolumeMount::getMountPath)
        .containsExactly(conf);
  }

  /** As every other pod in the namespace, which admits no others. */
  @Test
  void itHasNoMoreRightsThanATaskManager() {
    PodTemplate worker = Overlay.CPU.pod("taskmanager");

    assertThat(pod.spec().getSecurityContext()).isEqualTo(worker.spec().getSecurityContext());
    assertThat(pod.container().getSecurityContext())
        .isEqualTo(worker.container().getSecurityContext());
    assertThat(pod.container().getImage()).isEqualTo(worker.container().getImage());
    assertThat(pod.spec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.spec().getVolumes())
        .filteredOn(volume -> volume.getEmptyDir() != null)
        .allMatch(volume -> volume.getEmptyDir().getSizeLimit() != null);
  }

  @Test
  void itReachesKafkaAndTheStorageAndNobodyReachesIt() {
    NetworkRules rules = new NetworkRules(Overlay.CPU.all(NetworkPolicy.class));
    Endpoint here = Endpoint.pod("time travel", Overlay.NAMESPACE, pod.labels());
    Endpoint broker =
        Endpoint.pod(
            "broker",
            Overlay.NAMESPACE,
            Map.of("strimzi.io/cluster", "andon", "strimzi.io/name", "andon-kafka"));
    Endpoint prometheus =
        Endpoint.pod("Prometheus", "monitoring", Map.of("app.kubernetes.io/name", "prometheus"));

    assertThat(rules.leaves(here, broker, "TCP", 9093)).isTrue();
    assertThat(rules.leaves(here, Endpoint.outside("storage", "198.51.100.7"), "TCP", 443))
        .isTrue();
    assertThat(rules.leaves(here, Endpoint.outside("camera", "192.0.2.10"), "TCP", 554)).isFalse();
    assertThat(rules.enters(prometheus, here, "TCP", 19410)).isFalse();
  }

  private List<String> secrets() {
    return pod.spec().getVolumes().stream()
        .map(Volume::getSecret)
        .filter(Objects::nonNull)
        .map(secret -> secret.getSecretName())
        .toList();
  }

  private static Map<String, String> settings(String yaml) throws IOException {
    return FlinkSettings.flat(YamlFile.documents(yaml).get(0));
  }
}
