package io.andon.bench.budget;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What came of one budget over all cameras.
 *
 * @param budgetPerDay false alarms a camera and day that were allowed
 * @param cameraHours event time watched
 * @param falseAlarms incidents that no anomaly stands behind, by what was going on
 * @param firstSights incidents for a product that the camera had never seen, not counted as false
 * @param visible anomalies shown that the simulator rates visible
 * @param found those of them that were found
 * @param medianDelay median delay of the visible ones, seconds; infinite if half were missed
 * @param faint anomalies shown that it does not rate visible
 * @param faintFound those of them that were found
 * @param kinds the visible ones kind by kind
 */
record BudgetRow(
    double budgetPerDay,
    double cameraHours,
    Map<FalseAlarm.Source, Integer> falseAlarms,
    int firstSights,
    int visible,
    int found,
    double medianDelay,
    int faint,
    int faintFound,
    Map<Injected.Kind, Visible> kinds) {
  static final double LEAST_RECALL = 0.95;
  static final double LONGEST_DELAY = 1.0;

  /** Visible anomalies of one kind. */
  record Visible(int shown, int found, double medianDelay) {
    private static Visible of(double[] delays) {
      return new Visible(delays.length, finite(delays), median(delays));
    }
  }

  static BudgetRow of(
      double budgetPerDay, double hours, List<StationPlan> plans, List<BudgetTrial> trials) {
    Map<FalseAlarm.Source, Integer> sources = new EnumMap<>(FalseAlarm.Source.class);
    for (FalseAlarm.Source source : FalseAlarm.Source.values()) {
      sources.put(source, 0);
    }
    trials.forEach(
        trial -> trial.falseAlarms().forEach(a -> sources.merge(a.source(), 1, Integer::sum)));
    double[] visible = delays(plans, trials, Injected::visible);
    double[] faint = delays(plans, trials, anomaly -> !anomaly.visible());
    Map<Injected.Kind, Visible> kinds = new EnumMap<>(Injected.Kind.class);
    for (Injected.Kind kind : Injected.Kind.values()) {
      kinds.put(
          kind,
          Visible.of(
              delays(plans, trials, anomaly -> anomaly.visible() && anomaly.kind() == kind)));
    }
    return new BudgetRow(
        budgetPerDay,
        hours * trials.size(),
        sources,
        trials.stream().mapToInt(BudgetTrial::firstSights).sum(),
        visible.length,
        finite(visible),
        median(visible),
        faint.length,
        finite(faint),
        kinds);
  }

  private static double[] delays(
      List<StationPlan> plans, List<BudgetTrial> trials, Predicate<Injected> which) {
    double[] delays = new double[plans.stream().mapToInt(plan -> plan.injected().size()).sum()];
    int n = 0;
    for (int i = 0; i < plans.size(); i++) {
      for (Injected anomaly : plans.get(i).injected()) {
        if (which.test(anomaly)) {
          delays[n++] = trials.get(i).delay(anomaly);
        }
      }
    }
    double[] sorted = Arrays.copyOf(delays, n);
    Arrays.sort(sorted);
    return sorted;
  }

  private static double median(double[] rising) {
    return rising.length == 0 ? Double.POSITIVE_INFINITY : rising[rising.length / 2];
  }

  private static int finite(double[] delays) {
    return (int) Arrays.stream(delays).filter(Double::isFinite).count();
  }

  int alarms() {
    return falseAlarms.values().stream().mapToInt(Integer::intValue).sum();
  }

  double ratePerDay() {
    return alarms() * 24 / cameraHours;
  }

  /** Exact upper 95 % bound of the realised rate, false alarms a camera and day. */
  double upper95PerDay() {
    return PoissonBound.upper95(alarms()) * 24 / cameraHours;
  }

  boolean kept() {
    return upper95PerDay() <= budgetPerDay;
  }

  double recall() {
    return visible == 0 ? 1 : (double) found / visible;
  }

  boolean foundEnough() {
    return recall() >= LEAST_RECALL && medianDelay <= LONGEST_DELAY;
  }
}
