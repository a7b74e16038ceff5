package io.andon.bench.budget;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run showed, as a table and as JSON. */
final class BudgetReport {
  /** One false alarm a week, which no run of a day can show. */
  private static final double WEEKLY = 1 / 7.0;

  private final BudgetRun run;
  private final long seed;

  BudgetReport(BudgetRun run, long seed) {
    this.run = run;
    this.seed = seed;
  }

  void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%d simulated cameras x %.1f h of event time, seed %d%n%n",
        run.cameras(),
        run.hours(),
        seed);
    out.println(
        "budget/day  camera-h  false  rate/day  upper 95%  kept  visible  recall  delay s"
            + "  faint found  first sights");
    for (BudgetRow row : run.rows()) {
      out.printf(
          Locale.ROOT,
          "%10.3f  %8.1f  %5d  %8.3f  %9.3f  %-4s  %7d  %6.3f  %7.2f  %5d of %-3d  %12d%n",
          row.budgetPerDay(),
          row.cameraHours(),
          row.alarms(),
          row.ratePerDay(),
          row.upper95PerDay(),
          row.kept() ? "yes" : "NO",
          row.visible(),
          row.recall(),
          row.medianDelay(),
          row.faintFound(),
          row.faint(),
          row.firstSights());
    }
    out.printf(Locale.ROOT, "%10.3f  extrapolated by the same tail, not shown here%n%n", WEEKLY);
    for (BudgetRow row : run.rows()) {
      out.printf(Locale.ROOT, "false alarms at %.0f a day: %s%n", row.budgetPerDay(), sources(row));
    }
    for (BudgetRow row : run.rows()) {
      out.printf(Locale.ROOT, "visible found at %.0f a day: %s%n", row.budgetPerDay(), kinds(row));
    }
  }

  private static String sources(BudgetRow row) {
    String text =
        row.falseAlarms().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> name(entry.getKey()) + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "none" : text;
  }

  private static String kinds(BudgetRow row) {
    return row.kinds().entrySet().stream()
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "%s %d of %d (%.2f s)",
                    name(entry.getKey()),
                    entry.getValue().found(),
                    entry.getValue().shown(),
                    entry.getValue().medianDelay()))
        .collect(Collectors.joining(", "));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Every false alarm and every visible anomaly that was missed. */
  void list(PrintStream out) {
    List<BudgetRow> rows = run.rows();
    for (int i = 0; i < rows.size(); i++) {
      List<BudgetTrial> trials = run.trials(i);
      for (int camera = 0; camera < trials.size(); camera++) {
        list(out, rows.get(i).budgetPerDay(), camera, trials.get(camera));
      }
    }
  }

  private void list(PrintStream out, double budget, int camera, BudgetTrial trial) {
    for (FalseAlarm alarm : trial.falseAlarms()) {
      out.printf(
          Locale.ROOT,
          "budget %.0f camera %d at %.3f h: false alarm, %s, by %s, score %.2f%n",
          budget,
          camera,
          alarm.seconds() / 3_600,
          name(alarm.source()),
          name(alarm.channel()),
          alarm.peakScore());
    }
    for (Injected anomaly : run.plan(camera).injected()) {
      if (anomaly.visible() && Double.isInfinite(trial.delay(anomaly))) {
        out.printf(
            Locale.ROOT,
            "budget %.0f camera %d at %.3f h: missed, %s of %.1f sigmas%n",
            budget,
            camera,
            anomaly.startSeconds() / 3_600,
            name(anomaly.kind()),
            anomaly.sigmas());
      }
    }
  }

  ObjectNode json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("cameras", run.cameras()).put("hours", run.hours()).put("seed", seed);
    root.put("passed", run.passed());
    ArrayNode rows = root.putArray("budgets");
    for (BudgetRow row : run.rows()) {
      ObjectNode node = rows.addObject();
      node.put("budgetPerDay", row.budgetPerDay());
      node.put("cameraHours", row.cameraHours());
      node.put("falseAlarms", row.alarms());
      node.put("ratePerDay", row.ratePerDay());
      node.put("upper95PerDay", row.upper95PerDay());
      node.put("kept", row.kept());
      node.put("visible", row.visible());
      node.put("found", row.found());
      node.put("recall", row.recall());
      putDelay(node, row.medianDelay());
      node.put("faint", row.faint()).put("faintFound", row.faintFound());
      node.put("firstSights", row.firstSights());
      ObjectNode kinds = node.putObject("visibleByKind");
      for (Map.Entry<Injected.Kind, BudgetRow.Visible> entry : row.kinds().entrySet()) {
        ObjectNode kind = kinds.putObject(name(entry.getKey()));
        kind.put("visible", entry.getValue().shown()).put("found", entry.getValue().found());
        putDelay(kind, entry.getValue().medianDelay());
      }
      ObjectNode sources = node.putObject("falseAlarmsBySource");
      for (Map.Entry<FalseAlarm.Source, Integer> entry : row.falseAlarms().entrySet()) {
        sources.put(name(entry.getKey()), entry.getValue());
      }
    }
    rows.addObject().put("budgetPerDay", WEEKLY).put("extrapolated", true);
    return root;
  }

  private static void putDelay(ObjectNode node, double seconds) {
    if (Double.isFinite(seconds)) {
      node.put("medianDelaySeconds", seconds);
    } else {
      node.putNull("medianDelaySeconds");
    }
  }
}
