package io.andon.quickstart.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.andon.broker.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real Prometheus with the shipped configuration and rules; only the ports are others and a
 * second stands for a quarter of a minute.
 */
public final class Prometheus implements AutoCloseable {
  private static final long STOP_SECONDS = 10;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final Thread atExit;
  private final URI api;

  private Prometheus(Process process, URI api) {
    this.process = process;
    this.api = api;
    this.atExit = new Thread(process::destroyForcibly, "stop-prometheus");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts it; it may take a while to answer. */
  public static Prometheus start(Path folder, int ingestPort, int jobPort) throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    for (Path file : Deployed.files(Deployed.PROMETHEUS.resolve("rules"), ".yml")) {
      Files.copy(file, rules.resolve(file.getFileName()));
    }
    String shipped = Files.readString(Deployed.PROMETHEUS.resolve("prometheus.yml"));
    String config =
        shipped
            .replace("127.0.0.1:19401", "127.0.0.1:" + ingestPort)
            .replace("127.0.0.1:19402", "127.0.0.1:" + jobPort)
            .replace("_interval: 15s", "_interval: 1s");
    Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
    int port = FreePorts.take(1).get(0);
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    return new Prometheus(process, URI.create("http://127.0.0.1:" + port + "/api/v1/"));
  }

  /** Values of a query, those that are numbers; fails if Prometheus refuses it. */
  public List<Double> values(String query) throws IOException, InterruptedException {
    List<Double> values = new ArrayList<>();
    for (JsonNode sample : get("query?query=" + URLEncoder.encode(query, UTF_8)).path("result")) {
      double value =
          Double.parseDouble(sample.path("value").path(1).asText().replace("Inf", "Infinity"));
      if (!Double.isNaN(value)) {
        values.add(value);
      }
    }
    return values;
  }

  /** Health of each target: {@code up} or what is wrong. */
  public List<String> targets() throws IOException, InterruptedException {
    List<String> health = new ArrayList<>();
    get("targets?state=active")
        .path("activeTargets")
        .forEach(
            target ->
                health.add(target.path("health").asText() + target.path("lastError").asText()));
    return health;
  }

  /** What is wrong with each rule that can't be evaluated. */
  public List<String> ruleErrors() throws IOException, InterruptedException {
    List<String> errors = new ArrayList<>();
    for (JsonNode group : get("rules").path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        if (!rule.path("health").asText().equals("ok")) {
          errors.add(rule.path("name").asText() + ": " + rule.path("lastError").asText());
        }
      }
    }
    return errors;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(api.resolve(path)).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode body = json.readTree(answer.body());
    if (!body.path("status").asText().equals("success")) {
      throw new IllegalArgumentException(path + ": " + body.path("error").asText());
    }
    return body.path("data");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(); // it writes to a folder that is deleted next
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    if (!process.isAlive()) {
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
  }
}
