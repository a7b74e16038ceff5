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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras that ask for a login, and hear how often it is tried. */
class LoginGuardIT {
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

  @TempDir private Path folder;
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private final AtomicInteger described = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic realm=\"camera\"",
        "Digest realm=\"camera\", nonce=\"5f1e\"",
        "Digest realm=\"camera\", nonce=\"5f1e\", algorithm=MD5, stale=\"TRUE\""
      })
  void aWrongPasswordIsTriedTwiceAConnectionAtMost(String challenge) throws Exception {
    assertThat(end(challenge, false)).isEqualTo(StopReason.UNAUTHORIZED);
    assertThat(logins).hasSizeBetween(1, 2);
  }

  @Test
  void aCameraThatClosesTheConnectionWhenItAsksForALoginGetsIt() throws Exception {
    assertThat(end("Basic realm=\"camera\"", true)).isEqualTo(StopReason.NOT_FOUND);
    assertThat(logins).hasSize(1);
  }

  @Test
  void aCameraThatSendsElsewhereWithoutEndIsLeft() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      StopReason reason = end(server, () -> redirect(server));

      assertThat(reason).isEqualTo(StopReason.STREAM_ERROR);
      assertThat(described).hasValueBetween(2, 16);
    }
  }

  /** How a connection to a camera ends. */
  private StopReason end(String challenge, boolean closes) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return end(server, () -> answer(server, challenge, closes));
    }
  }

  private StopReason end(ServerSocket server, Runnable answering) throws Exception {
    Thread thread = new Thread(answering, "camera");
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

      return end.reason();
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
      Thread thread = new Thread(() -> answer(server, "Basic realm=\"camera\"", false), "camera");
      thread.setDaemon(true);
      thread.start();
      try (ChildJvm child =
          ChildJvm.start(
              folder.resolve("child.txt"),
              Map.of("LC_ALL", "C"),
              LoginGuardIT.class,
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

  /** A camera whose stream is always at another address. */
  private void redirect(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        String status = "200 OK";
        String number = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.startsWith("DESCRIBE ")) {
            status =
                String.format(
                    "302 Moved Temporarily\r\nLocation: rtsp://127.0.0.1:%d/%d",
                    server.getLocalPort(), described.incrementAndGet());
          } else if (line.startsWith("CSeq:")) {
            number = line;
          } else if (line.isEmpty()) {
            client
                .getOutputStream()
                .write(("RTSP/1.0 " + status + "\r\n" + number + "\r\n\r\n").getBytes(UTF_8));
            status = "200 OK";
          }
        }
      } catch (IOException e) {
        // The connection or the server was closed; the condition tells which.
      }
    }
  }

  /**
   * A camera that refuses every login; or one that takes it, has no such stream, and closes the
   * connection each time that it asks for a login.
   */
  private void answer(ServerSocket server, String challenge, boolean closes) {
    while (true) {
      try (Socket client = server.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        String number = "";
        String login = "";
        boolean open = true;
        for (String line = in.readLine(); open && line != null; line = in.readLine()) {
          if (line.startsWith("CSeq:")) {
            number = line;
          } else if (line.startsWith("Authorization:")) {
            login = line; // the same twice where a request is sent again
          } else if (line.isEmpty()) {
            boolean asked = !login.isEmpty();
            if (asked) {
              logins.add(login);
              login = "";
            }
            String answer =
                asked && closes
                    ? "RTSP/1.0 404 Not Found\r\n" + number
                    : "RTSP/1.0 401 Unauthorized\r\n"
                        + number
                        + "\r\nWWW-Authenticate: "
                        + challenge;
            client.getOutputStream().write((answer + "\r\n\r\n").getBytes(UTF_8));
            open = !closes || asked;
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
        "kafka: {bootstrapServers: x:1}\ncameras: [{id: a, url: \"rtsp://127.0.0.1:"
            + port
            + "/live\", credentials: {user: viewer, password: \"file:"
            + folder.resolve("password")
            + "\"}}]\n";
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class)
        .cameras()
        .get(0);
  }
}
