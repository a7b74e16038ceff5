package io.andon.quickstart.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How long to wait before a crashed child is started again: the wait doubles with each crash of the
 * last minute, and after too many of them it is given up. Not safe for several threads.
 */
final class RestartPolicy {
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int maxRestartsPerMinute;
  private final Deque<Instant> crashes = new ArrayDeque<>();

  RestartPolicy(int maxRestartsPerMinute) {
    this.maxRestartsPerMinute = maxRestartsPerMinute;
  }

  /** The wait before the restart; empty when the child has crashed too often. */
  Optional<Duration> crashed(Instant now) {
    while (!crashes.isEmpty() && crashes.getFirst().isBefore(now.minus(WINDOW))) {
      crashes.removeFirst();
    }
    if (crashes.size() >= maxRestartsPerMinute) {
      return Optional.empty();
    }
    crashes.addLast(now);
    return Optional.of(FIRST_DELAY.multipliedBy(1L << (crashes.size() - 1)));
  }
}
