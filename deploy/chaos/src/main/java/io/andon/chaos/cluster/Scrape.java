package io.andon.chaos.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads the processes' Prometheus endpoints. */
public final class Scrape {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Scrape() {}

  /** Sum of a metric over all processes and labels; 0 where nobody has it. */
  public static double sum(ClusterPorts ports, String metric) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    double sum = 0;
    for (int i = 0; i < ClusterPorts.METRICS; i++) {
      URI uri = URI.create("http://127.0.0.1:" + (ports.metrics() + i) + "/metrics");
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
      try {
        sum += sum(client.send(request, HttpResponse.BodyHandlers.ofString()).body(), metric);
      } catch (IOException noProcessThere) {
        // ports of the range are taken one after the other
      }
    }
    return sum;
  }

  private static double sum(String page, String metric) {
    return page.lines()
        .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
