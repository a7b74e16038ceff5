package io.andon.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.andon.broker.EmbeddedBroker;
import io.andon.images.standin.ConfigMaps;
import io.andon.images.standin.ObjectStorage;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job with high availability by ConfigMaps and everything that outlives a pod in object
 * storage, as deploy/kubernetes has it, against stand-ins for both.
 */
@Timeout(1800)
class HighAvailabilityIT {
  private static final String JOB = "00000000000000000000000000a17d01";
  private static final String ACCESS_KEY = "andons-access-key";

  private static final Pattern LABELS = Pattern.compile("delete configmap -l (\\S+)");
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Layout image = new Layout(Path.of(""));
  private static Layout ingest = new Layout(Path.of(""));

  @SuppressWarnings("NullAway.Init") // made before all tests
  private static ObjectStorage storage;

  @SuppressWarnings("NullAway.Init") // made before all tests
  private static ConfigMaps api;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void prepare() throws Exception {
    image = Layout.install("flink", folder.resolve("root"));
    ingest = Layout.install("ingest", folder.resolve("ingest-root"));
    storage = ObjectStorage.start(ACCESS_KEY);
    api = ConfigMaps.start("andon");
    Files.writeString(folder.resolve("kubeconfig"), api.kubeconfig());
    Path shipped = Layout.CHECKOUT.resolve("deploy/kubernetes/flink/conf/config.yaml");
    String settings = Files.readString(shipped);
    assertThat(settings).contains("https://object-storage.example");
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("config.yaml"),
        settings.replace("https://object-storage.example", storage.endpoint()));
  }

  @AfterAll
  static void close() {
    api.close();
    storage.close();
  }

  @Test
  void anotherJobManagerGoesOnAndASavepointIsWhereTheNextBegins() throws Exception {
    FlinkPorts flink = FlinkPorts.take();
    Path job = job(flink.broker());
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(folder.resolve("broker"), flink.broker(), flink.controller());
        Started topics = topics(broker)) {
      assertThat(topics.status()).as(topics.output()).isZero();
      try (Started worker = taskManager(flink)) {
        try (Started killed = jobManager("killed", flink, job, Map.of())) {
          awaitCheckpoint(flink, killed);
          killed.kill();
        }
        assertThat(storage.names())
            .anyMatch(name -> name.startsWith("andon/ha/"))
            .anyMatch(name -> name.startsWith("andon/checkpoints/" + JOB + "/chk-"));
        assertThat(api.names("")).hasSize(2);
        assertThat(api.names(labels())).as("what the guide deletes").isEqualTo(api.names(""));
        String savepoint;
        try (Started next = jobManager("next", flink, job, Map.of())) {
          awaitCheckpoint(flink, next);
          assertThat(restoredFrom(flink)).startsWith("s3://andon/checkpoints/" + JOB + "/chk-");
          savepoint = stop();
          assertThat(next.status()).as(next.output()).isZero();
        }
        assertThat(api.names("")).as("forgotten with the job").isEmpty();
        try (Started last =
            jobManager("last", flink, job, Map.of("ANDON_RESTORE_FROM", savepoint))) {
          awaitCheckpoint(flink, last);
          assertThat(restoredFrom(flink)).isEqualTo(savepoint);
        }
        assertThat(worker.isAlive()).as(worker.output()).isTrue();
      }
    }
    assertThat(api.refused()).as("nothing but ConfigMaps is anybody's right").isEmpty();
  }

  @Test
  void aReplayLooksForSnapshotsInObjectStorage() throws Exception {
    FlinkPorts flink = FlinkPorts.take();
    Path job = job(flink.broker());
    Path event =
        Files.writeString(
            folder.resolve("event.json"),
            Files.readAllLines(
                    Layout.CHECKOUT.resolve(
                        "contracts/src/test/resources/golden/incident-opened.v1.txt"))
                .stream()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow());
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(folder.resolve("replay"), flink.broker(), flink.controller());
        Started topics = topics(broker)) {
      assertThat(topics.status()).as(topics.output()).isZero();
      storage.put("andon/archive/other/1-1-1.andt", new byte[0]);

      try (Started travel =
          start(
              "travel",
              Map.of(),
              Stream.of(
                  image.program("flink-process", "time-travel", event.toString()),
                  List.of("--config", job.toString())))) {
        assertThat(travel.status()).as(travel.output()).isEqualTo(3);
        assertThat(travel.output())
            .contains("EXPIRED     no snapshot of press-1 in s3://andon/archive is older");
      }
    }
  }

  /** By which the guide deletes what high availability holds, when no savepoint can be taken. */
  private static String labels() throws IOException {
    Path guide = Layout.CHECKOUT.resolve("docs/kubernetes.md");
    Matcher matcher = LABELS.matcher(Files.readString(guide));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String stop() throws Exception {
    List<String> command = image.program("flink-process", "flink", "stop");
    List<String> options =
        List.of(
            "-Dkubernetes.config.file=" + folder.resolve("kubeconfig"),
            "--savepointPath",
            "s3://andon/savepoints",
            JOB);
    try (Started stop = start("stop", Map.of(), Stream.of(command, options))) {
      assertThat(stop.status()).as(stop.output()).isZero();
      return stop.output()
          .lines()
          .filter(line -> line.contains("s3://andon/savepoints/"))
          .map(line -> line.substring(line.indexOf("s3://")).strip())
          .findFirst()
          .orElseThrow(() -> new AssertionError(stop.output()));
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
    return start(
        log,
        environment,
        Stream.of(
            image.program("flink-process", "standalone-job", "--job-id", JOB),
            List.of("--jars", "local://" + image.opt("andon/job/andon-job.jar")),
            settings(flink, flink.managerMetrics()),
            List.of("--", "--config", job.toString(), "--wait")));
  }

  private static List<String> settings(FlinkPorts flink, int metrics) {
    return Stream.concat(
            flink.settings(metrics, folder).stream(),
            Stream.of(
                "-Dkubernetes.config.file=" + folder.resolve("kubeconfig"),
                "-Dhigh-availability.jobmanager.port=" + flink.rpc()))
        .toList();
  }

  private static Started start(
      String log, Map<String, String> environment, Stream<List<String>> words) throws IOException {
    Map<String, String> all = new HashMap<>(environment());
    all.putAll(environment);
    return Started.of(folder.resolve(log + ".log"), all, words.flatMap(List::stream).toList());
  }

  private static Map<String, String> environment() {
    return Map.of(
        "HOME",
        "/nonexistent",
        "FLINK_CONF_DIR",
        folder.resolve("conf").toString(),
        "ANDON_TMP",
        folder.toString(),
        "AWS_ACCESS_KEY_ID",
        ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        "andons-secret-key");
  }

  private static Path job(int kafka) throws IOException {
    return Files.writeString(
        folder.resolve("job.yaml"),
        """
        kafka: {bootstrapServers: "127.0.0.1:%d"}
        model: {directory: "%s"}
        archive: {directory: "s3://andon/archive"}
        flink: {checkpointIntervalMillis: 1000, checkpointDirectory: "s3://andon/checkpoints"}
        """
            .formatted(kafka, image.opt("andon/models")));
  }

  private static Started topics(EmbeddedBroker broker) throws IOException {
    return Started.of(
        folder.resolve("topics.log"),
        Map.of(),
        ingest.program("ingest", "topics", "--bootstrap-servers", broker.bootstrapServers()));
  }

  private void awaitCheckpoint(FlinkPorts flink, Started manager) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .failFast("it ended", () -> assertThat(manager.isAlive()).as(manager.output()).isTrue())
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> get(flink, "/jobs/" + JOB + "/checkpoints").at("/counts/completed").asInt() > 0);
  }

  private String restoredFrom(FlinkPorts flink) throws IOException, InterruptedException {
    return get(flink, "/jobs/" + JOB + "/checkpoints")
        .at("/latest/restored/external_path")
        .asText();
  }

  private JsonNode get(FlinkPorts flink, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + flink.rest() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
