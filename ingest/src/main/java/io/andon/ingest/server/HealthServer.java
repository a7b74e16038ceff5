package io.andon.ingest.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.andon.config.ConfigException;
import io.andon.config.Secret;
import io.andon.config.http.HttpTimeLimits;
import io.andon.config.tls.PemFiles;
import io.andon.ingest.settings.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Serves {@code /health/live} and {@code /health/ready} (200 or 503) and {@code /metrics} (the
 * Prometheus text format) over HTTP, or HTTPS where a certificate is given.
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
   * @throws IOException if the address or port can't be had, or certificate or key can't be used
   */
  public static HealthServer start(
      ServerConfig config, ServiceHealth health, Supplier<String> metrics) throws IOException {
    HttpTimeLimits.setDefaults();
    HttpServer server = server(config);
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

  private static HttpServer server(ServerConfig config) throws IOException {
    InetSocketAddress address = new InetSocketAddress(config.address(), config.port());
    ServerConfig.Tls tls = config.tls();
    if (tls == null) {
      return bound(HttpServer.create(), address, config);
    }
    try {
      Secret key = tls.key().resolve("server.tls.key");
      SSLContext context = PemFiles.server(Path.of(tls.certificate()), key.reveal());
      HttpsServer server = HttpsServer.create();
      bound(server, address, config);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      return server;
    } catch (ConfigException e) {
      throw new IOException(e.getMessage());
    } catch (GeneralSecurityException e) {
      throw new IOException("server.tls.key: " + e.getMessage());
    }
  }

  private static HttpServer bound(HttpServer server, InetSocketAddress address, ServerConfig config)
      throws IOException {
    try {
      server.bind(address, MOST_WAITING);
      return server;
    } catch (IOException e) {
      String where = config.address() + ":" + config.port();
      throw new IOException(
          "server.address and server.port, " + where + ", can't be had: " + e.getMessage(), e);
    }
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
