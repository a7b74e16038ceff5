package io.andon.bench.budget;

import io.andon.bench.budget.StationPlan.Cause;
import io.andon.bench.budget.StationPlan.Span;
import io.andon.detection.CameraDetector;
import io.andon.detection.Command;
import io.andon.detection.DetectorSettings;
import io.andon.detection.IncidentChange;
import io.andon.detection.Observation;
import io.andon.detection.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One camera watched under one budget: runs the real detector, plays the operator, and sets each
 * incident against what the simulator showed. The operator of every second camera confirms real
 * faults; all of them say "normal" to a product that is seen for the first time, and nobody ever
 * answers a false alarm.
 */
final class BudgetTrial {
  private static final double GRACE_SECONDS = 3;
  private static final double AFTER_CHANGE = 600;
  private static final double KNOWN_AFTER = 600;
  private static final double ANSWER_SECONDS = 15;

  private final int camera;
  private final StationPlan plan;
  private final SimulatedStation station;
  private final CameraDetector detector;
  private final Map<Injected, Double> found = new HashMap<>();
  private final List<FalseAlarm> falseAlarms = new ArrayList<>();
  private final BitSet knownProducts = new BitSet();
  private int firstSights;
  private int product = -1;
  private double productSince;
  private double answerAt = Double.POSITIVE_INFINITY;
  private int commands;

  BudgetTrial(int camera, StationPlan plan, SimulatedStation station, double falseAlarmsPerDay) {
    this.camera = camera;
    this.plan = plan;
    this.station = station;
    DetectorSettings settings =
        DetectorSettings.defaults().withFalseAlarmsPerDay(falseAlarmsPerDay);
    detector = CameraDetector.create("camera-" + camera, settings);
  }

  void observe(double seconds, Observation frame) {
    followProduct(seconds);
    if (seconds >= answerAt) {
      answerAt = Double.POSITIVE_INFINITY;
      knownProducts.set(product);
      detector.accept(new Command.Normal("n" + commands++, 0));
    }
    Verdict verdict = detector.observe(frame);
    for (IncidentChange change : verdict.incidents()) {
      if (change.kind() == IncidentChange.Kind.OPENED) {
        opened(seconds, change);
      }
    }
  }

  private void followProduct(double seconds) {
    if (station.product() != product) {
      if (product < 0) {
        knownProducts.set(station.product());
      }
      product = station.product();
      productSince = seconds;
      answerAt = Double.POSITIVE_INFINITY;
    } else if (seconds - productSince >= KNOWN_AFTER && answerAt == Double.POSITIVE_INFINITY) {
      knownProducts.set(product);
    }
  }

  /** Sets an incident that opened at some second against what was shown. */
  void opened(double seconds, IncidentChange change) {
    for (Injected anomaly : plan.injected()) {
      if (seconds >= anomaly.startSeconds()
          && seconds < anomaly.endSeconds() + GRACE_SECONDS
          && isOfAnomaly(seconds, change)) {
        if (found.putIfAbsent(anomaly, Math.max(0, seconds - station.shownSince())) != null) {
          falseAlarm(seconds, FalseAlarm.Source.SPLIT, change);
        } else if (camera % 2 == 1) {
          detector.accept(new Command.Real("r" + commands++, 0));
        }
        return;
      }
    }
    if (!knownProducts.get(product)) {
      if (answerAt == Double.POSITIVE_INFINITY) {
        firstSights++;
        answerAt = seconds + ANSWER_SECONDS;
      } else {
        falseAlarm(seconds, FalseAlarm.Source.PRODUCT_CHANGE, change);
      }
      return;
    }
    falseAlarm(seconds, source(seconds), change);
  }

  /**
   * Whether an incident is of the anomaly that the station shows: not if it opened before that
   * could be seen, on evidence from before anything of it was in the picture.
   */
  private boolean isOfAnomaly(double seconds, IncidentChange change) {
    return seconds >= station.shownSince()
        || SimulatedStation.secondsOf(change.first()) >= station.presentSince();
  }

  private void falseAlarm(double seconds, FalseAlarm.Source source, IncidentChange change) {
    falseAlarms.add(new FalseAlarm(camera, seconds, source, change.channel(), change.peakScore()));
  }

  private FalseAlarm.Source source(double seconds) {
    if (isNear(Cause.VIBRATION, seconds, 3)) {
      return FalseAlarm.Source.VIBRATION;
    }
    if (isNear(Cause.SHADOW, seconds, 3)) {
      return FalseAlarm.Source.SHADOW;
    }
    if (seconds > AFTER_CHANGE && isNear(Cause.PRODUCT, seconds, AFTER_CHANGE)) {
      return FalseAlarm.Source.PRODUCT_CHANGE;
    }
    if (seconds > AFTER_CHANGE && isNear(Cause.SHIFT, seconds, AFTER_CHANGE)) {
      return FalseAlarm.Source.SHIFT_CHANGE;
    }
    if (station.operatorMoved(seconds)) {
      return FalseAlarm.Source.OPERATOR_AWAY;
    }
    return seconds < 3_600 ? FalseAlarm.Source.FIRST_HOUR : FalseAlarm.Source.ORDINARY;
  }

  private boolean isNear(Cause cause, double seconds, double after) {
    for (Span span : plan.spans()) {
      if (span.cause() == cause
          && seconds >= span.startSeconds()
          && seconds <= span.endSeconds() + after) {
        return true;
      }
    }
    return false;
  }

  List<FalseAlarm> falseAlarms() {
    return falseAlarms;
  }

  int firstSights() {
    return firstSights;
  }

  /**
   * Delay from when an anomaly could be seen to its alarm in seconds, or infinity if it was missed.
   */
  double delay(Injected anomaly) {
    return found.getOrDefault(anomaly, Double.POSITIVE_INFINITY);
  }
}
