package io.andon.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.andon.config.ConfigException.Problem;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers in which order the settings stand in the file, so that problems are told in it. */
final class FileOrder {
  private final Map<String, Integer> positions = new HashMap<>();

  private FileOrder() {}

  static FileOrder of(JsonNode written) {
    FileOrder order = new FileOrder();
    order.visit("", written);
    return order;
  }

  private void visit(String path, JsonNode node) {
    positions.put(path, positions.size());
    node.properties().forEach(entry -> visit(KeyPath.key(path, entry.getKey()), entry.getValue()));
    for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
      visit(KeyPath.index(path, i), node.path(i));
    }
  }

  List<Problem> sorted(List<Problem> problems) {
    return problems.stream()
        .sorted(
            Comparator.comparingInt((Problem problem) -> position(problem.key()))
                .thenComparing(Problem::key)
                .thenComparing(Problem::allowed))
        .toList();
  }

  /** A key that isn't written stands where the section stands that should hold it. */
  private int position(String key) {
    String path = key;
    while (!positions.containsKey(path)) {
      int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
      path = end < 0 ? "" : path.substring(0, end);
    }
    return positions.getOrDefault(path, 0);
  }
}
