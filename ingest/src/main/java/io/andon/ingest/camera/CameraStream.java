package io.andon.ingest.camera;

import org.jspecify.annotations.Nullable;

/** One connection to a camera, used by one thread. */
public interface CameraStream extends AutoCloseable {
  /**
   * Waits for the next picture.
   *
   * @param timeoutMillis longest wait
   * @return the picture, or null if none came in time (or at once, if the stream just ended)
   * @throws StreamEndedException if the stream failed or ended
   */
  @Nullable Picture next(long timeoutMillis) throws StreamEndedException;

  /** Takes the connection down. */
  @Override
  void close();
}
