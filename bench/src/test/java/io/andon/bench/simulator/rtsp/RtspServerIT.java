package io.andon.bench.simulator.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.andon.bench.simulator.PictureSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The RTSP server with clients in processes of their own. */
class RtspServerIT {
  private static final int FPS = 15;
  private static final List<PictureSource> SOURCES =
      List.of(new MovingSquare("one", 320, 180), new MovingSquare("two", 322, 182));

  @Test
  void twoCamerasServeTheirClientsAtTheSameTime() throws Exception {
    try (RtspServer server = RtspServer.start(0, SOURCES, FPS, null)) {
      Process one = pull(server.addresses().get(0), 30, null);
      Process two = pull(server.addresses().get(1), 30, null);

      assertThat(exitCode(one)).isZero();
      assertThat(exitCode(two)).isZero();
      assertThat(server.framesShown("one")).isGreaterThanOrEqualTo(30);
      assertThat(server.framesShown("two")).isGreaterThanOrEqualTo(30);
    }
  }

  @Test
  void aCameraRestsBetweenClientsAndServesEachOfThem() throws Exception {
    try (RtspServer server = RtspServer.start(0, SOURCES, FPS, null)) {
      for (int round = 0; round < 5; round++) {
        assertThat(exitCode(pull(server.addresses().get(0), 5, null))).isZero();
        await()
            .atMost(Duration.ofSeconds(5))
            .untilAsserted(() -> assertThat(server.isWatched("one")).isFalse());
      }
      assertThat(server.framesShown("one")).isGreaterThanOrEqualTo(25);
      assertThat(server.framesShown("two")).isZero();
    }
  }

  @Test
  void onlyThoseWhoKnowThePasswordSee() throws Exception {
    RtspCredentials known = new RtspCredentials("viewer", "right");
    try (RtspServer server = RtspServer.start(0, SOURCES, FPS, known)) {
      String address = server.addresses().get(0);

      assertThat(exitCode(pull(address, 5, null))).isNotZero();
      assertThat(exitCode(pull(address, 5, new RtspCredentials("viewer", "wrong")))).isNotZero();
      assertThat(server.framesShown("one")).isZero();
      assertThat(exitCode(pull(address, 5, known))).isZero();
    }
  }

  @Test
  void closingWithAClientConnectedFreesThePort() throws Exception {
    RtspServer server = RtspServer.start(0, SOURCES, FPS, null);
    Process client = pull(server.addresses().get(0), 10_000, null);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(server.framesShown("one")).isGreaterThan(10));

    server.close();

    try (RtspServer next = RtspServer.start(server.port(), SOURCES, FPS, null)) {
      assertThat(next.port()).isEqualTo(server.port());
    }
    exitCode(client);
    server.close();
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> RtspServer.start(taken.getLocalPort(), SOURCES, FPS, null))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  private static Process pull(String address, int frames, @Nullable RtspCredentials who)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-q", "rtspsrc"));
    command.add("location=" + address);
    command.add("protocols=tcp");
    if (who != null) {
      command.add("user-id=" + who.user());
      command.add("user-pw=" + who.password());
    }
    command.addAll(List.of("!", "rtph264depay", "!", "avdec_h264", "!", "fakesink"));
    command.add("num-buffers=" + frames);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The client's exit code; a client that hangs is ended and counts as failed. */
  private static int exitCode(Process client) throws InterruptedException {
    if (!client.waitFor(20, TimeUnit.SECONDS)) {
      client.destroyForcibly();
    }
    return client.waitFor();
  }
}
