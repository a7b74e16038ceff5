package io.andon.job.detect;

import io.andon.contracts.ClockSource;
import io.andon.contracts.DeadLetterReason;
import io.andon.detection.CameraDetector;
import io.andon.detection.DetectorSettings;
import io.andon.detection.FrameOrder;
import io.andon.detection.FrameStamp;
import io.andon.detection.IncidentChange;
import io.andon.detection.Observation;
import io.andon.detection.SnapshotException;
import io.andon.detection.Verdict;
import io.andon.embedding.flink.EmbeddedFrame;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A camera's detector in memory, and what has to be kept beside it. Used by one thread. */
public final class LiveCamera {
  private final CameraDetector detector;
  private long timerMillis;
  private ClockSource clock;
  private ClockSource clockBefore;
  private Optional<FrameStamp> before = Optional.empty();
  private boolean dirty;

  /** Numbers of the undo snapshots that Flink's state holds. */
  private Set<Long> storedUndo = Set.of();

  private LiveCamera(CameraDetector detector, long timerMillis, ClockSource clock) {
    this.clock = clock;
    this.clockBefore = clock;
    this.detector = detector;
    this.timerMillis = timerMillis;
  }

  /** A camera that nothing is known of yet. */
  public static LiveCamera create(String camera, DetectorSettings settings) {
    return new LiveCamera(
        CameraDetector.create(camera, settings), StateEnvelope.NO_TIMER, ClockSource.ARRIVAL);
  }

  static LiveCamera restore(String camera, DetectorSettings settings, StoredCamera stored)
      throws SnapshotException {
    StateEnvelope envelope = StateEnvelope.decoded(stored.state());
    LiveCamera restored =
        new LiveCamera(
            CameraDetector.restore(camera, settings, envelope.snapshot(), stored.undo()),
            envelope.timerMillis(),
            envelope.clock());
    restored.storedUndo = Set.copyOf(stored.undo().keySet());
    return restored;
  }

  /**
   * A camera that goes on from a detector's snapshot alone.
   *
   * @param clock which clock gave the capture time of the last frame it has seen
   * @throws SnapshotException if the bytes are damaged, of another camera or of a later version
   */
  public static LiveCamera resume(
      String camera, DetectorSettings settings, byte[] snapshot, ClockSource clock)
      throws SnapshotException {
    return new LiveCamera(
        CameraDetector.restore(camera, settings, snapshot), StateEnvelope.NO_TIMER, clock);
  }

  /** What became of a frame. */
  public sealed interface Taken {
    /** The detector saw it. */
    record Seen(Verdict verdict) implements Taken {}

    /**
     * It can't be used.
     *
     * @param reason where it goes
     * @param detail what exactly is wrong
     */
    record Refused(DeadLetterReason reason, String detail) implements Taken {}
  }

  /** Hands a frame to the detector, if it is the next one and detection takes its embedding. */
  public Taken take(EmbeddedFrame frame) {
    FrameStamp stamp = Observations.stamp(frame);
    FrameOrder order = detector.orderOf(stamp);
    if (order != FrameOrder.NEWER) {
      return new Taken.Refused(
          order == FrameOrder.STALE_PLAY
              ? DeadLetterReason.STALE_PLAY
              : DeadLetterReason.DUPLICATE_SEQUENCE,
          "the camera's order says " + order);
    }
    // No flag announces a frame that was set aside on its way through the job.
    boolean follows = detector.gapBefore(stamp) == 0;
    if (frame.metadata().repeatsPicture()) {
      return repeat(frame, follows);
    }
    Observation observation;
    try {
      observation = Observations.of(frame, follows);
    } catch (IllegalArgumentException e) {
      return new Taken.Refused(DeadLetterReason.INVALID_EMBEDDING, String.valueOf(e.getMessage()));
    }
    before = detector.lastFrame();
    Verdict verdict = detector.observe(observation, frame.recordTimestampMicros());
    frameSeen(frame.metadata().clock());
    return new Taken.Seen(verdict);
  }

  /** The detector looks at the picture again that the frame repeats, if it is the one it has. */
  private Taken repeat(EmbeddedFrame frame, boolean follows) {
    long sameAs = frame.metadata().sameAs().orElseThrow();
    if (!detector.canRepeat(frame.metadata().play(), sameAs, frame.spaceId())) {
      return new Taken.Refused(
          DeadLetterReason.MISSING_REFERENCE,
          "frame %d of the play is not the last picture that was scored in %s"
              .formatted(sameAs, frame.spaceId()));
    }
    boolean broken = !follows || Observations.discontinuous(frame.metadata());
    before = detector.lastFrame();
    Verdict verdict =
        detector.repeat(Observations.stamp(frame), broken, frame.recordTimestampMicros());
    frameSeen(frame.metadata().clock());
    return new Taken.Seen(verdict);
  }

  /** What has to be written to store it as it is. */
  StateChanges changes() {
    Map<Long, byte[]> taken = new TreeMap<>(detector.undoSnapshots());
    Set<Long> gone = new TreeSet<>(storedUndo);
    gone.removeAll(taken.keySet());
    taken.keySet().removeAll(storedUndo);
    byte[] snapshot = detector.snapshotWithoutUndo();
    return new StateChanges(new StateEnvelope(timerMillis, clock, snapshot).encoded(), taken, gone);
  }

  /** The detector itself. */
  public CameraDetector detector() {
    return detector;
  }

  boolean hasTimer() {
    return timerMillis != StateEnvelope.NO_TIMER;
  }

  /** When its timer fires, milliseconds of event time. */
  long timerMillis() {
    return timerMillis;
  }

  void timerRegistered(long atMillis) {
    timerMillis = atMillis;
  }

  void timerFired() {
    timerMillis = StateEnvelope.NO_TIMER;
  }

  /**
   * Which clock gave the capture time that a change of this camera names: of the last frame, or of
   * the one before where the last one found an incident that was over by then.
   */
  public ClockSource clockOf(IncidentChange change) {
    return before.isPresent() && before.get().equals(change.current()) ? clockBefore : clock;
  }

  /** Which clock gave the last frame's capture time. */
  ClockSource clock() {
    return clock;
  }

  void frameSeen(ClockSource frameClock) {
    clockBefore = clock;
    clock = frameClock;
    dirty = true;
  }

  boolean dirty() {
    return dirty;
  }

  void markDirty() {
    dirty = true;
  }

  /** All {@link #changes} were written. */
  void written() {
    storedUndo = Set.copyOf(detector.undoSnapshots().keySet());
    dirty = false;
  }
}
