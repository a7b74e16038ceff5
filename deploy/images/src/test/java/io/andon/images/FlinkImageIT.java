package io.andon.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.andon.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Flink image's files and start commands: the job in application mode with the settings of
 * deploy/kubernetes, but for what only Kubernetes has (high availability, object storage, Secrets).
 */
@Timeout(1800)
class FlinkImageIT {
  private static final String LIBRARIES = "opt/flink/(lib|plugins/[a-z0-9-]+)/.*\\.jar";
  private static final String JOB = "00000000000000000000000000a17d01";
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Layout image = new Layout(Path.of(""));
  private static Layout ingest = new Layout(Path.of(""));

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void layOut() throws Exception {
    image = Layout.install("flink", folder.resolve("root"));
    ingest = Layout.install("ingest", folder.resolve("ingest-root"));
  }

  @Test
  void itHoldsWhatIsListedBesideItsLibraries() throws IOException {
    Set<String> files = image.files();

    assertThat(files)
        .filteredOn(file -> !file.matches(LIBRARIES))
        .containsExactlyInAnyOrderElementsOf(Layout.expected("flink"));
    assertThat(files)
        .anyMatch(file -> file.startsWith("opt/flink/lib/flink-kubernetes-"))
        .anyMatch(file -> file.startsWith("opt/flink/lib/flink-container-"))
        .anyMatch(file -> file.startsWith("opt/flink/plugins/s3-fs-hadoop/flink-s3-fs-hadoop-"));
    assertThat(image.isReadableForEverybody()).isTrue();
  }

  @Test
  void itsLibrariesAreThoseOfItsBills() throws IOException {
    assertThat(image.files())
        .filteredOn(file -> file.matches(LIBRARIES))
        .extracting(file -> file.replaceFirst(".*/", ""))
        .containsExactlyInAnyOrderElementsOf(image.jars("andon-flink.cdx.json"));
    assertThat(image.jars("andon-job.cdx.json"))
        .anyMatch(jar -> jar.startsWith("kafka-clients-"))
        .anyMatch(jar -> jar.matches("andon-detection-\\d.*"))
        .anyMatch(jar -> jar.startsWith("andon-detection-vector-"));
  }

