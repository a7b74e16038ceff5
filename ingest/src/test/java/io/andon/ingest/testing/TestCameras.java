package io.andon.ingest.testing;

import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.IngestConfig;

/** Configurations of a camera that nobody connects to. */
public final class TestCameras {
  private TestCameras() {}

  /**
   * A camera with the schema's defaults.
   *
   * @param more its other settings, each behind a comma; empty for none
   */
  public static CameraConfig with(String more) throws ConfigException {
    String yaml =
        "kafka: {bootstrapServers: x:1}\ncameras: [{id: a, url: \"rtsp://cam/live\""
            + more
            + "}]\n";
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class)
        .cameras()
        .get(0);
  }
}
