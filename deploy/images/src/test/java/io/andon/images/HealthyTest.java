package io.andon.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the images' health check says of an endpoint. */
class HealthyTest {
  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/live", 200);
    answer("/ready", 503);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(String path, int status) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  @Test
  void anAnswerOf200IsHealthyAndNoOther() throws Exception {
    // It gives an answer four seconds.
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> healthy("/live"));
    assertThat(healthy("/ready")).isFalse();
  }

  @Test
  void withoutAPathItIsEnoughThatSomebodyListens() throws Exception {
    assertThat(healthy()).isTrue();
    server.stop(0);
    assertThat(healthy()).isFalse();
  }

  private boolean healthy(String... path) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "root/opt/andon/bin/healthy"));
    command.add(Integer.toString(server.getAddress().getPort()));
    command.addAll(List.of(path));
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
