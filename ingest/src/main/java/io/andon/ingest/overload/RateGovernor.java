package io.andon.ingest.overload;

/**
 * Which share of the frames is sent. Once the lag exceeds the high one, or is going to by what
 * waits, the job is held: it is sent what it can do, and so much more or less that the frames which
 * wait come to take it the aimed time, near the low lag. How many wait is known at once, where the
 * lag of a frame is known only when it is over, so the share settles instead of swinging. Below the
 * low lag the share rises by a twentieth a step, and after a minute at the full rate the job is
 * free again. Used by one thread.
 */
final class RateGovernor {
  /** Where between the low and the high lag a job is held. */
  private static final double AIM = 0.25;

  /** Seconds, at least, in which what waits too much or too little is made up for. */
  private static final double SHORTEST_HORIZON = 5;

  /** Of what the job can do, so much is sent at least, however much waits. */
  private static final double LEAST_OF_CAPACITY = 0.5;

  /** Least weight of the newest second in what the job can do. */
  private static final double NEWEST = 0.15;

  /**
   * Seconds at the full rate after which a job is free: one that falls behind soon is held early.
   */
  private static final int SECONDS_UNTIL_FREE = 60;

  /** Seconds that say what a job can do. */
  private static final int LEAST_MEASURED = 3;

  private static final double RISE = 0.05;
  private static final double MILLIS_A_SECOND = 1e3;

  private final long highMillis;
  private final long lowMillis;
  private final double aimSeconds;
  private final double horizonSeconds;
  private final double leastShare;
  private double share = 1;
  private boolean held;
  private int atFullRate;

  /** What the job can do, frames a second: what it scored while it had no pause. */
  private double capacity;

  /** Seconds that it was measured in. */
  private int measured;

  RateGovernor(long highMillis, long lowMillis, double leastShare) {
    this.highMillis = highMillis;
    this.lowMillis = lowMillis;
    this.aimSeconds = (lowMillis + AIM * (highMillis - lowMillis)) / MILLIS_A_SECOND;
    this.horizonSeconds = Math.max(SHORTEST_HORIZON, aimSeconds);
    this.leastShare = leastShare;
  }

  /**
   * The share from now on.
   *
   * @param lagMillis the job's lag
   * @param waiting frames that were sent and not scored yet
   * @param offered frames a second that there are to send
   * @param scored frames a second that the job has scored
   */
  double step(long lagMillis, double waiting, double offered, double scored) {
    boolean tooLate = lagMillis > highMillis;
    if (lagMillis < lowMillis) {
      measured = held ? measured : 0;
      share = Math.min(1, share + RISE);
    } else {
      // A job that pauses for a moment is none that can do nothing.
      if (scored > 0 || tooLate) {
        measured++;
        capacity += Math.max(NEWEST, 1.0 / measured) * (scored - capacity);
      }
      if (!held && (tooLate || isGoingToBeTooLate(lagMillis, waiting))) {
        held = true;
        atFullRate = 0;
      }
      if (held && offered > 0) {
        double surplus = (aimSeconds * capacity - waiting) / horizonSeconds;
        double rate = Math.max(LEAST_OF_CAPACITY * capacity, capacity + surplus);
        double most = tooLate ? share : Math.min(1, share + RISE);
        share = Math.max(leastShare, Math.min(most, rate / offered));
      }
    }
    atFullRate = share < 1 ? 0 : atFullRate + 1;
    held &= atFullRate < SECONDS_UNTIL_FREE;
    return share;
  }

  /**
   * Only from half the high lag on: a job that has just started gets faster for seconds, and {@link
   * JobLag} has given a single silent camera up by then.
   */
  private boolean isGoingToBeTooLate(long lagMillis, double waiting) {
    return measured >= LEAST_MEASURED
        && 2 * lagMillis > highMillis
        && waiting * MILLIS_A_SECOND > capacity * highMillis;
  }
}
