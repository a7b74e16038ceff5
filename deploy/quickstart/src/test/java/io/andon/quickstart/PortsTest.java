package io.andon.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void everyTakenPortIsNamedWithTheOptionThatChangesIt() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      Ports ports = new Ports(first.getLocalPort(), 0, 0, 0, 0, second.getLocalPort());
      assertThat(ports.taken())
          .extracting(Ports.Taken::toString)
          .containsExactly(
              "port %d is in use; choose another by --kafka-port or ANDON_KAFKA_PORT"
                  .formatted(first.getLocalPort()),
              "port %d is in use; choose another by --flink-port or ANDON_FLINK_PORT"
                  .formatted(second.getLocalPort()));
    }
  }
}
