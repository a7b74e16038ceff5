package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.manifests.kustomize.YamlFile;
import io.andon.manifests.model.PodTemplate;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the Prometheus operator is given, against deploy/prometheus. */
class MonitoringTest {
  private static final Path PROMETHEUS = Overlay.ROOT.resolve("deploy/prometheus");

  @Test
  void rulesAreThoseOfPrometheus() throws IOException {
    List<JsonNode> groups = new ArrayList<>();
    try (Stream<Path> files = Files.list(PROMETHEUS.resolve("rules"))) {
      files.sorted().forEach(file -> YamlFile.document(file).get("groups").forEach(groups::add));
    }
    ObjectNode rule =
        Overlay.CPU.raw().stream()
            .filter(object -> object.path("kind").asText().equals("PrometheusRule"))
            .findFirst()
            .orElseThrow();

    assertThat(rule.at("/spec/groups"))
        .as("scripts/prometheus-rule makes it anew")
        .containsExactlyElementsOf(groups);
  }

  /** Rules and dashboards go by the label {@code job}, which a pod's label gives. */
  @ParameterizedTest
  @EnumSource
  void jobsAreCalledAsPrometheusCallsThem(Overlay overlay) {
    Set<String> wanted = new TreeSet<>();
    YamlFile.document(PROMETHEUS.resolve("prometheus.yml"))
        .get("scrape_configs")
        .forEach(scrape -> wanted.add(scrape.get("job_name").asText()));
    Set<String> found = new TreeSet<>();
    for (PodMonitor monitor : monitors(overlay)) {
      for (PodTemplate pod : scraped(overlay, monitor)) {
        found.add(pod.labels().getOrDefault(monitor.getSpec().getJobLabel(), "none"));
      }
    }

    assertThat(found).isEqualTo(wanted);
  }

  @ParameterizedTest
  @EnumSource
  void everyPodOfOursIsScrapedOnceAtAPortThatItHas(Overlay overlay) {
    List<String> scraped = new ArrayList<>();
    for (PodMonitor monitor : monitors(overlay)) {
      for (PodTemplate pod : scraped(overlay, monitor)) {
        scraped.add(pod.owner());
        assertThat(monitor.getSpec().getPodMetricsEndpoints())
            .singleElement()
            .satisfies(
                endpoint ->
                    assertThat(pod.container().getPorts())
                        .anyMatch(port -> endpoint.getPort().equals(port.getName())));
      }
    }

    assertThat(scraped)
        .containsExactlyInAnyOrderElementsOf(
            overlay.pods().stream().map(PodTemplate::owner).toList());
  }

  private static List<PodMonitor> monitors(Overlay overlay) {
    return overlay.all(PodMonitor.class).stream()
        .filter(monitor -> !monitor.getMetadata().getName().equals("andon-kafka"))
        .toList();
  }

  private static List<PodTemplate> scraped(Overlay overlay, PodMonitor monitor) {
    Map<String, String> wanted = monitor.getSpec().getSelector().getMatchLabels();
    return overlay.pods().stream()
        .filter(pod -> pod.labels().entrySet().containsAll(wanted.entrySet()))
        .toList();
  }
}
