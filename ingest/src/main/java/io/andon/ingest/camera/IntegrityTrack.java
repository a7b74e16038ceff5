package io.andon.ingest.camera;

import java.util.Arrays;

/**
 * Knows how far the pictures of one connection can be trusted. Decoders hide what they miss: they
 * give a picture for whatever is left of it. So the coded pictures are followed into the decoder. A
 * gap in the packets spoils the picture that it falls into (or the next one, where nothing is left
 * of it) and all behind it, since each builds on the one before, until a key frame that has no gap
 * of its own. Pictures before the first key frame are unfounded. Cameras that refresh their picture
 * bit by bit have no key frames, so both last {@link #LONGEST_NANOS} at most. What the decoder says
 * itself comes on top.
 *
 * <p>Coded pictures come in the order in which they are decoded, and decoded ones as they are
 * shown; they find each other by presentation time. Thread-safe; nothing waits here.
 */
public final class IntegrityTrack {
  /** Longest that pictures without a key frame are held damaged or unfounded: 20 s. */
  public static final long LONGEST_NANOS = 20_000_000_000L;

  /** Marks that are kept: many more than there are pictures between decoder and puller. */
  private static final int MARKS = 256;

  private static final long NEVER = Long.MIN_VALUE;

  // A ring of the newest.
  private final long[] markedNanos = new long[MARKS];
  private final Integrity[] marks = new Integrity[MARKS];
  private int nextMark;

  // What the next picture builds on.
  private Integrity now = Integrity.WHOLE;
  // What pictures that are shown before the newest key frame, but decoded behind it, build on.
  private Integrity beforeKey = Integrity.WHOLE;
  private long keyNanos = NEVER;
  private long sinceNanos = NEVER;
  private long firstNanos = NEVER;
  // Since when the decoder calls each picture corrupted.
  private long corruptedNanos = NEVER;
  private boolean began;
  private boolean anyGood;

  /** Makes the track of a connection of which nothing came yet. */
  public IntegrityTrack() {
    Arrays.fill(markedNanos, NEVER);
    Arrays.fill(marks, Integrity.WHOLE);
  }

  /**
   * A coded picture goes into the decoder.
   *
   * @param ptsNanos its presentation time; negative where it has none
   * @param key whether it builds on no other picture
   * @param gap whether packets are missing in it or before it
   */
  public synchronized void coded(long ptsNanos, boolean key, boolean gap) {
    boolean lost = gap && began; // each connection begins with a gap
    if (!began) {
      began = true;
      firstNanos = ptsNanos;
      now = Integrity.UNFOUNDED;
    }
    if (lost || sinceNanos == NEVER) {
      sinceNanos = ptsNanos;
    }
    if (key) {
      beforeKey = now;
      keyNanos = ptsNanos;
      now = Integrity.WHOLE;
    }
    if (lost) {
      now = worse(now, Integrity.DAMAGED);
    }
    forgive(ptsNanos);
    boolean shownBeforeKey = !key && ptsNanos < keyNanos;
    mark(ptsNanos, shownBeforeKey ? worse(beforeKey, now) : now);
  }

  private void forgive(long ptsNanos) {
    if (now == Integrity.UNFOUNDED && ptsNanos - firstNanos > LONGEST_NANOS) {
      now = Integrity.DAMAGED;
    }
    if (now == Integrity.DAMAGED && ptsNanos - sinceNanos > LONGEST_NANOS) {
      now = Integrity.WHOLE;
    }
  }

  private static Integrity worse(Integrity one, Integrity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /**
   * A picture came out of the decoder.
   *
   * @param ptsNanos its presentation time; negative where it has none
   * @param corrupted whether the decoder says that it is not what it should be
   */
  public synchronized void decoded(long ptsNanos, boolean corrupted) {
    if (!corrupted) {
      anyGood |= of(ptsNanos) == Integrity.WHOLE;
      corruptedNanos = NEVER;
      return;
    }
    corruptedNanos = corruptedNanos == NEVER ? ptsNanos : corruptedNanos;
    if (ptsNanos - corruptedNanos > LONGEST_NANOS) {
      return; // it waits for a key frame that never comes, and the picture has been refreshed
    }
    firstNanos = firstNanos == NEVER ? ptsNanos : firstNanos;
    boolean atBeginning = !anyGood && ptsNanos - firstNanos <= LONGEST_NANOS;
    mark(ptsNanos, atBeginning ? Integrity.UNFOUNDED : Integrity.DAMAGED);
  }

  private void mark(long ptsNanos, Integrity integrity) {
    if (integrity != Integrity.WHOLE) {
      markedNanos[nextMark] = ptsNanos;
      marks[nextMark] = integrity;
      nextMark = (nextMark + 1) % MARKS;
    }
  }

  /**
   * How far a picture can be trusted; of one without a time what holds now.
   *
   * @param ptsNanos its presentation time, nanoseconds; negative where it has none
   */
  public synchronized Integrity of(long ptsNanos) {
    if (ptsNanos < 0) {
      return now;
    }
    for (int back = 1; back <= MARKS; back++) {
      int at = Math.floorMod(nextMark - back, MARKS);
      if (markedNanos[at] == ptsNanos) {
        return marks[at];
      }
    }
    return Integrity.WHOLE;
  }
}
