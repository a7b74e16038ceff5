package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.manifests.model.PodTemplate;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every pod of ours keeps to: Kubernetes' restricted standard, and what it needs to be run.
 */
class PodsTest {
  private static final int USER = 10001;

  static Stream<PodTemplate> pods() {
    return Arrays.stream(Overlay.values()).flatMap(overlay -> overlay.pods().stream());
  }

  @Test
  void thereAreThreePodsInEachOverlay() {
    assertThat(Overlay.values()).allMatch(overlay -> overlay.pods().size() == 3);
  }

  @ParameterizedTest
  @MethodSource("pods")
  void itHasNoRightsThatItDoesNotNeed(PodTemplate pod) {
    PodSecurityContext context = pod.spec().getSecurityContext();
    SecurityContext container = pod.container().getSecurityContext();

    assertThat(context.getRunAsNonRoot()).isTrue();
    assertThat(context.getRunAsUser()).isEqualTo(USER);
    assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(pod.spec().getHostNetwork()).isNull();
    assertThat(pod.spec().getHostPID()).isNull();
  }

  /** Only what lies in memory or on the node for this pod alone can be written. */
  @ParameterizedTest
  @MethodSource("pods")
  void itWritesToItsOwnTmpAlone(PodTemplate pod) {
    for (Volume volume : pod.spec().getVolumes()) {
      if (volume.getEmptyDir() == null) {
        assertThat(volume.getHostPath()).isNull();
        assertThat(pod.container().getVolumeMounts())
            .filteredOn(mount -> mount.getName().equals(volume.getName()))
            .singleElement()
            .satisfies(mount -> assertThat(mount.getReadOnly()).isTrue());
      } else {
        assertThat(volume.getEmptyDir().getSizeLimit()).as(volume.getName()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pods")
  void secretsAreFilesForItsGroupOrVariables(PodTemplate pod) {
    assertThat(pod.spec().getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .isNotEmpty()
        .allMatch(volume -> volume.getSecret().getDefaultMode() == 0440);
    assertThat(pod.spec().getSecurityContext().getFsGroup()).isEqualTo(USER);
    assertThat(pod.container().getEnv())
        .filteredOn(variable -> variable.getName().matches(".*(PASSWORD|SECRET|KEY).*"))
        .allMatch(variable -> variable.getValueFrom().getSecretKeyRef() != null);
  }

  /** No limit of cores: the kernel would stop a process that has them all for a while. */
  @ParameterizedTest
  @MethodSource("pods")
  void itSaysWhatItTakes(PodTemplate pod) {
    var resources = pod.container().getResources();

    assertThat(resources.getRequests()).containsKeys("cpu", "memory");
    assertThat(resources.getLimits().get("memory"))
        .isEqualTo(resources.getRequests().get("memory"));
    assertThat(resources.getLimits()).doesNotContainKey("cpu");
  }

  @ParameterizedTest
  @MethodSource("pods")
  void itsImageHasAVersion(PodTemplate pod) {
    assertThat(pod.container().getImage())
        .matches("registry\\.example/andon/[a-z-]+:\\d+\\.\\d+\\.\\d+");
  }

  @ParameterizedTest
  @MethodSource("pods")
  void itIsProbedAtAPortThatItHas(PodTemplate pod) {
    Container container = pod.container();
    List<String> names =
        container.getPorts().stream().map(port -> port.getName()).filter(Objects::nonNull).toList();

    assertThat(probes(container)).doesNotContainNull().hasSize(3);
    for (Probe probe : probes(container)) {
      var port =
          probe.getHttpGet() != null
              ? probe.getHttpGet().getPort()
              : probe.getTcpSocket().getPort();
      if (port.getStrVal() != null) {
        assertThat(names).contains(port.getStrVal());
      }
    }
  }

  private static List<Probe> probes(Container container) {
    return Arrays.asList(
        container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe());
  }

  @ParameterizedTest
  @MethodSource("pods")
  void itIsAKafkaClientThatCanReadTheBrokersCertificate(PodTemplate pod) {
    assertThat(pod.labels()).containsEntry("andon.io/kafka-client", "true");
    assertThat(pod.container().getVolumeMounts())
        .anyMatch(mount -> mount.getMountPath().equals("/etc/andon/kafka-ca"));
  }
}
