package io.andon.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.chaos.ChaosRound.Recovery;
import io.andon.chaos.ledger.Findings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What all rounds together found. */
final class ChaosReport {
  private static final int EXAMPLES = 8;
  private static final int LONGEST = 1_000;

  private final List<Recovery> recoveries = new ArrayList<>();
  private final List<Findings> findings = new ArrayList<>();
  private final List<String> notRun = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private int duplicated;

  /**
   * Adds a round.
   *
   * @param exactlyOnce whether a redelivered event counts as a duplicate
   */
  void add(List<Recovery> ofRound, Findings found, boolean exactlyOnce) {
    recoveries.addAll(ofRound);
    findings.add(found);
    duplicated += exactlyOnce ? found.redelivered() : 0;
  }

  void notRun(String fault, String why) {
    String line = fault + ": " + why;
    if (!notRun.contains(line)) {
      notRun.add(line);
    }
  }

  /** Adds faults that were not got over. */
  void failed(List<String> ofRound) {
    failed.addAll(ofRound);
  }

  private int sum(java.util.function.ToIntFunction<Findings> figure) {
    return findings.stream().mapToInt(figure).sum();
  }

  /** Whether nothing was wrong. */
  boolean isClean() {
    return !recoveries.isEmpty()
        && sum(f -> f.lost().size() + f.different().size() + f.contradictions().size()) == 0
        && duplicated == 0
        && failed.isEmpty();
  }

  /** Whether each of these faults was inflicted and got over. */
  boolean ran(Collection<String> faults) {
    return recoveries.stream().map(Recovery::fault).collect(Collectors.toSet()).containsAll(faults);
  }

  private static double seconds(List<Long> sorted, int index) {
    return sorted.isEmpty() ? 0 : Math.round(sorted.get(index) / 100.0) / 10.0;
  }

  private static List<Long> sorted(List<Recovery> recoveries) {
    return recoveries.stream().map(Recovery::millis).sorted().toList();
  }

  /** The figures. */
  ObjectNode json(long seed, int rounds) {
    List<Long> all = sorted(recoveries);
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("seed", seed).put("rounds", rounds).put("faults", recoveries.size());
    json.put("lost", sum(f -> f.lost().size())).put("duplicated", duplicated);
    json.put("baseline_mismatches", sum(f -> f.different().size()));
    json.put("contradictions", sum(f -> f.contradictions().size()));
    json.put("recovery_median_s", seconds(all, all.size() / 2));
    json.put("recovery_worst_s", seconds(all, all.size() - 1));
    json.put("frames", sum(Findings::frames)).put("scored", sum(Findings::scored));
    Map<String, Integer> setAside = new TreeMap<>();
    findings.forEach(f -> f.setAside().forEach((why, n) -> setAside.merge(why, n, Integer::sum)));
    ObjectNode reasons = json.putObject("set_aside");
    setAside.forEach(reasons::put);
    json.put("incident_events", sum(Findings::incidentEvents));
    json.put("redelivered_identical", sum(Findings::redelivered));
    json.put("baselines_compared", sum(Findings::baselines));
    ArrayNode each = json.putArray("recoveries");
    recoveries.forEach(
        r -> each.addObject().put("fault", r.fault()).put("recovery_s", r.millis() / 1e3));
    ArrayNode broken = json.putArray("not_got_over");
    failed.forEach(broken::add);
    ArrayNode left = json.putArray("not_run");
    notRun.forEach(left::add);
    return json;
  }

  /** For people: a line a fault, and what was wrong. */
  String table() {
    StringBuilder table = new StringBuilder();
    line(table, "%-24s %6s %10s %10s%n", "fault", "times", "median s", "worst s");
    Map<String, List<Recovery>> byFault = new TreeMap<>();
    recoveries.forEach(r -> byFault.computeIfAbsent(r.fault(), f -> new ArrayList<>()).add(r));
    byFault.forEach(
        (fault, ofFault) -> {
          List<Long> sorted = sorted(ofFault);
          line(
              table,
              "%-24s %6d %10.1f %10.1f%n",
              fault,
              sorted.size(),
              seconds(sorted, sorted.size() / 2),
              seconds(sorted, sorted.size() - 1));
        });
    failed.forEach(broken -> line(table, "NOT GOT OVER: %s%n", broken));
    notRun.forEach(left -> line(table, "not run: %s%n", left));
    findings.forEach(found -> wrong(table, found));
    return table.toString();
  }

  private static void wrong(StringBuilder table, Findings found) {
    examples(table, "LOST", found.lost());
    examples(table, "DIFFERENT", found.different());
    examples(table, "CONTRADICTION", found.contradictions());
  }

  /** The first ones tell enough: what follows a difference differs too. */
  private static void examples(StringBuilder table, String what, List<String> all) {
    all.stream()
        .limit(EXAMPLES)
        .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) + " ..." : text)
        .forEach(text -> line(table, "%s %s%n", what, text));
    if (all.size() > EXAMPLES) {
      line(table, "%s and %d more%n", what, all.size() - EXAMPLES);
    }
  }

  private static void line(StringBuilder table, String format, Object... values) {
    table.append(String.format(Locale.ROOT, format, values));
  }
}
