package io.andon.bench.evaluate;

import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.IngestConfig;

/** A camera as ingest is configured to by default, but for its gate. */
public final class GatedCamera {
  private GatedCamera() {}

  /**
   * The camera's settings.
   *
   * @param profile of the gate: {@code off}, {@code safe} or {@code aggressive}
   * @throws ConfigException if there is no such profile
   */
  public static CameraConfig of(String profile) throws ConfigException {
    String ingest =
        """
        kafka: {bootstrapServers: unused:1}
        cameras: [{id: gated, url: "rtsp://unused", gate: {profile: %s}}]
        """
            .formatted(profile);
    return ConfigLoader.load(ingest, "--gate", IngestConfig.SCHEMA, IngestConfig.class)
        .cameras()
        .get(0);
  }
}
