package io.andon.quickstart.scoreboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The demo's result as text. */
public final class Summary {
  private Summary() {}

  /** What was found, missed and falsely alarmed. */
  public static List<String> ofTruth(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add("injected      " + outcome.injected());
    lines.add("found         " + outcome.found().size() + byKind(outcome));
    lines.add(
        "missed        "
            + (outcome.missed().size() + outcome.waiting().size())
            + named(outcome.missed())
            + named(outcome.waiting()));
    lines.add("false alarms  " + outcome.falseAlarms().size());
    lines.add(
        "delay         median "
            + outcome.medianDelaySeconds().map(s -> number("%.1f s", s)).orElse("-"));
    return lines;
  }

  /** How fast it went. */
  public static List<String> ofSpeed(Board board) {
    return List.of(
        number("frames        %d scored", board.frames())
            + number(", %.1f frames/s over all cameras", board.framesPerSecond()),
        "latency       capture to event, after warm-up, p50 "
            + millis(board.latencyMillis(50))
            + ", p99 "
            + millis(board.latencyMillis(99)));
  }

  private static String millis(double value) {
    return Double.isNaN(value) ? "-" : number("%.0f ms", value);
  }

  private static String byKind(Outcome outcome) {
    Map<String, int[]> foundOfAll = new TreeMap<>();
    outcome.found().keySet().forEach(i -> count(foundOfAll, i)[0]++);
    outcome.missed().forEach(i -> count(foundOfAll, i));
    outcome.waiting().forEach(i -> count(foundOfAll, i));
    StringBuilder text = new StringBuilder();
    foundOfAll.forEach(
        (kind, n) ->
            text.append(text.isEmpty() ? "  (" : ", ")
                .append(kind)
                .append(' ')
                .append(n[0])
                .append('/')
                .append(n[1]));
    return text.isEmpty() ? "" : text + ")";
  }

  private static int[] count(Map<String, int[]> foundOfAll, Injection injection) {
    int[] n = foundOfAll.computeIfAbsent(injection.kind(), kind -> new int[2]);
    n[1]++;
    return n;
  }

  private static String named(List<Injection> injections) {
    StringBuilder text = new StringBuilder();
    injections.forEach(i -> text.append("  ").append(i.kind()).append(" on ").append(i.camera()));
    return text.toString();
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
