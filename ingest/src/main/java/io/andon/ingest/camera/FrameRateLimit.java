package io.andon.ingest.camera;

/**
 * Chooses the pictures of one connection that become frames: of a faster camera those closest to
 * even steps of 1/fps, of a camera that is not faster every one. It goes by presentation time, so
 * that pictures which come in bursts are chosen like others.
 *
 * <p>A virtual schedule: the next picture is due one step after the one before was due, and a
 * picture passes if it comes at most half of the camera's own interval before that. So 25 frames a
 * second become 10 on average, each within half an interval of its due time, and jitter does not
 * make two of them change places. A camera that fell behind gets back at most one of its intervals,
 * not what it missed: no window of presentation time holds more than its share and two pictures,
 * and each new rate of the camera adds one or two more while its interval is learnt.
 *
 * <p>One connection, one thread.
 */
public final class FrameRateLimit {
  private static final long NANOS_A_SECOND = 1_000_000_000L;
  private static final long NEVER = Long.MIN_VALUE;

  /** One part in so many of what is known of the camera's interval is its newest one. */
  private static final int NEWEST = 4;

  /** The same for the slow average. */
  private static final int NEWEST_OF_MANY = 64;

  /** A camera is not faster if its interval lacks at most one part in so many: clocks differ. */
  private static final int CLOCK_PARTS = 300;

  /** How far the schedule gives way to such a camera with each picture: one part of a step. */
  private static final int YIELD_PARTS = 100;

  /** A due time is never further ahead than 1.5 steps, unless time has jumped back. */
  private static final int JUMP_STEPS = 2;

  private final long stepNanos;
  private long intervalNanos;

  /** The camera's interval as a slow average, which jitter hardly moves; at first too short. */
  private long meanNanos;

  private long lastNanos = NEVER;
  private long dueNanos;

  /**
   * Makes a limit to which no picture came.
   *
   * @param fps most frames a second on average, 1 or more
   */
  public FrameRateLimit(int fps) {
    stepNanos = NANOS_A_SECOND / fps;
    intervalNanos = stepNanos;
  }

  /**
   * Decides about a picture. One without a time passes, and so does one whose time has jumped back;
   * behind either the schedule begins anew.
   *
   * @param ptsNanos its presentation time; negative where it has none
   * @return whether it becomes a frame
   */
  public boolean passes(long ptsNanos) {
    if (ptsNanos < 0) {
      lastNanos = NEVER;
      return true;
    }
    if (lastNanos == NEVER || ptsNanos < dueNanos - JUMP_STEPS * stepNanos) {
      dueNanos = ptsNanos;
    } else {
      learnInterval(ptsNanos - lastNanos);
    }
    lastNanos = ptsNanos;
    if (ptsNanos < dueNanos - intervalNanos / 2) {
      return false;
    }
    // In step with the camera's pictures, so that the schedule never runs half way between two.
    dueNanos = stepNanos + Math.max(dueNanos - yieldNanos(), ptsNanos - intervalNanos);
    return true;
  }

  /** A camera that is set to the very rate loses none because its clock is a little fast. */
  private long yieldNanos() {
    boolean faster = meanNanos < stepNanos - stepNanos / CLOCK_PARTS;
    return faster ? 0 : stepNanos / YIELD_PARTS;
  }

  /** A pause tells nothing about a camera that is faster, so no interval is above a step. */
  private void learnInterval(long nanos) {
    long newest = Math.min(Math.max(nanos, 0), stepNanos);
    intervalNanos += (newest - intervalNanos) / NEWEST;
    if (nanos <= 2 * stepNanos) {
      meanNanos += (Math.max(nanos, 0) - meanNanos) / NEWEST_OF_MANY;
    }
  }
}
