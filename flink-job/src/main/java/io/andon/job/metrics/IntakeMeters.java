package io.andon.job.metrics;

import io.andon.contracts.DeadLetterReason;
import io.micrometer.core.instrument.Counter;

/** Counts what is read and what is set aside, all subtasks of the process together. */
public final class IntakeMeters {
  private static final Counter FRAMES = Meters.counter(JobMetric.FRAMES);

  private IntakeMeters() {}

  /** A record was read from the frames topic. */
  public static void frameRead() {
    FRAMES.increment();
  }

  /** A record was set aside. */
  public static void deadLetter(DeadLetterReason reason) {
    Meters.counter(JobMetric.DEAD_LETTERS, reason.wireName()).increment();
  }
}
