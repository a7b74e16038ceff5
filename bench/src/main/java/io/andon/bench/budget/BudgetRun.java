package io.andon.bench.budget;

import io.andon.detection.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All cameras under all budgets. The same seed gives the same figures on any number of threads. */
final class BudgetRun {
  private static final long SEEDS_A_RUN = 10_000;

  private final double hours;
  private final double[] budgets;
  private final List<StationPlan> plans = new ArrayList<>();
  private final List<List<BudgetTrial>> trialsByCamera = new ArrayList<>();

  private BudgetRun(double hours, double[] budgets) {
    this.hours = hours;
    this.budgets = budgets.clone();
  }

  static BudgetRun of(long seed, int cameras, double hours, double[] budgets, int threads)
      throws InterruptedException, ExecutionException {
    BudgetRun run = new BudgetRun(hours, budgets);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<BudgetTrial>>> watched = new ArrayList<>();
      for (int camera = 0; camera < cameras; camera++) {
        StationPlan plan = StationPlan.draw(seed * SEEDS_A_RUN + camera, hours);
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

  /** A row for each budget. */
  List<BudgetRow> rows() {
    List<BudgetRow> rows = new ArrayList<>();
    for (int i = 0; i < budgets.length; i++) {
      rows.add(BudgetRow.of(budgets[i], hours, plans, trials(i)));
    }
    return rows;
  }

  /** The cameras under one budget. */
  List<BudgetTrial> trials(int budget) {
    return trialsByCamera.stream().map(all -> all.get(budget)).toList();
  }

  StationPlan plan(int camera) {
    return plans.get(camera);
  }

  int cameras() {
    return plans.size();
  }

  double hours() {
    return hours;
  }

  boolean passed() {
    return rows().stream().allMatch(row -> row.kept() && row.foundEnough());
  }
}
