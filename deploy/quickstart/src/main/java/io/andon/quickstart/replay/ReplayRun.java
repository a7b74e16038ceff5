package io.andon.quickstart.replay;

import io.andon.detection.CameraDetector;
import io.andon.detection.DetectorScores;
import io.andon.detection.DetectorSettings;
import io.andon.detection.FrameStamp;
import io.andon.detection.IncidentChange;
import io.andon.detection.Observation;
import io.andon.detection.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** One pass of detection over a reel, with what each channel said of every frame. */
final class ReplayRun {
  /** What was said of one frame. */
  record Said(String camera, Verdict verdict, DetectorScores scores) {}

  private final DetectorSettings settings;
  private final Map<String, CameraDetector> detectors = new TreeMap<>();
  private final List<Said> said = new ArrayList<>();
  private final Map<String, List<IncidentChange>> incidents = new TreeMap<>();
  private long detectNanos;

  ReplayRun(DetectorSettings settings) {
    this.settings = settings;
  }

  void observe(String camera, Observation frame) {
    take(camera, detector -> detector.observe(frame));
  }

  /** A frame that says no more than that the camera's last picture is unchanged. */
  void repeat(String camera, FrameStamp stamp) {
    take(camera, detector -> detector.repeat(stamp, false));
  }

  private void take(String camera, Function<CameraDetector, Verdict> step) {
    CameraDetector detector =
        detectors.computeIfAbsent(camera, id -> CameraDetector.create(id, settings));
    long started = System.nanoTime();
    Verdict verdict = step.apply(detector);
    detectNanos += System.nanoTime() - started;
    said.add(new Said(camera, verdict, detector.lastScores()));
    incidents.computeIfAbsent(camera, id -> new ArrayList<>()).addAll(verdict.incidents());
  }

  List<Said> said() {
    return said;
  }

  Map<String, List<IncidentChange>> incidents() {
    return incidents;
  }

  double millisAFrame() {
    return detectNanos / 1e6 / Math.max(1, said.size());
  }
}
