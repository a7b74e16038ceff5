package io.andon.bench.simulator.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.andon.bench.simulator.PictureSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The RTSP server with clients in processes of their own. */
class RtspServerIT {
  private static final int FPS = 15;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<PictureSource> SOURCES =
      List.of(new MovingSquare("one", 320, 180), new MovingSquare("two", 322, 182));

  @TempDir Path outputs;

  @Test
  void twoCamerasServeTheirClientsAtTheSameTime() throws Exception {
    try (RtspServer server = RtspServer.start(0, SOURCES, FPS, null)) {
      Client one = pull(server.addresses().get(0), 30, null);
      Client two = pull(server.addresses().get(1), 30, null);

      assertThat(one.framesSeen()).isEqualTo(30);
      assertThat(two.framesSeen()).isEqualTo(30);
      assertThat(server.framesShown("one")).isGreaterThanOrEqualTo(30);
      assertThat(server.framesShown("two")).isGreaterThanOrEqualTo(30);
    }
  }

  @Test
  void aCameraRestsBetweenClientsAndServesEachOfThem() throws Exception {
    try (RtspServer server = RtspServer.start(0, SOURCES, FPS, null)) {
      for (int round = 0; round < 5; round++) {
        assertThat(pull(server.addresses().get(0), 5, null).framesSeen()).isEqualTo(5);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.isWatched("one")).isFalse());
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

      assertThat(pull(address, 5, null).framesSeen()).isZero();
      assertThat(pull(address, 5, new RtspCredentials("viewer", "wrong")).framesSeen()).isZero();
      assertThat(server.framesShown("one")).isZero();
      assertThat(pull(address, 5, known).framesSeen()).isEqualTo(5);
    }
  }

  @Test
  void closingWithAClientConnectedFreesThePort() throws Exception {
    RtspServer server = RtspServer.start(0, SOURCES, FPS, null);
    Client client = pull(server.addresses().get(0), 10_000, null);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(server.framesShown("one")).isGreaterThan(10));

    server.close();

    try (RtspServer next = RtspServer.start(server.port(), SOURCES, FPS, null)) {
      assertThat(next.port()).isEqualTo(server.port());
    }
    client.end();
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

  private Client pull(String address, int frames, @Nullable RtspCredentials who)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-v", "rtspsrc"));
    command.add("location=" + address);
    command.add("protocols=tcp");
    if (who != null) {
      command.add("user-id=" + who.user());
      command.add("user-pw=" + who.password());
    }
    command.addAll(
        List.of("!", "rtph264depay", "!", "avdec_h264", "!", "fakesink", "silent=false"));
    command.add("num-buffers=" + frames);
    Path output = Files.createTempFile(outputs, "client", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Client(process, output);
  }

  /**
   * A client that ends after some frames. Its exit code tells nothing: leaving, it may cut its own
   * request to pause short and call that an error.
   */
  private record Client(Process process, Path output) {
    /** Decoded frames it has seen once it has ended; one that hangs is ended. */
    int framesSeen() throws InterruptedException, IOException {
      end();
      try (Stream<String> lines = Files.lines(output)) {
        return (int) lines.filter(line -> line.contains("chain   *****")).count();
      }
    }

    void end() throws InterruptedException {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      process.waitFor();
    }
  }
}
