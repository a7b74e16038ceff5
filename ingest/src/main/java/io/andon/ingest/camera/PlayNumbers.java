package io.andon.ingest.camera;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Numbers connections: wall-clock microseconds, so that a restarted process goes on above the one
 * before it, and at least one more than the last, so that they increase when the wall clock is set
 * back in between. Only a clock set back across a restart of the process breaks the order; readers
 * then set the frames aside as stale until it has caught up. Thread-safe.
 */
public final class PlayNumbers {
  private final InstantSource clock;
  private long last;

  /**
   * Makes a numbering.
   *
   * @param clock wall clock
   */
  public PlayNumbers(InstantSource clock) {
    this.clock = clock;
  }

  /** The next number, greater than all before. */
  public synchronized long next() {
    Instant now = clock.instant();
    last = Math.max(last + 1, now.getEpochSecond() * 1_000_000L + now.getNano() / 1000);
    return last;
  }
}
