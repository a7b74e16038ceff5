package io.andon.ingest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.ingest.camera.CameraStatus;
import io.andon.ingest.settings.ServerConfig;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthServerTest {
  private static final ServiceHealth HEALTHY =
      new ServiceHealth() {
        @Override
        public boolean isAlive() {
          return true;
        }

        @Override
        public boolean isKafkaConnected() {
          return true;
        }

        @Override
        public Map<String, CameraStatus> cameras() {
          return Map.of();
        }

        @Override
        public Map<String, Long> gatedFrames() {
          return Map.of();
        }
      };

  @Test
  void aPortThatIsTakenIsNamedWithItsSettings() throws IOException {
    try (HealthServer first = start("127.0.0.1", 0)) {
      assertThat(first.port()).isPositive();
      assertThatThrownBy(() -> start("127.0.0.1", first.port()))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("server.address and server.port, 127.0.0.1:" + first.port())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamedWithItsSettings() {
    assertThatThrownBy(() -> start("192.0.2.1", 19401))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("server.address and server.port, 192.0.2.1:19401, can't be had: ");
  }

  private static HealthServer start(String address, int port) throws IOException {
    return HealthServer.start(new ServerConfig(address, port, null), HEALTHY, () -> "");
  }
}
