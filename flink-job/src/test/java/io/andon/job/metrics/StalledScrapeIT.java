package io.andon.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StalledScrapeIT {
  /** The JDK's server gives an answer ten seconds. */
  @Test
  void aClientThatStopsReadingDoesNotKeepTheOthersFromTheirMetrics() throws Exception {
    AtomicInteger scrapes = new AtomicInteger();
    String page = "andon_lines 1\n".repeat(4_000_000);
    try (MetricsEndpoint endpoint =
            MetricsEndpoint.start(
                "127.0.0.1", "0", null, () -> scrapes.getAndIncrement() == 0 ? page : "fine 1\n");
        Socket stalled = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      stalled
          .getOutputStream()
          .write("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> scrapes.get() == 1);

      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + endpoint.port() + "/metrics"))
                      .timeout(Duration.ofMinutes(2))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("fine 1\n");
    }
  }
}
