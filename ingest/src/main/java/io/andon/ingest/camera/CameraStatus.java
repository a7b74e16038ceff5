package io.andon.ingest.camera;

import io.andon.contracts.ClockSource;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a camera at a moment; free of secrets.
 *
 * @param phase where it stands
 * @param play number of the current or last connection, 0 before the first
 * @param lastFrameNanos monotonic time of the last frame; meaningless before the first
 * @param hadFrame whether a frame ever came
 * @param clock clock of the last frame's capture time, or null before the first
 * @param lastStop why the last connection ended, or null
 */
public record CameraStatus(
    CameraPhase phase,
    long play,
    long lastFrameNanos,
    boolean hadFrame,
    @Nullable ClockSource clock,
    @Nullable StopReason lastStop) {
  static final CameraStatus INITIAL =
      new CameraStatus(CameraPhase.CONNECTING, 0, 0, false, null, null);

  CameraStatus connecting(long newPlay) {
    return new CameraStatus(phase, newPlay, lastFrameNanos, hadFrame, clock, lastStop);
  }

  CameraStatus frame(long nowNanos, ClockSource frameClock) {
    return new CameraStatus(CameraPhase.STREAMING, play, nowNanos, true, frameClock, lastStop);
  }

  /** What it comes to where frames must not be older than that: a stream that hangs is lost. */
  CameraStatus judged(long nowNanos, long oldestNanos) {
    return phase == CameraPhase.STREAMING && nowNanos - lastFrameNanos > oldestNanos
        ? new CameraStatus(CameraPhase.UNREACHABLE, play, lastFrameNanos, hadFrame, clock, lastStop)
        : this;
  }

  CameraStatus stopped(StopReason reason) {
    return new CameraStatus(CameraPhase.UNREACHABLE, play, lastFrameNanos, hadFrame, clock, reason);
  }
}
