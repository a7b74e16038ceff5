package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.ingest.camera.CameraStream;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.IngestConfig;
import io.andon.ingest.testing.ChildJvm;
import io.andon.ingest.testing.Ports;
import io.andon.ingest.testing.RtspTestServer;
import io.andon.ingest.testing.TcpRelay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RtspStreamIT {
  private static final long PATIENCE_MILLIS = 60_000;

  @TempDir Path folder;

  @Test
  void aResetOfARunningStreamIsNoCameraThatCanNotBeReached() throws Exception {
    int port = Ports.free();
    try (ChildJvm server = rtspServer(port);
        TcpRelay relay = new TcpRelay(port)) {
      assertThat(server.process().isAlive()).isTrue();
      CameraConfig camera = camera(relay.port());
      try (CameraStream stream =
          GStreamerCameras.load(List.of(camera), InstantSource.system()).open(camera)) {
        assertThat(stream.next(PATIENCE_MILLIS)).isNotNull();

        relay.reset();

        StreamEndedException end = end(stream);
        assertThat(end.reason()).isEqualTo(StopReason.END_OF_STREAM);
        assertThat(end.detail()).contains("Could not receive message");
      }
    }
  }

  private static StreamEndedException end(CameraStream stream) {
    return catchThrowableOfType(
        StreamEndedException.class,
        () -> {
          long deadlineNanos = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
          while (System.nanoTime() < deadlineNanos) {
            stream.next(100); // pictures that were on their way
          }
        });
  }

  private ChildJvm rtspServer(int port) throws Exception {
    ChildJvm server =
        ChildJvm.start(
            folder.resolve("server.txt"),
            Map.of(),
            RtspTestServer.class,
            Integer.toString(port),
            "320",
            "240");
    await()
        .atMost(Duration.ofMillis(PATIENCE_MILLIS))
        .until(() -> server.output().contains("READY"));
    return server;
  }

  private static CameraConfig camera(int port) throws ConfigException {
    String yaml =
        "kafka: {bootstrapServers: x}\ncameras: [{id: a, url: \"rtsp://127.0.0.1:"
            + port
            + "/live\"}]\n";
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class)
        .cameras()
        .get(0);
  }
}
