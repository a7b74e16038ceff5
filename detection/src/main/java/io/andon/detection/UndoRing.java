package io.andon.detection;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of the baseline, so that learning can be undone: one every so often, the oldest leaves
 * when there are too many. Ages are counted in the detector's own time. The bytes are those of the
 * snapshot codec, each with the version it was written in, and not compressed: compressors differ
 * between makers of Java, and state must be the same bit for bit. Each has a number that no other
 * one of this camera ever has, by which its bytes can be kept apart: they never change.
 */
final class UndoRing {
  /** More than a baseline of the largest grid has. */
  private static final int MAX_BYTES = 1 << 23;

  private static final int FIRST_NUMBERED_VERSION = 5;
  private static final double MICROS_PER_MINUTE = 60e6;

  private final DetectorSettings.Undo settings;
  private final Deque<Kept> kept = new ArrayDeque<>();

  /** How many were ever taken: the number of the next one. */
  private long taken;

  /**
   * A baseline as it was.
   *
   * @param number which one of all that were ever taken
   * @param streamMicros when, in the detector's own time
   * @param stamp the frame after which it was taken
   * @param version of the snapshot codec
   * @param bytes the baseline
   */
  record Kept(long number, long streamMicros, FrameStamp stamp, int version, byte[] bytes) {}

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
    kept.addLast(new Kept(taken++, streamMicros, stamp, SnapshotFormat.VERSION, out.toBytes()));
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

  /** The bytes of all that are kept, by their numbers. */
  SortedMap<Long, byte[]> bytes() {
    SortedMap<Long, byte[]> bytes = new TreeMap<>();
    kept.forEach(one -> bytes.put(one.number, one.bytes));
    return Collections.unmodifiableSortedMap(bytes);
  }

  /** How many bytes all that are kept have. */
  int size() {
    return kept.stream().mapToInt(one -> one.bytes.length).sum();
  }

  /**
   * Writes the ring.
   *
   * @param whole with the bytes, rather than with their length and checksum alone
   */
  void write(SnapshotWriter out, boolean whole) {
    out.putLong(taken);
    out.putInt(kept.size());
    for (Kept one : kept) {
      out.putLong(one.number);
      out.putLong(one.streamMicros);
      out.putStamp(one.stamp);
      out.putInt(one.version);
      out.putBoolean(whole);
      if (whole) {
        out.putBytes(one.bytes);
      } else {
        out.putInt(one.bytes.length);
        out.putInt(SnapshotFormat.crc(one.bytes, one.bytes.length));
      }
    }
  }

  /**
   * Reads what {@link #write} wrote; the newest are kept if there is less room now.
   *
   * @param apart bytes that were kept apart, by their numbers
   */
  void read(SnapshotReader in, Map<Long, byte[]> apart) throws SnapshotException {
    boolean numbered = in.version() >= FIRST_NUMBERED_VERSION;
    taken = numbered ? in.takeLong() : 0;
    int count = in.takeInt("undo snapshots", 0, DetectorSettings.Undo.MAX_SNAPSHOTS);
    for (int i = 0; i < count; i++) {
      long number = numbered ? in.takeLong() : taken++;
      if (number < 0 || number >= taken || (!kept.isEmpty() && number <= kept.getLast().number)) {
        throw SnapshotReader.corrupt("number of an undo snapshot is " + number);
      }
      long streamMicros = in.takeLong();
      FrameStamp stamp = in.takeStamp();
      int version = in.takeInt("version of an undo snapshot", 1, SnapshotFormat.VERSION);
      byte[] bytes =
          !numbered || in.takeBoolean()
              ? in.takeBytes("undo snapshot", 1, MAX_BYTES)
              : takeApart(in, number, apart);
      kept.addLast(new Kept(number, streamMicros, stamp, version, bytes));
    }
    trim();
  }

  private static byte[] takeApart(SnapshotReader in, long number, Map<Long, byte[]> apart)
      throws SnapshotException {
    int length = in.takeInt("undo snapshot length", 1, MAX_BYTES);
    int crc = in.takeInt();
    byte[] bytes = apart.get(number);
    if (bytes == null) {
      throw SnapshotReader.corrupt("undo snapshot " + number + ", kept apart, is missing");
    }
    if (bytes.length != length || SnapshotFormat.crc(bytes, length) != crc) {
      throw SnapshotReader.corrupt("undo snapshot " + number + ", kept apart, is another one");
    }
    return bytes;
  }
}
