package io.andon.detection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way into the baseline: those that wait out the learning delay, and those of an
 * incident that wait in quarantine for an operator's word. Both are bounded in bytes: delayed
 * frames are taken so far apart that a whole delay of them finds room, and at the bound of the
 * quarantine its oldest is dropped and counted.
 */
final class LearningQueue {
  private static final int MAX_SAMPLES = 4_096;
  private static final boolean[] NONE = new boolean[0];

  private final int delayedBytesAllowed;
  private final int quarantineBytesAllowed;
  private final Deque<LearningSample> delayed = new ArrayDeque<>();
  private final Deque<LearningSample> quarantine = new ArrayDeque<>();

  /** Cells that an operator forbade while an incident is open; empty if none. */
  private boolean[] forbidden = NONE;

  private int delayedBytes;
  private int quarantineBytes;
  private long quarantineDropped;

  LearningQueue(DetectorSettings.Memory settings) {
    delayedBytesAllowed = settings.delayedBytes();
    quarantineBytesAllowed = settings.quarantineBytes();
  }

  void delay(LearningSample sample) {
    delayed.addLast(sample);
    delayedBytes += sample.bytes();
  }

  /**
   * How far apart frames have to be for all of a delay to wait at once, milliseconds; 0 while
   * nothing waits.
   */
  int closestMillis(int delayMillis) {
    LearningSample latest = delayed.peekLast();
    if (latest == null) {
      return 0;
    }
    int room = Math.min(delayedBytesAllowed / latest.bytes(), MAX_SAMPLES - 1);
    return room < 2 ? delayMillis : (delayMillis + room - 2) / (room - 1);
  }

  /** The next frame whose delay is over, or that has to give room. */
  @Nullable LearningSample takeDue(long untilStreamMicros) {
    LearningSample first = delayed.peekFirst();
    if (first == null
        || (first.streamMicros() > untilStreamMicros
            && delayedBytes <= delayedBytesAllowed
            && delayed.size() < MAX_SAMPLES)) {
      return null;
    }
    delayed.removeFirst();
    delayedBytes -= first.bytes();
    return first;
  }

  void quarantine(LearningSample sample) {
    if (forbidden.length > 0) {
      sample.neverLearn(forbidden);
    }
    quarantine.addLast(sample);
    quarantineBytes += sample.bytes();
    while (!quarantine.isEmpty()
        && (quarantineBytes > quarantineBytesAllowed || quarantine.size() > MAX_SAMPLES)) {
      quarantineBytes -= quarantine.removeFirst().bytes();
      quarantineDropped++;
    }
  }

  /**
   * Moves the delayed frames since this time into quarantine: an incident was on its way, and what
   * looked unusual in them is what an operator is asked about.
   */
  void quarantineSince(long streamMicros) {
    for (Iterator<LearningSample> it = delayed.iterator(); it.hasNext(); ) {
      LearningSample sample = it.next();
      if (sample.streamMicros() >= streamMicros) {
        it.remove();
        delayedBytes -= sample.bytes();
        quarantine(sample.forOperator());
      }
    }
  }

  /** Marks cells of all that waits, here and in quarantine, as never to be learnt. */
  void neverLearn(boolean[] cells) {
    delayed.forEach(sample -> sample.neverLearn(cells));
    quarantine.forEach(sample -> sample.neverLearn(cells));
  }

  /** Marks cells as {@link #neverLearn} does, also of what comes until the incident is over. */
  void forbid(boolean[] cells) {
    neverLearn(cells);
    boolean[] all = cells.clone();
    for (int cell = 0; cell < forbidden.length; cell++) {
      all[cell] |= forbidden[cell];
    }
    forbidden = all;
  }

  /** Cells that are forbidden until the incident is over; empty if none. Not to be changed. */
  boolean[] forbidden() {
    return forbidden;
  }

  /** The incident is over: the next one is another. */
  void allowAll() {
    forbidden = NONE;
  }

  /** Takes over what an incident that goes on has in quarantine. */
  void takeQuarantineOf(LearningQueue other) {
    forbidden = other.forbidden;
    other.release().forEach(this::quarantine);
  }

  /** Marks cells of the delayed frames as not to be learnt. */
  void skipInDelayed(boolean[] cells) {
    delayed.forEach(sample -> sample.skipAlso(cells));
  }

  /** Drops all that waits. */
  void clear() {
    allowAll();
    delayed.clear();
    delayedBytes = 0;
    quarantine.clear();
    quarantineBytes = 0;
  }

  /** Empties the quarantine. */
  List<LearningSample> release() {
    List<LearningSample> released = new ArrayList<>(quarantine);
    quarantine.clear();
    quarantineBytes = 0;
    return released;
  }

  /** What is in quarantine, oldest first; it stays there. */
  List<LearningSample> quarantined() {
    return new ArrayList<>(quarantine);
  }

  long quarantineDropped() {
    return quarantineDropped;
  }

  void write(SnapshotWriter out) {
    out.putLong(quarantineDropped);
    out.putInt(forbidden.length);
    for (boolean cell : forbidden) {
      out.putBoolean(cell);
    }
    for (Deque<LearningSample> samples : List.of(delayed, quarantine)) {
      out.putInt(samples.size());
      for (LearningSample sample : samples) {
        sample.write(out);
      }
    }
  }

  void read(SnapshotReader in, FrameShape shape) throws SnapshotException {
    long dropped = in.takeLong();
    forbidden = in.version() < 5 ? NONE : readForbidden(in, shape.cells());
    int waiting = in.takeInt("delayed frames", 0, MAX_SAMPLES);
    for (int i = 0; i < waiting; i++) {
      delay(LearningSample.read(in, shape));
    }
    int held = in.takeInt("quarantined frames", 0, MAX_SAMPLES);
    for (int i = 0; i < held; i++) {
      quarantine(LearningSample.read(in, shape));
    }
    quarantineDropped = dropped;
  }

  private static boolean[] readForbidden(SnapshotReader in, int cells) throws SnapshotException {
    boolean[] mask = new boolean[in.takeInt("forbidden cells", 0, cells)];
    if (mask.length > 0 && mask.length < cells) {
      throw SnapshotReader.corrupt("forbidden cells are " + mask.length + " of " + cells);
    }
    for (int cell = 0; cell < mask.length; cell++) {
      mask[cell] = in.takeBoolean();
    }
    return mask;
  }
}
