package io.andon.job.detect;

import io.andon.contracts.ClockSource;
import io.andon.detection.CameraDetector;
import io.andon.detection.DetectorSettings;
import io.andon.detection.SnapshotException;

/** A camera's detector in memory, and what has to be kept beside it. */
final class LiveCamera {
  private final CameraDetector detector;
  private long timerMillis;
  private ClockSource clock;
  private boolean dirty;

  private LiveCamera(CameraDetector detector, long timerMillis, ClockSource clock) {
    this.clock = clock;
    this.detector = detector;
    this.timerMillis = timerMillis;
  }

  static LiveCamera create(String camera, DetectorSettings settings) {
    return new LiveCamera(
        CameraDetector.create(camera, settings), StateEnvelope.NO_TIMER, ClockSource.ARRIVAL);
  }

  static LiveCamera restore(String camera, DetectorSettings settings, byte[] state)
      throws SnapshotException {
    StateEnvelope envelope = StateEnvelope.decoded(state);
    return new LiveCamera(
        CameraDetector.restore(camera, settings, envelope.snapshot()),
        envelope.timerMillis(),
        envelope.clock());
  }

  byte[] encoded() {
    return new StateEnvelope(timerMillis, clock, detector.snapshot()).encoded();
  }

  CameraDetector detector() {
    return detector;
  }

  boolean hasTimer() {
    return timerMillis != StateEnvelope.NO_TIMER;
  }

  void timerRegistered(long atMillis) {
    timerMillis = atMillis;
  }

  void timerFired() {
    timerMillis = StateEnvelope.NO_TIMER;
  }

  ClockSource clock() {
    return clock;
  }

  void frameSeen(ClockSource frameClock) {
    clock = frameClock;
    dirty = true;
  }

  boolean dirty() {
    return dirty;
  }

  void markDirty() {
    dirty = true;
  }

  void written() {
    dirty = false;
  }
}
