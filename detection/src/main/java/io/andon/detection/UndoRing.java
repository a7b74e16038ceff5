package io.andon.detection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of the baseline, so that learning can be undone: one every so often, the oldest leaves
 * when there are too many. Ages are counted in the detector's own time. The bytes are those of the
 * snapshot codec, each with the version it was written in, and not compressed: compressors differ
 * between makers of Java, and state must be the same bit for bit.
 */
final class UndoRing {
  /** More than a baseline of the largest grid has. */
  private static final int MAX_BYTES = 1 << 23;

  private static final double MICROS_PER_MINUTE = 60e6;

  private final DetectorSettings.Undo settings;
  private final Deque<Kept> kept = new ArrayDeque<>();

  /**
   * A baseline as it was.
   *
   * @param streamMicros when, in the detector's own time
   * @param stamp the frame after which it was taken
   * @param version of the snapshot codec
   * @param bytes the baseline
   */
  record Kept(long streamMicros, FrameStamp stamp, int version, byte[] bytes) {}

  UndoRing(DetectorSettings.Undo settings) {
    this.settings = settings;
  }

  /** Keeps the baseline as it is, if it is time. */
  void keepIfDue(Baseline baseline, long streamMicros, FrameStamp stamp) {
    Kept newest = kept.peekLast();
    boolean due =
        newest == null || streamMicros - newest.streamMicros >= settings.intervalMillis() * 1_000L;
    if (settings.snapshots() == 0 || !due) {
      return;
    }
    SnapshotWriter out = new SnapshotWriter();
    baseline.writeLearnt(out);
    kept.addLast(new Kept(streamMicros, stamp, SnapshotFormat.VERSION, out.toBytes()));
    trim();
  }

  private void trim() {
    while (kept.size() > settings.snapshots()) {
      kept.removeFirst();
    }
  }

  /** The newest one of at least this age, or null. */
  @Nullable Kept newest(long streamMicros, int minutes) {
    for (Iterator<Kept> it = kept.descendingIterator(); it.hasNext(); ) {
      Kept candidate = it.next();
      if (streamMicros - candidate.streamMicros >= minutes * MICROS_PER_MINUTE) {
        return candidate;
      }
    }
    return null;
  }

  /** Minutes since the oldest was taken; negative if there is none. */
  double oldestMinutes(long streamMicros) {
    Kept oldest = kept.peekFirst();
    return oldest == null ? -1 : (streamMicros - oldest.streamMicros) / MICROS_PER_MINUTE;
  }

  /** The baseline as it was then. */
  static Baseline open(Kept kept, DetectorSettings settings) throws SnapshotException {
    SnapshotReader in = new SnapshotReader(kept.bytes, kept.bytes.length);
    in.useVersion(kept.version);
    Baseline baseline = Baseline.read(in, settings);
    in.expectEnd();
    return baseline;
  }

  /** Drops what was taken after this one: it holds what was undone. */
  void forgetAfter(Kept one) {
    while (!kept.isEmpty() && kept.getLast().streamMicros > one.streamMicros) {
      kept.removeLast();
    }
  }

  /** Drops what was taken of other scenes, which a baseline that is back knows nothing of. */
  void keepSceneOf(Baseline baseline, DetectorSettings detector) {
    kept.removeIf(
        one -> {
          try {
            return !open(one, detector).seesAs(baseline);
          } catch (SnapshotException e) {
            return true;
          }
        });
  }

  void forgetAll() {
    kept.clear();
  }

  void write(SnapshotWriter out) {
    out.putInt(kept.size());
    for (Kept one : kept) {
      out.putLong(one.streamMicros);
      out.putStamp(one.stamp);
      out.putInt(one.version);
      out.putBytes(one.bytes);
    }
  }

  /** Reads what {@link #write} wrote; the newest are kept if there is less room now. */
  void read(SnapshotReader in) throws SnapshotException {
    int count = in.takeInt("undo snapshots", 0, DetectorSettings.Undo.MAX_SNAPSHOTS);
    for (int i = 0; i < count; i++) {
      long streamMicros = in.takeLong();
      FrameStamp stamp = in.takeStamp();
      int version = in.takeInt("version of an undo snapshot", 1, SnapshotFormat.VERSION);
      kept.addLast(
          new Kept(streamMicros, stamp, version, in.takeBytes("undo snapshot", 1, MAX_BYTES)));
    }
    trim();
  }
}
