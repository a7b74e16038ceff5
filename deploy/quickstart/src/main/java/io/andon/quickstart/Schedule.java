package io.andon.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the simulation injects anomalies.
 *
 * @param from no injection starts before
 * @param until every injection has ended by then
 * @param count how many, spread over all cameras
 */
record Schedule(Instant from, Instant until, int count) {
  /** Warm-up ends the wait at the latest this long after the first scored frame. */
  static final Duration MAX_WARM_UP = Duration.ofSeconds(60);

  /** A demo of limited time must fit its warm-up and ten injections. */
  static final Duration MIN_DURATION = Duration.ofSeconds(150);

  private static final Duration TAIL = Duration.ofSeconds(8);
  private static final Duration LEAD = Duration.ofSeconds(2);
  private static final Duration ROUND = Duration.ofMinutes(10);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int MIN_COUNT = 12;

  /**
   * The injections of one run or, without an end, of the next ten minutes.
   *
   * @param now warm-up is over
   * @param end when the run stops; empty if nobody said
   */
  static Schedule next(Instant now, Optional<Instant> end) {
    Instant from = now.plus(LEAD);
    Instant until = end.map(stop -> stop.minus(TAIL)).orElse(now.plus(ROUND));
    long fitting = Duration.between(from, until).dividedBy(EVERY);
    return new Schedule(from, until, (int) Math.max(MIN_COUNT, fitting));
  }

  /**
   * Refuses a duration that is too short to judge anything by.
   *
   * @throws IllegalArgumentException if it is
   */
  static void requireLongEnough(Duration duration) {
    if (duration.compareTo(MIN_DURATION) < 0) {
      throw new IllegalArgumentException(
          "DURATION is %d s; at least %d s are needed for warm-up and ten anomalies"
              .formatted(duration.toSeconds(), MIN_DURATION.toSeconds()));
    }
  }

  /** The simulator's command on its standard input. */
  String command() {
    return "inject-from %d until %d count %d"
        .formatted(from.toEpochMilli(), until.toEpochMilli(), count);
  }
}
