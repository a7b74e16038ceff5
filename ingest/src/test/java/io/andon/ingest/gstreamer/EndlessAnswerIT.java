package io.andon.ingest.gstreamer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.ingest.camera.CameraListener;
import io.andon.ingest.camera.CameraWorker;
import io.andon.ingest.camera.OutgoingFrame;
import io.andon.ingest.camera.PlayNumbers;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.gate.I420Picture;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.IngestConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A camera that begins to answer and never comes to an end, by which GStreamer can't be ended. */
class EndlessAnswerIT {
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<StopReason> told = new CopyOnWriteArrayList<>();

  @Test
  void itIsToldAndConnectedToAgainBesideTheConnectionThatHangs() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      daemon(() -> accept(server));
      CameraConfig camera = camera(server.getLocalPort());
      InstantSource clock = InstantSource.system();
      CameraWorker worker =
          new CameraWorker(
              camera,
              GStreamerCameras.load(List.of(camera), clock),
              new Told(),
              new PlayNumbers(clock),
              (reason, attempt) -> 0,
              clock,
              System::nanoTime);
      Thread thread = daemon(worker);

      await().atMost(Duration.ofMinutes(1)).until(() -> connections.size() == 2);
      assertThat(told).containsExactly(StopReason.STALL);

      for (Socket connection : connections) {
        connection.close();
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> connections.size() > 2);
      worker.close();
      for (Socket connection : connections) {
        connection.close();
      }
      thread.join(Duration.ofMinutes(1).toMillis());
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connections.add(connection);
        daemon(() -> answer(connection));
      } catch (IOException e) {
        // The server was closed.
      }
    }
  }

  private static void answer(Socket connection) {
    try {
      connection.getInputStream().read();
      connection.getOutputStream().write("RTSP/1.0 200 OK\r\nCSeq: 1\r\n".getBytes(UTF_8));
      while (true) {
        connection.getOutputStream().write("X: and so on\r\n".getBytes(UTF_8));
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (IOException | InterruptedException e) {
      // The connection was closed.
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "camera");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static CameraConfig camera(int port) throws ConfigException {
    String yaml =
        "kafka: {bootstrapServers: x:1}\ncameras: [{id: a, firstFrameMillis: 500, url:"
            + " \"rtsp://127.0.0.1:"
            + port
            + "/live\"}]\n";
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class)
        .cameras()
        .get(0);
  }

  private final class Told implements CameraListener {
    @Override
    public void captured(CameraConfig of, OutgoingFrame frame, @Nullable I420Picture pixels) {}

    @Override
    public void late(CameraConfig of, int bytes) {}

    @Override
    public void unfounded(CameraConfig of, int bytes) {}

    @Override
    public void up(CameraConfig of, long play) {}

    @Override
    public void down(CameraConfig of, long play, StopReason reason, String detail) {
      told.add(reason);
    }

    @Override
    public void reconnecting(CameraConfig of, StopReason reason) {}
  }
}
