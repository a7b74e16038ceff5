package io.andon.bench.speed;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time of day that only goes forward, as fast as time does: a wall clock that is set while
 * latencies are measured would lengthen them, or make them nothing.
 */
final class SteadyClock {
  /** The one of load and reader. */
  static final SteadyClock OF_THIS_PROCESS = new SteadyClock(Clock.systemUTC(), System::nanoTime);

  private final LongSupplier nanos;
  private final long startNanos;
  private final long startMicros;

  /**
   * @param wall asked once, for the time of day
   * @param nanos tells how much time has passed
   */
  SteadyClock(Clock wall, LongSupplier nanos) {
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    Instant now = wall.instant();
    this.startMicros =
        TimeUnit.SECONDS.toMicros(now.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(now.getNano());
  }

  /** Microseconds since the epoch. */
  long micros() {
    return startMicros + TimeUnit.NANOSECONDS.toMicros(nanos.getAsLong() - startNanos);
  }
}
