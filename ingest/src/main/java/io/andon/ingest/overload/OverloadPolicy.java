package io.andon.ingest.overload;

import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.ingest.settings.OverloadConfig;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One share of frames for all cameras of this process, from what was sent and what was scored of
 * them. The job itself never drops a frame, so that its decisions can be replayed. Thread-safe.
 */
public final class OverloadPolicy {
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final double MILLIS_A_SECOND = 1e3;

  private final JobLag lag;
  private final boolean enabled;
  private final RateGovernor governor;
  private final LongSupplier nanoTime;
  private final AtomicLong offered = new AtomicLong();
  private final AtomicLong scored = new AtomicLong();
  private volatile double share = 1;
  private volatile long lagMillis;
  private long steppedMillis;
  private long offeredBefore;
  private long scoredBefore;

  /**
   * A policy that sends everything until it is told otherwise.
   *
   * @param config where it is not enabled the lag is told and everything is sent all the same
   * @param nanoTime monotonic clock, nanoseconds: a wall clock that is set would pass for lag
   */
  public OverloadPolicy(OverloadConfig config, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.steppedMillis = nowMillis();
    this.enabled = config.enabled();
    this.lag = new JobLag(config.highLagMillis(), config.lowLagMillis());
    this.governor =
        new RateGovernor(config.highLagMillis(), config.lowLagMillis(), config.leastShare());
  }

  private long nowMillis() {
    return nanoTime.getAsLong() / NANOS_A_MILLI;
  }

  /** Share of the frames to send, above 0 and at most 1. */
  public double share() {
    return share;
  }

  /** The job's lag when it was last looked at, milliseconds. */
  public long lagMillis() {
    return lagMillis;
  }

  /** There is a frame to send. */
  public void offered() {
    offered.incrementAndGet();
  }

  /** A frame was handed to the producer. */
  public void sent(FrameMetadata frame) {
    lag.sent(frame.camera(), frame.play(), frame.seq(), nowMillis());
  }

  /** A frame that was handed to the producer did not reach Kafka. */
  public void lost(FrameMetadata frame) {
    lag.lost(frame.camera(), frame.play(), frame.seq());
  }

  /** A frame of a camera of this process was scored. */
  void scored(FrameRef frame) {
    scored.incrementAndGet();
    lag.scored(frame.camera(), frame.play(), frame.seq(), nowMillis());
  }

  /**
   * Scores can't be read: the share stays as it is, however long, and this time will count for
   * nothing. To be called in place of {@link #step}.
   */
  void hold() {
    steppedMillis = nowMillis();
    offeredBefore = offered.get();
    scoredBefore = scored.get();
    lag.forgetWaiting(steppedMillis);
  }

  /** Looks at the lag and sets the share; to be called every second or so, by one thread. */
  void step() {
    long now = nowMillis();
    double seconds = (now - steppedMillis) / MILLIS_A_SECOND;
    double offeredSince = offered.get() - offeredBefore;
    double scoredSince = scored.get() - scoredBefore;
    steppedMillis = now;
    offeredBefore += (long) offeredSince;
    scoredBefore += (long) scoredSince;
    if (seconds <= 0) {
      return; // asked twice within a millisecond
    }
    lagMillis = lag.millis(now);
    if (enabled) {
      share =
          governor.step(
              lagMillis, lag.waitingFrames(now), offeredSince / seconds, scoredSince / seconds);
    }
  }
}
