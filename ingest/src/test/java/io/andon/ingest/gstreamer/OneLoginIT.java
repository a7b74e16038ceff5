package io.andon.ingest.gstreamer;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A camera that refuses every login, and hears how often it is asked. */
class OneLoginIT {
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

  @TempDir private Path folder;
  private final List<String> logins = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic realm=\"camera\"",
        "Digest realm=\"camera\", nonce=\"5f1e\"",
        "Digest realm=\"camera\", nonce=\"5f1e\", algorithm=MD5, stale=\"TRUE\""
      })
  void aWrongPasswordIsTriedOnceAConnection(String challenge) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> refuse(server, challenge), "camera");
      thread.setDaemon(true);
      thread.start();
      Files.writeString(folder.resolve("password"), "wrong");
      CameraConfig camera = camera(server.getLocalPort(), folder);
      try (CameraStream stream =
          GStreamerCameras.load(List.of(camera), InstantSource.system()).open(camera)) {
        StreamEndedException end =
            catchThrowableOfType(
                StreamEndedException.class,
                () -> {
                  long startNanos = System.nanoTime();
                  while (System.nanoTime() - startNanos < PATIENCE_NANOS) {
                    stream.next(100);
                  }
                });

        assertThat(end.reason()).isEqualTo(StopReason.UNAUTHORIZED);
        assertThat(logins).hasSize(1);
      }
    }
  }

  /**
   * Connects as a service does that has no locale but C. Arguments: port, folder of the password.
   */
  public static void main(String[] args) throws Exception {
    CameraConfig camera = camera(Integer.parseInt(args[0]), Path.of(args[1]));
    try (CameraStream stream =
        GStreamerCameras.load(List.of(camera), InstantSource.system()).open(camera)) {
      stream.next(PATIENCE_NANOS / 1_000_000);
    }
  }

  @Test
  void aPasswordIsSentInUtf8WhateverTheLocale() throws Exception {
    Files.writeString(folder.resolve("password"), "Größe-1");
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> refuse(server, "Basic realm=\"camera\""), "camera");
      thread.setDaemon(true);
      thread.start();
      try (ChildJvm child =
          ChildJvm.start(
              folder.resolve("child.txt"),
              Map.of("LC_ALL", "C"),
              OneLoginIT.class,
              Integer.toString(server.getLocalPort()),
              folder.toString())) {
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> !logins.isEmpty() || !child.process().isAlive());
        assertThat(logins).as(child::output).isNotEmpty();
      }
    }
    String sent = logins.get(0).replace("Authorization: Basic ", "").strip();
    assertThat(new String(Base64.getDecoder().decode(sent), UTF_8)).isEqualTo("viewer:Größe-1");
  }

  private void refuse(ServerSocket server, String challenge) {
    while (true) {
      try (Socket client = server.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        String number = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.startsWith("CSeq:")) {
            number = line;
          } else if (line.startsWith("Authorization:")) {
            logins.add(line);
          } else if (line.isEmpty()) {
            String answer = "RTSP/1.0 401 Unauthorized\r\n" + number;
            String asks = "\r\nWWW-Authenticate: " + challenge + "\r\n\r\n";
            client.getOutputStream().write((answer + asks).getBytes(UTF_8));
          }
        }
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
      }
    }
  }

  private static CameraConfig camera(int port, Path folder) throws ConfigException {
    String yaml =
        "kafka: {bootstrapServers: x}\ncameras: [{id: a, url: \"rtsp://127.0.0.1:"
            + port
            + "/live\", credentials: {user: viewer, password: \"file:"
            + folder.resolve("password")
            + "\"}}]\n";
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class)
        .cameras()
        .get(0);
  }
}
