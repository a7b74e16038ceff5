package io.andon.ingest.camera;

import io.andon.ingest.settings.CameraConfig;

/** Connects to cameras. Thread-safe. */
public interface CameraStreams {
  /**
   * Starts to connect; failures may also show later, at the stream.
   *
   * @throws StreamEndedException if no connection can be tried
   */
  CameraStream open(CameraConfig camera) throws StreamEndedException;
}
