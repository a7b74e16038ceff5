package io.andon.bench.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as a table in Markdown, which reads well on a terminal too. */
final class ReportTable {
  private static final List<String> HEAD =
      List.of(
          "set",
          "shots",
          "AUROC",
          "pixel AUROC (plain NN)",
          "AUPRO@0.3 (plain NN)",
          "events found",
          "delay, median",
          "false alarms: train, test",
          "at most a day, 95 % (budget)",
          "ms a frame",
          "state");

  private ReportTable() {}

  static String of(List<Figures> all) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    all.forEach(figures -> rows.add(row(figures)));
    StringBuilder text = new StringBuilder(table(rows));
    List<List<String>> budgets = new ArrayList<>();
    budgets.add(
        List.of(
            "set", "budget a day", "events found", "delay, median", "false alarms: train, test"));
    List<List<String>> poisoned = new ArrayList<>();
    poisoned.add(List.of("set", "poisoned", "of", "AUROC clean", "AUROC poisoned", "fall"));
    List<List<String>> gates = new ArrayList<>();
    gates.add(
        List.of(
            "set",
            "gate",
            "budget a day",
            "calls saved: train, test",
            "AUROC (without)",
            "events found (without)",
            "missed by the gate",
            "delay, median (without)",
            "false alarms: train, test"));
    for (Figures figures : all) {
      figures.rows("gate").forEach(row -> gates.add(gate(row)));
      figures.rows("other_budgets").forEach(row -> budgets.add(budget(row)));
      figures.rows("contamination").forEach(row -> poisoned.add(contamination(row)));
    }
    for (List<List<String>> more : List.of(budgets, gates, poisoned)) {
      if (more.size() > 1) {
        text.append(System.lineSeparator()).append(table(more));
      }
    }
    return text.toString();
  }

  private static List<String> row(Figures f) {
    return List.of(
        f.title(),
        String.valueOf(f.get("shots")),
        auroc(f),
        compared(f, "pixel_auroc"),
        compared(f, "aupro_0_3"),
        events(f),
        delay(f),
        falseAlarms(f),
        f.get("false_alarms_per_day_upper95") == null
            ? ""
            : String.format(
                Locale.ROOT,
                "%.0f (%.3g)",
                f.number("false_alarms_per_day_upper95"),
                f.number("budget_per_day")),
        number("%.2f", f, "ms_per_frame"),
        f.get("state_bytes") == null
            ? ""
            : String.format(Locale.ROOT, "%.0f KiB", f.number("state_bytes") / 1024));
  }

  private static List<String> budget(Figures f) {
    return List.of(
        f.title(), number("%.3g", f, "budget_per_day"), events(f), delay(f), falseAlarms(f));
  }

  private static List<String> gate(Figures f) {
    return List.of(
        String.valueOf(f.get("set")),
        String.valueOf(f.get("gate")),
        number("%.3g", f, "budget_per_day"),
        String.format(
            Locale.ROOT,
            "%.1f %%, %.1f %%",
            100 * f.number("calls_saved_train"),
            100 * f.number("calls_saved_test")),
        f.get("auroc") == null
            ? ""
            : String.format(
                Locale.ROOT, "%.4f (%.4f)", f.number("auroc"), f.number("auroc_without")),
        events(f) + " (" + f.get("events_found_without") + ")",
        String.valueOf(f.get("events_missed_by_gate")),
        seconds(f, "delay_median_seconds")
            + " ("
            + seconds(f, "delay_median_seconds_without")
            + ")",
        falseAlarms(f));
  }

  private static String events(Figures f) {
    return f.get("events") == null
        ? ""
        : String.format(Locale.ROOT, "%s of %s", f.get("events_found"), f.get("events"));
  }

  private static String delay(Figures f) {
    return f.get("delay_median_seconds") == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%.1f s, %.1f frames",
            f.number("delay_median_seconds"),
            f.number("delay_median_frames"));
  }

  private static String falseAlarms(Figures f) {
    return f.get("events") == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%s in %.3f h, %s in %.3f h",
            f.get("false_alarms_train"),
            f.number("normal_hours_train"),
            f.get("false_alarms_test"),
            f.number("normal_hours_test"));
  }

  private static String auroc(Figures f) {
    if (f.get("auroc") == null) {
      return f.get("skipped") == null ? "" : String.valueOf(f.get("skipped"));
    }
    String text = number("%.4f", f, "auroc") + number(" ± %.4f", f, "auroc_se");
    return f.get("auroc_sd_of_draws") == null
        ? text
        : text + String.format(Locale.ROOT, " (draws %.4f)", f.number("auroc_sd_of_draws"));
  }

  private static String compared(Figures f, String name) {
    return f.get(name) == null
        ? ""
        : String.format(Locale.ROOT, "%.4f (%.4f)", f.number(name), f.number("nn_" + name));
  }

  private static String seconds(Figures f, String name) {
    return f.get(name) == null ? "none" : number("%.1f s", f, name);
  }

  private static String number(String format, Figures f, String name) {
    return f.get(name) == null ? "" : String.format(Locale.ROOT, format, f.number(name));
  }

  private static List<String> contamination(Figures row) {
    boolean skipped = row.get("auroc") == null;
    return List.of(
        String.valueOf(row.get("set")),
        String.format(Locale.ROOT, "%.0f %%", 100 * row.number("share")),
        String.valueOf(row.get("span")),
        skipped ? String.valueOf(row.get("skipped")) : number("%.4f", row, "auroc_clean"),
        number("%.4f", row, "auroc"),
        number("%.4f", row, "fall"));
  }

  private static String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(Math.max(3, widths[c]), row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      line(text, rows.get(r), widths);
      if (r == 0) {
        text.append('|');
        for (int width : widths) {
          text.append("-".repeat(width + 2)).append('|');
        }
        text.append(System.lineSeparator());
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> row, int[] widths) {
    text.append('|');
    for (int c = 0; c < widths.length; c++) {
      String cell = row.get(c);
      text.append(' ').append(cell).append(" ".repeat(widths[c] - cell.length())).append(" |");
    }
    text.append(System.lineSeparator());
  }
}
