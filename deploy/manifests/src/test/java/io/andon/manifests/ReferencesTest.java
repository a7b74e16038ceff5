package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.manifests.model.PodTemplate;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever an object names is there. */
class ReferencesTest {
  @ParameterizedTest
  @EnumSource
  void configMaps(Overlay overlay) {
    Set<String> there = names(overlay, ConfigMap.class);

    for (PodTemplate pod : overlay.pods()) {
      assertThat(pod.spec().getVolumes())
          .filteredOn(volume -> volume.getConfigMap() != null)
          .isNotEmpty()
          .allMatch(volume -> there.contains(volume.getConfigMap().getName()));
      assertThat(pod.container().getEnv())
          .filteredOn(
              e -> e.getValueFrom() != null && e.getValueFrom().getConfigMapKeyRef() != null)
          .allMatch(e -> Boolean.TRUE.equals(e.getValueFrom().getConfigMapKeyRef().getOptional()));
    }
  }

  /** A Secret is made by Strimzi, or docs/kubernetes.md tells how to make it; none is in a file. */
  @ParameterizedTest
  @EnumSource
  void secrets(Overlay overlay) throws IOException {
    String cluster = overlay.all(Kafka.class).get(0).getMetadata().getName();
    Set<String> made = new TreeSet<>(names(overlay, KafkaUser.class));
    made.add(cluster + "-cluster-ca-cert");
    String guide = Files.readString(Overlay.ROOT.resolve("docs/kubernetes.md"));

    assertThat(secretNames(overlay))
        .hasSizeGreaterThan(3)
        .allSatisfy(
            name ->
                assertThat(made.contains(name) || guide.contains("create secret generic " + name))
                    .as(name)
                    .isTrue());
  }

  private static Set<String> secretNames(Overlay overlay) {
    return overlay.pods().stream()
        .flatMap(
            pod ->
                Stream.concat(
                    pod.spec().getVolumes().stream()
                        .map(Volume::getSecret)
                        .filter(Objects::nonNull)
                        .map(secret -> secret.getSecretName()),
                    pod.container().getEnv().stream()
                        .map(EnvVar::getValueFrom)
                        .filter(Objects::nonNull)
                        .map(from -> from.getSecretKeyRef())
                        .filter(Objects::nonNull)
                        .map(ref -> ref.getName())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @EnumSource
  void volumes(Overlay overlay) {
    for (PodTemplate pod : overlay.pods()) {
      List<String> volumes = pod.spec().getVolumes().stream().map(Volume::getName).toList();
      List<String> mounted =
          pod.container().getVolumeMounts().stream().map(VolumeMount::getName).toList();

      assertThat(mounted).as(pod.owner()).containsExactlyInAnyOrderElementsOf(volumes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accounts(Overlay overlay) {
    Set<String> accounts = names(overlay, ServiceAccount.class);
    Set<String> roles = names(overlay, Role.class);

    assertThat(overlay.pods()).allMatch(p -> accounts.contains(p.spec().getServiceAccountName()));
    assertThat(overlay.all(RoleBinding.class))
        .isNotEmpty()
        .allMatch(binding -> roles.contains(binding.getRoleRef().getName()))
        .allSatisfy(
            binding ->
                assertThat(binding.getSubjects())
                    .singleElement()
                    .matches(subject -> accounts.contains(subject.getName()))
                    .matches(subject -> Overlay.NAMESPACE.equals(subject.getNamespace())));
  }

  /** High availability reads and writes ConfigMaps; nothing else of the API is anybody's. */
  @ParameterizedTest
  @EnumSource
  void rightsAreAboutConfigMapsAlone(Overlay overlay) {
    List<PolicyRule> rules =
        overlay.all(Role.class).stream().flatMap(role -> role.getRules().stream()).toList();

    assertThat(rules)
        .isNotEmpty()
        .allMatch(rule -> rule.getResources().equals(List.of("configmaps")))
        .allMatch(rule -> rule.getApiGroups().equals(List.of("")))
        .noneMatch(rule -> rule.getVerbs().contains("*"));
    assertThat(overlay.pod("ingest").spec().getAutomountServiceAccountToken()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void selectorsFindPods(Overlay overlay) {
    for (Deployment deployment : overlay.all(Deployment.class)) {
      assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
          .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
    }
    for (StatefulSet set : overlay.all(StatefulSet.class)) {
      assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
          .containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
      assertThat(names(overlay, Service.class)).contains(set.getSpec().getServiceName());
    }
    for (PodDisruptionBudget budget : overlay.all(PodDisruptionBudget.class)) {
      assertThat(matching(overlay, budget.getSpec().getSelector().getMatchLabels()))
          .as(budget.getMetadata().getName())
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void servicesLeadToPortsOfPods(Overlay overlay) {
    for (Service service : overlay.all(Service.class)) {
      List<PodTemplate> pods = matching(overlay, service.getSpec().getSelector());
      assertThat(pods).as(service.getMetadata().getName()).hasSize(1);
      assertThat(service.getSpec().getPorts())
          .allSatisfy(
              port ->
                  assertThat(pods.get(0).container().getPorts())
                      .anyMatch(p -> port.getTargetPort().getStrVal().equals(p.getName())));
    }
  }

  private static List<PodTemplate> matching(Overlay overlay, Map<String, String> labels) {
    return overlay.pods().stream()
        .filter(pod -> pod.labels().entrySet().containsAll(labels.entrySet()))
        .toList();
  }

  private static <T extends HasMetadata> Set<String> names(Overlay overlay, Class<T> type) {
    return overlay.all(type).stream()
        .map(object -> object.getMetadata().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
