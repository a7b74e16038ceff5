package io.andon.bench.evaluate;

import io.andon.bench.evaluate.VideoStream.Shot;
import io.andon.bench.evaluate.metrics.Events.Event;
import io.andon.detection.DetectorSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What ingest's gate saves on a set of videos, and what it costs detection. */
final class GateComparison {
  private final String set;
  private final VideoStream stream;
  private final List<Shot> shots;

  GateComparison(String set, VideoStream stream, List<Shot> shots) {
    this.set = set;
    this.stream = stream;
    this.shots = shots;
  }

  /**
   * One profile under one budget.
   *
   * @param open the same without a gate
   */
  Map<String, Object> row(
      String profile, GateVerdicts verdicts, DetectorSettings settings, VideoRun open)
      throws IOException {
    VideoRun run =
        VideoRun.of(set, stream, shots, settings, verdicts::isUnchanged, (s, o, heat) -> {});
    VideoFigures gated = new VideoFigures(run);
    VideoFigures without = new VideoFigures(open);
    Figures row = new Figures(set, "all");
    row.put("gate", profile);
    row.put("budget_per_day", settings.alarm().falseAlarmsPerDay());
    row.put("calls_saved_train", verdicts.saved(shots, false));
    row.put("calls_saved_test", verdicts.saved(shots, true));
    row.put("auroc_without", without.auroc());
    row.put("auroc", gated.auroc());
    row.put("auroc_loss", without.auroc() - gated.auroc());
    gated.addAlarms(row, settings.alarm().falseAlarmsPerDay());
    Set<Event> found = without.found().keySet();
    row.put("events_found_without", found.size());
    row.put(
        "events_missed_by_gate",
        (int) found.stream().filter(event -> !gated.found().containsKey(event)).count());
    row.put("delay_median_seconds_without", without.medianDelaySeconds());
    row.put("ms_per_frame", run.millisAFrame());
    return row.values();
  }
}
