package io.andon.quickstart.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules by Prometheus' own tool, and what promtool does not ask for. */
class RulesIT {
  private static final Path TESTS = Deployed.PROMETHEUS.resolve("tests");
  private static final Path RUNBOOK = Path.of("../../docs/alerts.md");

  @Test
  void promtoolAcceptsConfigurationAndRules() throws Exception {
    assertThat(promtool(List.of("check", "config", "prometheus.yml"))).contains("SUCCESS");
  }

  @Test
  void everyCaseOfFiringAndNotFiringHolds() throws Exception {
    List<String> command = new ArrayList<>(List.of("test", "rules"));
    Deployed.files(TESTS, ".yml").forEach(file -> command.add("tests/" + file.getFileName()));

    assertThat(promtool(command)).contains("SUCCESS");
  }

  @Test
  void everyAlertHasACaseThatFiresAndOneThatDoesNot() throws IOException {
    Set<String> firing = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    for (Path file : Deployed.files(TESTS, ".yml")) {
      for (JsonNode test : new YAMLMapper().readTree(file.toFile()).path("tests")) {
        for (JsonNode check : test.path("alert_rule_test")) {
          Set<String> seen = check.path("exp_alerts").isEmpty() ? silent : firing;
          seen.add(check.path("alertname").asText());
        }
      }
    }
    assertThat(firing).containsExactlyInAnyOrderElementsOf(Deployed.alerts());
    assertThat(silent).containsAll(Deployed.alerts());
  }

  @Test
  void everyAlertHasSeveritySummaryAndASectionOfTheRunbook() throws IOException {
    List<String> headings =
        Files.readAllLines(RUNBOOK).stream().filter(line -> line.startsWith("## ")).toList();
    assertThat(headings).containsExactlyInAnyOrderElementsOf(headings(Deployed.alerts()));
    for (JsonNode rule : Deployed.rules()) {
      if (rule.has("alert")) {
        String name = rule.path("alert").asText();
        assertThat(rule.path("labels").path("severity").asText()).as(name).isIn("page", "ticket");
        assertThat(rule.path("annotations").path("summary").asText()).as(name).isNotBlank();
        assertThat(rule.path("annotations").path("runbook").asText())
            .isEqualTo("docs/alerts.md#" + name.toLowerCase(Locale.ROOT));
      }
    }
  }

  private static List<String> headings(List<String> alerts) {
    return alerts.stream().map(name -> "## " + name).toList();
  }

  private static String promtool(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(Deployed.PROMETHEUS.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
