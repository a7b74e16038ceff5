package io.andon.detection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scene that a camera looks at and the one it looked at before. A new scene that lasts is
 * adopted: the baseline is parked and a warm-up begins. When the picture fits the parked baseline
 * again, as when a camera is moved back, the two change places and no warm-up is needed.
 */
final class Scenes {
  /** Looking at the parked baseline costs as much as scoring: only so often. */
  private static final long LOOK_MICROS = 1_000_000;

  private static final int LOOKS = 3;

  private final DetectorState state;
  private final SceneWatch watch;
  private @Nullable Parked parked;
  private long lastLook = Long.MIN_VALUE;
  private int fitting;

  private record Parked(Baseline baseline, Certificate certificate) {}

  Scenes(DetectorState state) {
    this.state = state;
    watch = new SceneWatch(state.settings.sceneChange());
  }

  /** Whether a new scene waits for being adopted. */
  boolean isChanged() {
    return state.life.isOpen() && watch.isNoticed();
  }

  /** Takes a frame that was scored. */
  void follow(Observation frame, Baseline current, FrameScores seen, FrameSteps out) {
    if (state.life.isOpen()) {
      watch.step(current.seen(frame), seen.distances(), current.gate, state.streamMicros);
    } else {
      watch.forget();
    }
    if (!out.again && fitsParked(frame)) {
      takeBack(frame.stamp(), out.incidents);
    } else if (state.life.isOpen() && watch.isDue() && !state.frozen) {
      adopt(frame.stamp(), IncidentChange.CloseReason.SCENE_CHANGED, out.incidents);
    }
  }

  /** Parks the baseline and warms up on what is seen from the next frame on. */
  void adopt(FrameStamp now, IncidentChange.CloseReason reason, List<IncidentChange> changes) {
    Parked left = leave(now, reason, changes);
    Baseline before = state.baseline;
    state.forgetBaseline();
    // Begun at once, so that a frame of another shape is told from this one's.
    state.baseline = before == null ? null : new Baseline(state.settings, before.shape());
    parked = left;
  }

  private void takeBack(FrameStamp now, List<IncidentChange> changes) {
    Parked back = parked;
    if (back == null) {
      return;
    }
    Parked left = leave(now, IncidentChange.CloseReason.SCENE_CHANGED, changes);
    state.forgetBaseline();
    state.baseline = back.baseline;
    state.certificate = back.certificate;
    state.warmUp.skip();
    back.baseline.interrupt(true);
    state.undo.keepSceneOf(back.baseline, state.settings);
    parked = left;
  }

  /** The scene that is left, to be parked; null if it was never warm. */
  private @Nullable Parked leave(
      FrameStamp now, IncidentChange.CloseReason reason, List<IncidentChange> changes) {
    if (state.life.isOpen()) {
      // The change was real: it is no false alarm.
      state.certificate.confirmLast();
    }
    state.closeIfOpen(now, reason, changes);
    Baseline baseline = state.baseline;
    if (!state.warmUp.isDone() || baseline == null) {
      return null;
    }
    baseline.queue.clear();
    return new Parked(baseline, state.certificate);
  }

  private boolean fitsParked(Observation frame) {
    if (parked == null || (state.warmUp.isDone() && !isChanged())) {
      fitting = 0;
      return false;
    }
    if (lastLook != Long.MIN_VALUE && state.streamMicros - lastLook < LOOK_MICROS) {
      return false;
    }
    lastLook = state.streamMicros;
    double enough = 1 - state.settings.sceneChange().share() / 2;
    fitting = parked.baseline.likeness(frame) >= enough ? fitting + 1 : 0;
    return fitting >= LOOKS;
  }

  /** A larger budget counts for the parked scene as well. */
  void budgetRose() {
    if (parked != null) {
      parked.certificate.budgetRose();
    }
  }

  /** Forgets the new scene, if one is coming up. */
  void forgetChange() {
    watch.forget();
    fitting = 0;
    lastLook = Long.MIN_VALUE;
  }

  /** Forgets the parked scene as well. */
  void forgetAll() {
    forgetChange();
    parked = null;
  }

  void write(SnapshotWriter out) {
    watch.write(out);
    out.putLong(lastLook);
    out.putInt(fitting);
    out.putBoolean(parked != null);
    if (parked != null) {
      parked.baseline.write(out);
      parked.certificate.write(out);
    }
  }

  /** Reads what {@link #write} wrote; the baseline in use must have been read before. */
  void read(SnapshotReader in) throws SnapshotException {
    watch.read(in);
    lastLook = in.takeLong();
    fitting = in.takeInt("looks at the parked scene", 0, LOOKS);
    if (in.takeBoolean()) {
      Baseline baseline = Baseline.read(in, state.settings);
      Certificate certificate = new Certificate();
      certificate.read(in);
      parked = new Parked(baseline, certificate);
    }
    Baseline current = state.baseline;
    if (current != null && !watch.fits(current.seenShape())) {
      throw SnapshotReader.corrupt("the reference of a new scene has another shape");
    }
    if (current != null && parked != null && !parked.baseline.shape().equals(current.shape())) {
      throw SnapshotReader.corrupt("the parked scene has another shape");
    }
  }
}
