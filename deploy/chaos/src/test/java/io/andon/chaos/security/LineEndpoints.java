package io.andon.chaos.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * What the processes of a secured line can be asked, over TLS with a certificate of their
 * authority.
 */
final class LineEndpoints {
  static final Duration REQUEST = Duration.ofMinutes(2);
  static final ObjectMapper JSON = new ObjectMapper();

  private final SecuredLine line;
  private final HttpClient http;

  LineEndpoints(SecuredLine line, SSLContext client) {
    this.line = line;
    http = HttpClient.newBuilder().sslContext(client).build();
  }

  /** Adds what Flink, ingest and the TaskManager answer to everything that can be asked. */
  void gatherAnswers(SecretSearch search) throws Exception {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "/config",
                "/overview",
                "/jobs/overview",
                "/jobmanager/config",
                "/jobmanager/environment"));
    paths.addAll(List.of("/jobmanager/metrics", "/jobmanager/thread-dump", "/taskmanagers"));
    String job = "/jobs/" + jobId();
    for (String part :
        List.of(
            "",
            "/config",
            "/plan",
            "/exceptions",
            "/checkpoints",
            "/checkpoints/config",
            "/accumulators",
            "/jobmanager/config",
            "/jobmanager/environment")) {
      paths.add(job + part);
    }
    for (JsonNode vertex : JSON.readTree(get(rest(job))).path("vertices")) {
      paths.add(job + "/vertices/" + vertex.path("id").asText());
    }
    addLogs(paths, "/jobmanager");
    for (JsonNode manager : JSON.readTree(get(rest("/taskmanagers"))).path("taskmanagers")) {
      String path = "/taskmanagers/" + manager.path("id").asText();
      paths.addAll(List.of(path, path + "/metrics", path + "/thread-dump"));
      addLogs(paths, path);
    }
    for (String path : paths) {
      search.add("REST answers", path, get(rest(path)).getBytes(UTF_8));
    }
    for (URI uri : List.of(ingest("/metrics"), ingest("/health/ready"), taskManagerMetrics())) {
      search.add("metrics", uri.toString(), get(uri).getBytes(UTF_8));
    }
  }

  private void addLogs(List<String> paths, String of) throws Exception {
    for (JsonNode log : JSON.readTree(get(rest(of + "/logs"))).path("logs")) {
      paths.add(of + "/logs/" + log.path("name").asText());
    }
  }

  /** Adds how every process was started. */
  void gatherCommandLines(SecretSearch search) throws Exception {
    assertThat(line.processes()).hasSizeGreaterThanOrEqualTo(4);
    for (ProcessHandle process : line.processes()) {
      search.add("command lines", "" + process.pid(), commandLine(process).getBytes(UTF_8));
    }
  }

  /** How a process was started. */
  static String commandLine(ProcessHandle process) throws IOException {
    return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"));
  }

  /** The job that runs. */
  String jobId() throws Exception {
    for (JsonNode job : JSON.readTree(get(rest("/jobs/overview"))).path("jobs")) {
      if (job.path("state").asText().equals("RUNNING")) {
        return job.path("jid").asText();
      }
    }
    throw new AssertionError("no job runs");
  }

  /** Of ingest's own endpoint. */
  URI ingest(String path) {
    return URI.create("https://127.0.0.1:" + line.ingestPort() + path);
  }

  /** Of Flink's REST. */
  URI rest(String path) {
    return URI.create("https://127.0.0.1:" + line.cluster().ports().rest() + path);
  }

  /** The TaskManager's endpoint: ports are taken in the order of starting. */
  URI taskManagerMetrics() throws Exception {
    int first = line.cluster().ports().metrics();
    for (int port = first; port < first + 2; port++) {
      URI uri = URI.create("https://127.0.0.1:" + port + "/metrics");
      if (get(uri).contains("flink_taskmanager_job_task")) {
        return uri;
      }
    }
    throw new AssertionError("no TaskManager serves metrics");
  }

  /** The same without TLS. */
  static URI plain(URI secured) {
    return URI.create("http" + secured.toString().substring("https".length()));
  }

  /** The answer of something that must answer. */
  String get(URI uri) throws IOException, InterruptedException {
    HttpResponse<String> response = send(uri);
    assertThat(response.statusCode()).as(uri.toString()).isEqualTo(200);
    return response.body();
  }

  /** Asks as a client that is believed. */
  HttpResponse<String> send(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(REQUEST).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
