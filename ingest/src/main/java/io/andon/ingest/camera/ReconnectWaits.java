package io.andon.ingest.camera;

import io.andon.ingest.settings.CameraConfig;
import java.util.random.RandomGenerator;

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
   * What a camera's configuration asks for: doubling up to the longest wait, and spread, so that
   * cameras that were lost together don't come back together. A camera that refused the password is
   * left in peace: many lock who tries a wrong one a few times, and each further try renews that.
   *
   * @param camera its configuration
   * @param random spreads
   */
  static ReconnectWaits of(CameraConfig camera, RandomGenerator random) {
    return (reason, attempt) -> {
      if (reason == StopReason.UNAUTHORIZED) {
        return camera.unauthorizedWaitMillis();
      }
      double mean = camera.reconnectMinMillis() * Math.pow(2, attempt - 1);
      double least = Math.min(mean, camera.reconnectMaxMillis()) / 2;
      double most = Math.min(mean * 1.5, camera.reconnectMaxMillis());
      return Math.round(least + (most - least) * random.nextDouble());
    };
  }
}
