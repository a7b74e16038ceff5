package io.andon.ingest.camera;

import io.andon.ingest.settings.CameraConfig;
import io.github.resilience4j.core.IntervalFunction;

/** How long is waited before a camera is connected to again. */
public interface ReconnectWaits {
  /**
   * The wait before an attempt.
   *
   * @param reason why the connection before ended
   * @param attempt which one in a row, from 1
   * @return milliseconds
   */
  long millis(StopReason reason, int attempt);

  /**
   * What a camera's configuration asks for: doubling up to the longest wait, and each from its half
   * on by chance, so that cameras that were lost together don't come back together. A camera that
   * refused the password is left in peace: many lock who tries a wrong one a few times, and each
   * further try renews that.
   *
   * @param camera its configuration
   */
  static ReconnectWaits of(CameraConfig camera) {
    IntervalFunction doubling =
        IntervalFunction.ofExponentialBackoff(
            (long) camera.reconnectMinMillis(), 2.0, (long) camera.reconnectMaxMillis());
    return (reason, attempt) ->
        reason == StopReason.UNAUTHORIZED
            ? camera.unauthorizedWaitMillis()
            : IntervalFunction.ofRandomized(doubling.apply(attempt) * 3 / 4, 1.0 / 3)
                .apply(attempt);
  }
}
