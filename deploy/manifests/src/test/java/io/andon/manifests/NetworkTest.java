package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.manifests.model.Endpoint;
import io.andon.manifests.model.NetworkRules;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every connection that is needed is allowed at both of its ends, and the others are not. */
class NetworkTest {
  private static final Endpoint DNS =
      Endpoint.pod("DNS", "kube-system", Map.of("k8s-app", "kube-dns"));
  private static final Endpoint PROMETHEUS =
      Endpoint.pod("Prometheus", "monitoring", Map.of("app.kubernetes.io/name", "prometheus"));
  private static final Endpoint BROKER = kafka("broker", "andon-kafka");
  private static final Endpoint ENTITIES = kafka("entity operator", "andon-entity-operator");
  private static final Endpoint CAMERA = Endpoint.outside("camera", "192.0.2.10");
  private static final Endpoint API = Endpoint.outside("Kubernetes API", "10.96.0.1");
  private static final Endpoint STORAGE = Endpoint.outside("object storage", "198.51.100.7");
  private static final Endpoint STRANGER =
      Endpoint.pod("another pod", Overlay.NAMESPACE, Map.of("app", "another"));

  private static Endpoint kafka(String name, String strimzi) {
    return Endpoint.pod(
        name,
        Overlay.NAMESPACE,
        Map.of(
            "strimzi.io/cluster", "andon",
            "strimzi.io/kind", "Kafka",
            "strimzi.io/name", strimzi));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNeededIsAllowed(Overlay overlay) {
    Rules rules = new Rules(overlay);
    Endpoint ingest = rules.pod("ingest");
    Endpoint jobManager = rules.pod("jobmanager");
    Endpoint taskManager = rules.pod("taskmanager");

    for (Endpoint pod : List.of(ingest, jobManager, taskManager, BROKER, ENTITIES)) {
      assertThat(rules.leaves(pod, DNS, "UDP", 53)).as(pod + " asks DNS").isTrue();
    }
    for (Endpoint client : List.of(ingest, jobManager, taskManager)) {
      assertThat(rules.leaves(client, BROKER, "TCP", 9093)).as(client + " to Kafka").isTrue();
    }
    assertThat(rules.leaves(ingest, CAMERA, "TCP", 554)).isTrue();
    assertThat(rules.enters(PROMETHEUS, ingest, "TCP", 19401)).isTrue();
    for (Endpoint process : List.of(jobManager, taskManager)) {
      assertThat(rules.leaves(process, API, "TCP", 443)).isTrue();
      assertThat(rules.leaves(process, API, "TCP", 6443)).isTrue();
      assertThat(rules.leaves(process, STORAGE, "TCP", 443)).isTrue();
      assertThat(rules.enters(PROMETHEUS, process, "TCP", 19410)).isTrue();
    }
    for (int port : List.of(6123, 6124, 6125)) {
      assertThat(rules.both(taskManager, jobManager, port)).as("port " + port).isTrue();
    }
    for (int port : List.of(6122, 6125)) {
      assertThat(rules.both(jobManager, taskManager, port)).as("port " + port).isTrue();
    }
    assertThat(rules.both(taskManager, taskManager, 6121)).isTrue();
    assertThat(rules.leaves(BROKER, BROKER, "TCP", 9090)).isTrue();
    assertThat(rules.leaves(BROKER, BROKER, "TCP", 9091)).isTrue();
    assertThat(rules.leaves(ENTITIES, BROKER, "TCP", 9091)).isTrue();
    assertThat(rules.leaves(ENTITIES, API, "TCP", 443)).isTrue();
    assertThat(rules.enters(PROMETHEUS, BROKER, "TCP", 9404)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void nothingElseIs(Overlay overlay) {
    Rules rules = new Rules(overlay);
    Endpoint ingest = rules.pod("ingest");
    Endpoint jobManager = rules.pod("jobmanager");
    Endpoint taskManager = rules.pod("taskmanager");

    for (int port : List.of(6123, 6124, 6125, 8081)) {
      assertThat(rules.enters(ingest, jobManager, "TCP", port)).isFalse();
      assertThat(rules.enters(STRANGER, jobManager, "TCP", port)).isFalse();
      assertThat(rules.enters(PROMETHEUS, jobManager, "TCP", port)).isFalse();
    }
    assertThat(rules.enters(STRANGER, taskManager, "TCP", 6122)).isFalse();
    assertThat(rules.enters(STRANGER, ingest, "TCP", 19401)).isFalse();
    assertThat(rules.leaves(STRANGER, BROKER, "TCP", 9093)).isFalse();
    assertThat(rules.leaves(STRANGER, STORAGE, "TCP", 443)).isFalse();
    assertThat(rules.leaves(ingest, STORAGE, "TCP", 443)).isFalse();
    assertThat(rules.leaves(ingest, API, "TCP", 443)).isFalse();
    assertThat(rules.leaves(ingest, Endpoint.outside("elsewhere", "203.0.113.9"), "TCP", 554))
        .isFalse();
    assertThat(rules.leaves(jobManager, CAMERA, "TCP", 554)).isFalse();
    assertThat(rules.leaves(BROKER, CAMERA, "TCP", 554)).isFalse();
  }

  /** The operator asks the JobManager how the job is, in its own overlay alone. */
  @ParameterizedTest
  @EnumSource
  void theFlinkOperatorReachesTheJobManagerWhereThereIsOne(Overlay overlay) {
    Rules rules = new Rules(overlay);
    Endpoint operator =
        Endpoint.pod(
            "operator",
            "flink-operator",
            Map.of("app.kubernetes.io/name", "flink-kubernetes-operator"));

    assertThat(rules.enters(operator, rules.pod("jobmanager"), "TCP", 8081))
        .isEqualTo(overlay == Overlay.OPERATOR);
  }

  /** The rules of an overlay. */
  private static final class Rules {
    private final Overlay overlay;
    private final NetworkRules rules;

    Rules(Overlay overlay) {
      this.overlay = overlay;
      this.rules = new NetworkRules(overlay.all(NetworkPolicy.class));
    }

    Endpoint pod(String component) {
      return Endpoint.pod(component, Overlay.NAMESPACE, overlay.pod(component).labels());
    }

    boolean leaves(Endpoint from, Endpoint to, String protocol, int port) {
      return rules.leaves(from, to, protocol, port);
    }

    boolean enters(Endpoint from, Endpoint to, String protocol, int port) {
      return rules.enters(from, to, protocol, port);
    }

    boolean both(Endpoint from, Endpoint to, int port) {
      return leaves(from, to, "TCP", port) && enters(from, to, "TCP", port);
    }
  }
}
