package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.manifests.kustomize.YamlFile;
import io.andon.manifests.model.PodTemplate;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana shows, and what the Prometheus operator is given, against deploy/prometheus. */
class MonitoringTest {
  private static final Path PROMETHEUS = Overlay.ROOT.resolve("deploy/prometheus");
  private static final Path DASHBOARDS = Overlay.ROOT.resolve("deploy/grafana/dashboards");
  private static final Set<String> SHOW_NOW = Set.of("stat", "gauge", "bargauge");

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

  /**
   * A range would show the last value of the past hour as if it were now, of what is silent or gone
   * too; the last value that is a number would hide that now is none.
   */
  @ParameterizedTest
  @MethodSource("dashboards")
  void whatIsNowIsAskedForNow(Path dashboard) {
    assertThat(panelsOfNow(dashboard))
        .allSatisfy(
            panel -> {
              assertThat(panel.path("targets"))
                  .isNotEmpty()
                  .allMatch(target -> target.path("instant").asBoolean())
                  .allMatch(target -> !target.path("range").asBoolean(true));
              assertThat(panel.at("/options/reduceOptions/calcs"))
                  .extracting(JsonNode::asText)
                  .containsExactly("last");
            });
  }

  /** A gauge whose values have names is none of them after a closing in silence. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void whatNamesValuesNamesNoNumberToo(Path dashboard) {
    assertThat(panelsOfNow(dashboard))
        .filteredOn(panel -> panel.at("/fieldConfig/defaults").has("mappings"))
        .allSatisfy(
            panel ->
                assertThat(panel.at("/fieldConfig/defaults/mappings"))
                    .filteredOn(mapping -> mapping.path("type").asText().equals("special"))
                    .singleElement()
                    .satisfies(
                        mapping -> {
                          assertThat(mapping.at("/options/match").asText()).isEqualTo("nan");
                          assertThat(mapping.at("/options/result/text").asText())
                              .isEqualTo("silent");
                        }));
  }

  /** Without any Grafana takes its own: red from 80 on, which a count of good things passes too. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void whatIsColouredSaysByWhat(Path dashboard) {
    assertThat(panelsOfNow(dashboard))
        .allSatisfy(
            panel ->
                assertThat(panel.at("/fieldConfig/defaults/thresholds/steps"))
                    .as(panel.path("title").asText())
                    .isNotEmpty());
  }

  @Test
  void thereArePanelsOfNow() {
    assertThat(dashboards()).hasSize(4);
    assertThat(dashboards().flatMap(dashboard -> panelsOfNow(dashboard).stream())).hasSize(12);
  }

  /** Whoever sees a score wants to know from where on it is an alarm. */
  @Test
  void scoresAreShownBesideTheAlarmLevel() {
    List<JsonNode> scores =
        dashboards()
            .flatMap(dashboard -> panels(dashboard).stream())
            .filter(panel -> panel.at("/targets/0/expr").asText().contains("andon_score"))
            .map(panel -> panel.at("/fieldConfig/defaults"))
            .toList();

    assertThat(scores)
        .hasSize(2)
        .allSatisfy(
            defaults -> {
              assertThat(defaults.at("/custom/thresholdsStyle/mode").asText()).isEqualTo("line");
              assertThat(defaults.at("/thresholds/steps/1/value").asInt()).isEqualTo(1);
            });
  }

  static Stream<Path> dashboards() {
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> panelsOfNow(Path dashboard) {
    return panels(dashboard).stream()
        .filter(panel -> SHOW_NOW.contains(panel.path("type").asText()))
        .toList();
  }

  private static List<JsonNode> panels(Path dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    YamlFile.document(dashboard).path("panels").forEach(panels::add);
    return panels;
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
