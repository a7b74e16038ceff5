package io.andon.quickstart.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What deploy/prometheus and deploy/grafana hold. */
public final class Deployed {
  static final Path PROMETHEUS = Path.of("../prometheus");
  private static final Path DASHBOARDS = Path.of("../grafana/dashboards");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:andon|flink|up)[A-Za-z0-9_:]*(?=[{\\[ )])");
  private static final String INTERVAL = "1m";

  private Deployed() {}

  /**
   * A query of a panel.
   *
   * @param dashboard file of the dashboard
   * @param panel title of the panel
   * @param expression the query, with the dashboard's variables filled in
   */
  public record Query(String dashboard, String panel, String expression) {}

  /** Every query of every panel, for one camera. */
  public static List<Query> queries(String camera) throws IOException {
    List<Query> queries = new ArrayList<>();
    for (Path file : files(DASHBOARDS, ".json")) {
      for (JsonNode panel : new ObjectMapper().readTree(file.toFile()).path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          String expression =
              target
                  .path("expr")
                  .asText()
                  .replace("$__rate_interval", INTERVAL)
                  .replace("$camera", camera);
          queries.add(
              new Query(file.getFileName().toString(), panel.path("title").asText(), expression));
        }
      }
    }
    return queries;
  }

  /** Names of all alerts. */
  public static List<String> alerts() throws IOException {
    return rules().stream().filter(r -> r.has("alert")).map(r -> r.path("alert").asText()).toList();
  }

  /** Every metric that a rule reads, recorded ones too. */
  public static Set<String> metricsOfRules() throws IOException {
    Set<String> names = new TreeSet<>();
    for (JsonNode rule : rules()) {
      Matcher matcher = METRIC.matcher(rule.path("expr").asText() + " ");
      while (matcher.find()) {
        names.add(matcher.group());
      }
    }
    return names;
  }

  /** The rules, in the order of their files. */
  public static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    for (Path file : files(PROMETHEUS.resolve("rules"), ".yml")) {
      new YAMLMapper()
          .readTree(file.toFile())
          .path("groups")
          .forEach(group -> group.path("rules").forEach(rules::add));
    }
    return rules;
  }

  static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
