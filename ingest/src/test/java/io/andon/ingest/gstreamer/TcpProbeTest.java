package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.andon.broker.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TcpProbeTest {
  @Test
  void tellsAPortThatTakesConnectionsFromOneThatIsClosed() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      assertThat(TcpProbe.of("rtsp://127.0.0.1:" + port + "/live"))
          .isEqualTo("TCP to port " + port + ": connects");
    }
    assertThat(TcpProbe.of("rtsp://127.0.0.1:" + FreePorts.one() + "/live"))
        .endsWith(": Connection refused");
  }

  @Test
  void looksUpNamesAsTheyAreInHostsFiles() {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    TcpProbe.Names names =
        host -> {
          asked.add(host);
          throw new UnknownHostException();
        };

    // Other look-ups may be under way still.
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              TcpProbe.of("rtsp://cam_press_1:8554/{live}", names);
              return asked.contains("cam_press_1");
            });
  }

  @Test
  void tellsAHostThatNobodyKnows() {
    // No label is that long, so that no name server need be asked.
    String host = "x".repeat(64) + ".invalid";

    assertThat(inTime("rtsp://" + host + "/a=b")).isEqualTo("TCP to port 554: no such host");
    assertThat(inTime("rtsps://" + host)).isEqualTo("TCP to port 322: no such host");
  }

  /** What is said of an address once the machine was not too busy to look its name up in time. */
  private static String inTime(String url) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> TcpProbe.of(url), said -> !said.contains("not found within"));
  }

  @Test
  @Timeout(120)
  void doesNotWaitForNamesThatTakeLongHoweverManyDo() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService cameras = Executors.newCachedThreadPool();
    TcpProbe.Names slow =
        host -> {
          assertThatCode(end::await).doesNotThrowAnyException();
          throw new UnknownHostException();
        };
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Future<String>> met =
          cameras.invokeAll(
              Collections.nCopies(20, () -> TcpProbe.of("rtsp://cam.example/live", slow)));
      List<String> told = new ArrayList<>();
      for (Future<String> each : met) {
        told.add(each.get());
      }
      assertThat(told)
          .filteredOn("TCP to port 554: its name is not found within 1000 ms"::equals)
          .hasSize(8);
      assertThat(told)
          .filteredOn("TCP to port 554: its name was not looked up, since 8 others are"::equals)
          .hasSize(12);
      assertThat(TcpProbe.of("rtsp://127.0.0.1:" + server.getLocalPort() + "/live"))
          .as("an address in figures needs no name server")
          .endsWith(": connects");
    } finally {
      end.countDown();
      cameras.shutdownNow();
    }
  }
}
