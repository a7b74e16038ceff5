package io.andon.job.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.andon.config.http.HttpTimeLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Serves {@code /metrics} in Prometheus' text format. */
final class MetricsEndpoint implements AutoCloseable {
  private static final int BACKLOG = 16;

  private final HttpServer server;
  private final ExecutorService thread;

  private MetricsEndpoint(HttpServer server, Supplier<String> scrape) {
    this.server = server;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "andon-metrics");
              made.setDaemon(true);
              return made;
            });
    server.setExecutor(thread);
    server.createContext("/metrics", exchange -> answer(exchange, scrape));
    server.start();
  }

  /**
   * Binds to the first free port of a range.
   *
   * @param ports {@code 19402} or {@code 19402-19410}
   * @param tls what the endpoint proves itself by; null for plain HTTP
   */
  static MetricsEndpoint start(
      String host, String ports, @Nullable SSLContext tls, Supplier<String> scrape) {
    HttpTimeLimits.setDefaults();
    String[] range = ports.split("-", 2);
    int last = Integer.parseInt(range[range.length - 1].trim());
    for (int port = Integer.parseInt(range[0].trim()); ; port++) {
      try {
        return new MetricsEndpoint(server(new InetSocketAddress(host, port), tls), scrape);
      } catch (BindException e) {
        if (port >= last) {
          throw new UncheckedIOException("metrics can't bind to " + host + ":" + ports, e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("metrics can't bind to " + host + ":" + port, e);
      }
    }
  }

  private static HttpServer server(InetSocketAddress address, @Nullable SSLContext tls)
      throws IOException {
    if (tls == null) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private static void answer(HttpExchange exchange, Supplier<String> scrape) throws IOException {
    try (exchange) {
      byte[] body = scrape.get().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
