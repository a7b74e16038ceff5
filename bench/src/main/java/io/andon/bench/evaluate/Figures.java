package io.andon.bench.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured of one set, by name, in the order in which it is written. */
final class Figures {
  private final Map<String, Object> values = new LinkedHashMap<>();

  Figures(String set, @Nullable Object shots) {
    values.put("set", set);
    values.put("shots", shots == null ? "all" : shots);
  }

  /** Its set, and what disturbed it, for people. */
  String title() {
    Object disturbance = values.get("disturbance");
    return values.get("set") + (disturbance == null ? "" : " " + disturbance);
  }

  /** Adds a number; one that could not be told is left out. */
  void put(String name, double value) {
    if (Double.isFinite(value)) {
      values.put(name, value);
    }
  }

  void put(String name, int value) {
    values.put(name, value);
  }

  void put(String name, Object value) {
    values.put(name, value);
  }

  @Nullable Object get(String name) {
    return values.get(name);
  }

  /** A number, NaN where it is not there. */
  double number(String name) {
    return values.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Rows of figures of a part each, empty where there are none. */
  List<Figures> rows(String name) {
    List<Figures> rows = new ArrayList<>();
    if (values.get(name) instanceof List<?> list) {
      for (Object entry : list) {
        Figures row = new Figures(String.valueOf(values.get("set")), values.get("shots"));
        if (entry instanceof Map<?, ?> map) {
          map.forEach((key, value) -> row.values.put(String.valueOf(key), value));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  Map<String, Object> values() {
    return values;
  }
}
