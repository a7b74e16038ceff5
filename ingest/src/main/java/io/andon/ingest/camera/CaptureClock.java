package io.andon.ingest.camera;

import io.andon.contracts.ClockSource;
import java.util.OptionalLong;

/**
 * Chooses the clock of a frame's capture time: the camera's own while it is close to arrival, else
 * arrival. A clock may lag further than it may be ahead, since the job sets a frame from the future
 * aside long before a late one. A clock that was distrusted must come back to within half the bound
 * before it is used again, so that one at the border doesn't flap. Where the chosen clock steps
 * back a little, as a camera's does whenever its relation to this machine's is measured anew, time
 * stands still until it has caught up. One connection, one thread.
 */
final class CaptureClock {
  /**
   * Longest step back that is waited for. While time stands still nothing that lasts is noticed, so
   * a clock that is set back further is followed.
   */
  static final long LONGEST_HOLD_MICROS = 1_000_000;

  /**
   * Most that a camera's clock may be ahead of arrival, whatever the bound: below the 5 s by which
   * the job's {@code frames.maxAheadMillis} lets a capture time be ahead of its record's.
   */
  static final long MOST_AHEAD_MICROS = 4_000_000;

  private final long behindMicros;
  private final long aheadMicros;
  private boolean distrusted;
  private long lastMicros = Long.MIN_VALUE;

  /**
   * Makes a clock.
   *
   * @param boundMillis how far the camera's clock may be from arrival; ahead of it at most {@link
   *     #MOST_AHEAD_MICROS}
   */
  CaptureClock(long boundMillis) {
    behindMicros = boundMillis * 1000;
    aheadMicros = Math.min(behindMicros, MOST_AHEAD_MICROS);
  }

  /**
   * The capture time of a picture.
   *
   * @param arrivalMicros when it arrived, microseconds since the epoch
   * @param senderMicros when it was captured by the camera's clock, if it said so
   */
  Reading read(long arrivalMicros, OptionalLong senderMicros) {
    Reading chosen = chosen(arrivalMicros, senderMicros);
    long micros = chosen.capturedMicros();
    if (micros >= lastMicros || lastMicros - micros > LONGEST_HOLD_MICROS) {
      lastMicros = micros;
      return chosen;
    }
    return new Reading(lastMicros, chosen.clock(), chosen.distrusted());
  }

  private Reading chosen(long arrivalMicros, OptionalLong senderMicros) {
    if (senderMicros.isEmpty()) {
      return new Reading(arrivalMicros, ClockSource.ARRIVAL, false);
    }
    long sender = senderMicros.getAsLong();
    int part = distrusted ? 2 : 1;
    long apart = sender - arrivalMicros;
    distrusted = apart > aheadMicros / part || apart < -behindMicros / part;
    return distrusted
        ? new Reading(arrivalMicros, ClockSource.ARRIVAL, true)
        : new Reading(sender, ClockSource.SENDER, false);
  }

  /**
   * A capture time.
   *
   * @param capturedMicros microseconds since the epoch
   * @param clock which clock gave it
   * @param distrusted whether the camera gave a time that was not believed
   */
  record Reading(long capturedMicros, ClockSource clock, boolean distrusted) {}
}
