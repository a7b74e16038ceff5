package io.andon.ingest.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.andon.ingest.settings.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves {@code /health/live} and {@code /health/ready} (200 or 503) and {@code /metrics} (the
 * Prometheus text format) over HTTP.
 */
public final class HealthServer implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 16;

  private final HttpServer server;
  private final ExecutorService executor;

  private HealthServer(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Starts to listen.
   *
   * @param config where
   * @param health what to tell
   * @param metrics the metrics in Prometheus' text format
   * @throws IOException if the address or port can't be had
   */
  public static HealthServer start(
      ServerConfig config, ServiceHealth health, Supplier<String> metrics) throws IOException {
    InetSocketAddress address = new InetSocketAddress(config.address(), config.port());
    HttpServer server = HttpServer.create(address, MOST_WAITING);
    ExecutorService executor =
        Executors.newFixedThreadPool(THREADS, task -> daemon(task, "health-server"));
    server.setExecutor(executor);
    HealthServer started = new HealthServer(server, executor);
    server.createContext("/health/live", exchange -> live(exchange, health));
    server.createContext("/health/ready", exchange -> ready(exchange, health));
    server.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, metrics.get()));
    server.start();
    return started;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void live(HttpExchange exchange, ServiceHealth health) throws IOException {
    boolean alive = health.isAlive();
    answer(exchange, alive ? 200 : 503, JSON, "{\"alive\":" + alive + "}");
  }

  private static void ready(HttpExchange exchange, ServiceHealth health) throws IOException {
    String json = HealthJson.of(health, System.nanoTime()).toString();
    answer(exchange, HealthJson.isReady(health) ? 200 : 503, JSON, json);
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
