package io.andon.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void everyPortThatCannotBeUsedIsNamedWithTheOptionThatChangesIt() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
      Ports ports = new Ports(taken.getLocalPort(), 0, 65_536, -1, 99_999, taken.getLocalPort());
      assertThat(ports.problems())
          .containsExactly(
              "port %d is in use; choose another by --kafka-port or ANDON_KAFKA_PORT"
                  .formatted(taken.getLocalPort()),
              "port 0 is not between 1 and 65535; choose another by --controller-port or"
                  + " ANDON_CONTROLLER_PORT",
              "port 65536 is not between 1 and 65535; choose another by --rtsp-port or"
                  + " ANDON_RTSP_PORT",
              "port -1 is not between 1 and 65535; choose another by --ingest-port or"
                  + " ANDON_INGEST_PORT",
              "port 99999 is not between 1 and 65535; choose another by --job-port or"
                  + " ANDON_JOB_PORT",
              "port %d is given twice; choose another by --flink-port or ANDON_FLINK_PORT"
                  .formatted(taken.getLocalPort()));
    }
  }
}
