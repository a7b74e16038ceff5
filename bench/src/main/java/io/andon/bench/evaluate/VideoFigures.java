package io.andon.bench.evaluate;

import io.andon.bench.evaluate.DetectorRun.Incident;
import io.andon.bench.evaluate.metrics.ClipBootstrap;
import io.andon.bench.evaluate.metrics.Events;
import io.andon.bench.evaluate.metrics.Events.Event;
import io.andon.bench.evaluate.metrics.PoissonBound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** What a pass over a stream of videos is worth: scores, events, false alarms. */
final class VideoFigures {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double SECONDS_PER_HOUR = 3_600;
  private static final double HOURS_PER_DAY = 24;

  private final VideoRun run;

  VideoFigures(VideoRun run) {
    this.run = run;
  }

  /** Micro AUROC of the test frames, all clips together, no score brought to its clip's range. */
  double auroc() {
    return new TestPart(run.testFrames()).auroc();
  }

  double standardError(long seed) {
    List<ScoredFrame> test = run.testFrames();
    Map<String, Integer> numbers = new HashMap<>();
    int[] clip = new int[test.size()];
    for (int i = 0; i < clip.length; i++) {
      String id = test.get(i).clip();
      Integer number = numbers.get(id);
      if (number == null) {
        number = numbers.size();
        numbers.put(id, number);
      }
      clip[i] = number;
    }
    return ClipBootstrap.standardError(
        ScoredFrame.scoresOf(test), ScoredFrame.truthOf(test), clip, numbers.size(), seed);
  }

  void addTo(Figures figures, double budgetPerDay, long seed) {
    figures.put("auroc", auroc());
    figures.put("auroc_se", standardError(seed));
    figures.put("auroc_by_channel", ScoredFrame.aurocByChannel(run.testFrames()));
    addAlarms(figures, budgetPerDay);
    addCost(figures);
  }

  /** Adds what the pass took. */
  void addCost(Figures figures) {
    figures.put("ms_per_frame", run.millisAFrame());
    figures.put("state_bytes", run.stateBytes());
  }

  /** Adds what its incidents were worth. */
  void addAlarms(Figures figures, double budgetPerDay) {
    addEvents(figures);
    addFalseAlarms(figures, budgetPerDay);
  }

  private void addEvents(Figures figures) {
    List<Event> events = events();
    Map<Event, Integer> found = found();
    figures.put("events", events.size());
    figures.put("events_found", found.size());
    figures.put("event_recall", (double) found.size() / events.size());
    figures.put(
        "delay_median_frames", median(found.values().stream().mapToDouble(Integer::doubleValue)));
    figures.put("delay_median_seconds", medianDelaySeconds());
    figures.put("delay_max_seconds", delayMicros().max().orElse(Double.NaN) / MICROS_PER_SECOND);
  }

  /** Seconds from an event's begin to the opening of its incident; NaN where none was found. */
  double medianDelaySeconds() {
    return median(delayMicros()) / MICROS_PER_SECOND;
  }

  private DoubleStream delayMicros() {
    return found().entrySet().stream()
        .mapToDouble(
            delay ->
                Math.rint(delay.getValue() * MICROS_PER_SECOND / fpsAt(delay.getKey().first())));
  }

  /** Frames a second of the clip that a frame of the pass is of. */
  private double fpsAt(int frame) {
    return run.shots().get(frame).fps();
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** The events that were found, with the frames that it took. */
  Map<Event, Integer> found() {
    Map<Event, Integer> delays = new LinkedHashMap<>();
    for (Event event : events()) {
      OptionalInt opened =
          run.incidents().stream()
              .filter(incident -> incident.isOpenDuring(event.first(), event.last()))
              .mapToInt(Incident::opened)
              .min();
      if (opened.isPresent()) {
        delays.put(event, Math.max(0, opened.getAsInt() - event.first()));
      }
    }
    return delays;
  }

  private List<Event> events() {
    List<Event> events = new ArrayList<>();
    List<ScoredFrame> frames = run.frames();
    int from = 0;
    while (from < frames.size()) {
      int to = from + 1;
      while (to < frames.size() && !run.shots().get(to).startsPlay()) {
        to++;
      }
      List<ScoredFrame> clip = frames.subList(from, to);
      if (clip.get(0).test()) {
        events.addAll(Events.of(ScoredFrame.truthOf(clip), from, fpsAt(from)));
      }
      from = to;
    }
    return events;
  }

  private void addFalseAlarms(Figures figures, double budgetPerDay) {
    List<ScoredFrame> frames = run.frames();
    int inTrain = 0;
    int inTest = 0;
    double certified = Double.NaN;
    for (Incident incident : run.incidents()) {
      certified = incident.certifiedPerDay();
      if (isFalse(incident)) {
        if (frames.get(incident.opened()).test()) {
          inTest++;
        } else {
          inTrain++;
        }
      }
    }
    double trainHours = normalHours(false);
    double testHours = normalHours(true);
    figures.put("false_alarms_train", inTrain);
    figures.put("normal_hours_train", trainHours);
    figures.put("false_alarms_test", inTest);
    figures.put("normal_hours_test", testHours);
    figures.put("budget_per_day", budgetPerDay);
    figures.put("certified_per_day_by_detector", certified);
    double days = (trainHours + testHours) / HOURS_PER_DAY;
    figures.put("false_alarms_per_day_upper95", PoissonBound.upper95(inTrain + inTest, days));
  }

  /** No frame from its first evidence to its end is anomalous. */
  private boolean isFalse(Incident incident) {
    int last = Math.min(incident.closed(), run.frames().size());
    return run.frames().subList(incident.first(), last).stream().noneMatch(ScoredFrame::anomalous);
  }

  private double normalHours(boolean test) {
    Map<Double, Integer> framesByRate = new TreeMap<>();
    for (int i = 0; i < run.frames().size(); i++) {
      ScoredFrame frame = run.frames().get(i);
      if (frame.test() == test && frame.warm() && !frame.anomalous()) {
        framesByRate.merge(fpsAt(i), 1, Integer::sum);
      }
    }
    return framesByRate.entrySet().stream()
        .mapToDouble(frames -> frames.getValue() / frames.getKey() / SECONDS_PER_HOUR)
        .sum();
  }
}
