package io.andon.job.frames;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;

/**
 * How far a subtask has read, over all its partitions. Frames of one partition wait behind those of
 * another in the same fetch, so that a partition can't be called silent while old frames are being
 * worked off. Used by one thread; each subtask has its own copy.
 */
final class Reading implements Serializable {
  private static final long serialVersionUID = 1;

  /** So many times the allowed age without any frame, and nothing can be waiting. */
  private static final int DRAINED = 12;

  /** Longest time between two looks that still counts: a process that ran looks more often. */
  private static final long LONGEST_STEP_MILLIS = 2_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final long freshMillis;
  private final Clock clock;
  private final SourceContact contact;
  private boolean begun;
  private boolean fresh;
  private long runMillis; // time that counts, since this copy was made
  private long readAtRunMillis;
  private long lookedAtMillis = NEVER;
  private double heard;

  Reading(Duration fresh, Clock clock, SourceContact contact) {
    this.freshMillis = fresh.toMillis();
    this.clock = clock;
    this.contact = contact;
  }

  /** A record was read. */
  void read(RawRecord record) {
    begun = true;
    fresh = clock.millis() - record.timestampMillis() <= freshMillis;
    readAtRunMillis = runMillis;
  }

  /**
   * Time in which this process ran, its source was heard of, and no old frames were waiting,
   * milliseconds. Only its growth means something.
   */
  long lookMillis() {
    long now = clock.millis();
    double heardNow = contact.heard();
    if (lookedAtMillis == NEVER) {
      lookedAtMillis = now;
      heard = heardNow;
    }
    // Not "grew": a consumer that is closed takes its count with it.
    if (heardNow != heard) {
      runMillis += Math.max(0, Math.min(now - lookedAtMillis, LONGEST_STEP_MILLIS));
      lookedAtMillis = now;
      heard = heardNow;
    }
    return runMillis;
  }

  /** Whether any record was read, of whatever partition. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether all that was written until a moment ago has been read. */
  boolean isCaughtUp() {
    return fresh || runMillis - readAtRunMillis > DRAINED * freshMillis;
  }
}
