package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.ingest.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class TcpProbeTest {
  @Test
  void tellsAPortThatTakesConnectionsFromOneThatIsClosed() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      assertThat(TcpProbe.of("rtsp://127.0.0.1:" + port + "/live"))
          .isEqualTo("TCP to port " + port + ": connects");
    }
    assertThat(TcpProbe.of("rtsp://127.0.0.1:" + Ports.free() + "/live"))
        .endsWith(": Connection refused");
  }

  @Test
  void tellsAHostThatNobodyKnows() {
    // No label is that long, so that no name server need be asked.
    String host = "x".repeat(64) + ".invalid";

    assertThat(TcpProbe.of("rtsp://" + host + "/a=b")).isEqualTo("TCP to port 554: no such host");
    assertThat(TcpProbe.of("rtsps://" + host)).isEqualTo("TCP to port 322: no such host");
  }
}
