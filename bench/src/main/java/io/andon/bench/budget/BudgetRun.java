package io.andon.bench.budget;

import io.andon.detection.Observation;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All cameras under all budgets. The same seed gives the same figures on any number of threads. */
final class BudgetRun {
  private final double hours;
  private final double[] budgets;
  private final List<StationPlan> plans = new ArrayList<>();
  private final List<List<BudgetTrial>> trialsByCamera = new ArrayList<>();

  private BudgetRun(double hours, double[] budgets) {
    this.hours = hours;
    this.budgets = budgets;
  }

  static BudgetRun of(long seed, int cameras, double hours, double[] budgets, int threads)
      throws InterruptedException, ExecutionException {
    BudgetRun run = new BudgetRun(hours, budgets);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<BudgetTrial>>> watched = new ArrayList<>();
      for (int camera = 0; camera < cameras; camera++) {
        StationPlan plan = StationPlan.draw(seed * 10_000 + camera, hours);
        run.plans.add(plan);
        int number = camera;
        watched.add(pool.submit(() -> watch(number, plan, hours, budgets)));
      }
      for (Future<List<BudgetTrial>> trials : watched) {
        run.trialsByCamera.add(trials.get());
      }
    } finally {
      pool.shutdownNow();
    }
    return run;
  }

  private static List<BudgetTrial> watch(
      int camera, StationPlan plan, double hours, double[] budgets) {
    SimulatedStation station = new SimulatedStation(plan);
    List<BudgetTrial> trials = new ArrayList<>();
    for (double budget : budgets) {
      trials.add(new BudgetTrial(camera, plan, station, budget));
    }
    while (station.seconds() < hours * 3_600) {
      double seconds = station.seconds();
      Observation frame = station.next();
      trials.forEach(trial -> trial.observe(seconds, frame));
    }
    return trials;
  }

  List<BudgetRow> rows() {
    List<BudgetRow> rows = new ArrayList<>();
    for (int i = 0; i < budgets.length; i++) {
      int budget = i;
      List<BudgetTrial> trials = trialsByCamera.stream().map(all -> all.get(budget)).toList();
      rows.add(BudgetRow.of(budgets[i], hours, plans, trials));
    }
    return rows;
  }

  boolean kept() {
    return rows().stream().allMatch(row -> row.kept() && row.foundEnough());
  }

  void print(PrintStream out, boolean list) {
    for (BudgetRow row : rows()) {
      out.printf(
          Locale.ROOT,
          "budget %5.2f  hours %6.1f  false %4d  rate %6.3f  upper %6.3f  %s  visible %d/%d = %.3f"
              + "  delay %.2f  faint %d/%d  first sights %d  %s%n",
          row.budgetPerDay(),
          row.cameraHours(),
          row.alarms(),
          row.ratePerDay(),
          row.upper95PerDay(),
          row.kept() ? "kept" : "NOT KEPT",
          row.found(),
          row.visible(),
          row.recall(),
          row.medianDelay(),
          row.faintFound(),
          row.faint(),
          row.firstSights(),
          row.falseAlarms());
    }
    if (list) {
      list(out);
    }
  }

  private void list(PrintStream out) {
    for (int camera = 0; camera < plans.size(); camera++) {
      for (int i = 0; i < budgets.length; i++) {
        BudgetTrial trial = trialsByCamera.get(camera).get(i);
        for (FalseAlarm a : trial.falseAlarms()) {
          out.printf(
              Locale.ROOT,
              "camera %d budget %.1f false %s %s %.3f h score %.2f%n",
              camera, budgets[i], a.source(), a.channel(), a.seconds() / 3600, a.peakScore());
        }
        for (Injected a : plans.get(camera).injected()) {
          if (a.visible() && !Double.isFinite(trial.delay(a))) {
            out.printf(
                Locale.ROOT,
                "camera %d budget %.1f missed %s %.3f h sigmas %.1f%n",
                camera, budgets[i], a.kind(), a.startSeconds() / 3600, a.sigmas());
          }
        }
      }
    }
  }
}