  @Test
  void theJobRunsStopsAndGoesOnFromItsSavepoint() throws Exception {
    FlinkPorts flink = FlinkPorts.take();
    Path job = job(flink.broker());
    Map<String, Object> before = image.state();
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(folder.resolve("broker"), flink.broker(), flink.controller())) {
      topics(broker.bootstrapServers());
      try (Started worker = taskManager(flink)) {
        String savepoint = runAndStop(flink, job, worker);
        try (Started again =
            jobManager("again", flink, job, Map.of("ANDON_RESTORE_FROM", savepoint))) {
          awaitCheckpoint(flink, again);
          JsonNode restored =
              get(flink, "/jobs/" + JOB + "/checkpoints").at("/latest/restored/external_path");
          assertThat(restored.asText()).isEqualTo(savepoint);
        }
        assertThat(worker.isAlive()).as(worker.output()).isTrue();
      }
    }
    assertThat(image.state()).as("nothing was written below the root").isEqualTo(before);
  }

  /** There is no worker, and it may not wait for one: what would start it again is turned off. */
  @Test
  void aJobManagerWaitsForTopicsAndEndsWithZeroWhenItsJobFailedForGood() throws Exception {
    FlinkPorts flink = FlinkPorts.take();
    Path job = job(flink.broker());
    try (Started manager =
            jobManager(
                "failing",
                flink,
                job,
                Map.of(),
                List.of("-Drestart-strategy.type=none", "-Dslot.request.timeout=1000"));
        EmbeddedBroker broker =
            EmbeddedBroker.start(folder.resolve("late"), flink.broker(), flink.controller())) {
      await()
          .atMost(LIMIT)
          .failFast("it ended", () -> requireAlive(manager))
          .until(() -> manager.output().contains("topic andon.frames is missing"));
      topics(broker.bootstrapServers());

      assertThat(manager.status()).as(manager.output()).isZero();
      assertThat(manager.output())
          .contains("exit code 1443")
          .contains("flink-process: the job has failed for good");
    }
  }

  @Test
  void aJobManagerThatIsEndedSaysSo() throws Exception {
    FlinkPorts flink = FlinkPorts.take();
    try (Started manager = jobManager("ended", flink, job(flink.broker()), Map.of())) {
      await()
          .atMost(LIMIT)
          .failFast("it ended", () -> requireAlive(manager))
          .until(() -> manager.output().contains("gave no answer"));

      assertThat(manager.stop()).as(manager.output()).isEqualTo(128 + 15);
      assertThat(manager.output()).contains("RECEIVED SIGNAL 15: SIGTERM");
    }
  }

  private String runAndStop(FlinkPorts flink, Path job, Started worker) throws Exception {
    try (Started manager = jobManager("jobmanager", flink, job, Map.of())) {
      awaitCheckpoint(flink, manager);
      for (int port : List.of(flink.managerMetrics(), flink.workerMetrics())) {
        // The check gives an answer four seconds.
        await().atMost(LIMIT).until(() -> healthy(port, "/metrics"));
      }
      assertThat(manager.output()).contains("s3-fs-hadoop");
      assertThat(worker.isAlive()).as(worker.output()).isTrue();
      // With AVX2 the job jar has to bring vectors, and the TaskManager the option for them.
      assertThat(worker.output())
          .contains("detection computes by " + (hasAvx2() ? "Vector API" : "plain loops"));
      stopWithSavepoint(flink);
      // A Job of Kubernetes whose pod ends with 0 is done, and is not started again.
      assertThat(manager.status()).as(manager.output()).isZero();
    }
    try (Stream<Path> files = Files.walk(folder.resolve("savepoints"))) {
      Path metadata = files.filter(f -> f.endsWith("_metadata")).findFirst().orElseThrow();
      return "file:" + metadata.getParent();
    }
  }

  private static boolean hasAvx2() throws IOException {
    return Files.readString(Path.of("/proc/cpuinfo")).contains(" avx2 ");
  }

  private static void stopWithSavepoint(FlinkPorts flink) throws Exception {
    List<String> command = image.program("flink-process", "flink", "stop");
    List<String> options =
        List.of(
            "-Dhigh-availability.type=NONE",
            "-Drest.address=127.0.0.1",
            "-Drest.port=" + flink.rest(),
            "--savepointPath",
            "file:" + folder.resolve("savepoints"),
            JOB);
    try (Started stop = start("stop", Map.of(), Stream.of(command, options))) {
      assertThat(stop.status()).as(stop.output()).isZero();
    }
  }

  private static Started taskManager(FlinkPorts flink) throws IOException {
    return start(
        "taskmanager",
        Map.of(),
        Stream.of(
            image.program("flink-process", "taskmanager"), settings(flink, flink.workerMetrics())));
  }

  private static Started jobManager(
      String log, FlinkPorts flink, Path job, Map<String, String> environment) throws IOException {
    return jobManager(log, flink, job, environment, List.of());
  }

  private static Started jobManager(
      String log,
      FlinkPorts flink,
      Path job,
      Map<String, String> environment,
      List<String> moreSettings)
      throws IOException {
    return start(
        log,
        environment,
        Stream.of(
            image.program("flink-process", "standalone-job", "--job-id", JOB),
            List.of("--jars", "local://" + image.opt("andon/job/andon-job.jar")),
            settings(flink, flink.managerMetrics()),
            moreSettings,
            List.of("--", "--config", job.toString(), "--wait")));
  }

  private static Started start(
      String log, Map<String, String> environment, Stream<List<String>> words) throws IOException {
    Map<String, String> all = new HashMap<>(environment());
    all.putAll(environment);
    List<String> command = words.flatMap(List::stream).toList();
    return Started.of(folder.resolve(log + ".log"), all, command);
  }

  private static Map<String, String> environment() {
    return Map.of(
        "HOME", "/nonexistent",
        "FLINK_CONF_DIR", Layout.CHECKOUT.resolve("deploy/kubernetes/flink/conf").toString(),
        "ANDON_TMP", folder.toString());
  }

  private static Path job(int kafka) throws IOException {
    return Files.writeString(
        folder.resolve("job.yaml"),
        """
        kafka: {bootstrapServers: "127.0.0.1:%d"}
        model: {directory: "%s"}
        flink: {checkpointIntervalMillis: 1000, checkpointDirectory: "file:%s"}
        """
            .formatted(kafka, image.opt("andon/models"), folder.resolve("checkpoints")));
  }

  private static void topics(String bootstrapServers) throws Exception {
    try (Started topics =
        Started.of(
            folder.resolve("topics.log"),
            Map.of(),
            ingest.program("ingest", "topics", "--bootstrap-servers", bootstrapServers))) {
      assertThat(topics.status()).as(topics.output()).isZero();
      assertThat(topics.output()).contains("created andon.frames");
    }
  }

  private void awaitCheckpoint(FlinkPorts flink, Started manager) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .failFast("it ended", () -> requireAlive(manager))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> get(flink, "/jobs/" + JOB + "/checkpoints").at("/counts/completed").asInt() > 0);
  }

  private static void requireAlive(Started process) {
    assertThat(process.isAlive()).as(process.output()).isTrue();
  }

  private JsonNode get(FlinkPorts flink, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + flink.rest() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static boolean healthy(int port, String path) throws Exception {
    try (Started check =
        Started.of(
            folder.resolve("healthy.log"),
            Map.of(),
            image.program("healthy", Integer.toString(port), path))) {
      return check.status() == 0;
    }
  }

  /** What is otherwise here than on Kubernetes: no API server, no object storage. */
  private static List<String> settings(FlinkPorts flink, int metrics) {
    return Stream.concat(
            flink.settings(metrics, folder).stream(),
            Stream.of(
                "-Dhigh-availability.type=NONE",
                "-Dexecution.checkpointing.dir=file:" + folder.resolve("checkpoints"),
                "-Dexecution.checkpointing.savepoint-dir=file:" + folder.resolve("savepoints")))
        .toList();
  }
}
