package io.andon.ingest.server;

import io.andon.ingest.camera.CameraStatus;
import java.util.Map;

/** What the health endpoints ask of the service. Thread-safe. */
public interface ServiceHealth {
  /** Whether every thread of the service still runs. */
  boolean isAlive();

  /** Whether the broker answered last time it was asked. */
  boolean isKafkaConnected();

  /** Each camera's status by its id, in the order of the configuration. */
  Map<String, CameraStatus> cameras();

  /** Frames that each camera's gate let go without their picture, since the start. */
  Map<String, Long> gatedFrames();
}
