package io.andon.chaos.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.chaos.cluster.Cluster;
import io.andon.chaos.cluster.Shell;
import io.andon.chaos.security.ListeningSockets.Listening;
import io.andon.contracts.HealthCodec;
import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures from cameras over TLS to scores, by ingest and a Flink cluster of processes, with every
 * connection secured; and whether a secret shows anywhere. One story, so the order counts.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredLineIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final int SCORES = 10;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // before all
  private static SecuredLine line;

  @SuppressWarnings("NullAway.Init")
  private static LineEndpoints at;

  private static final List<ConsumerRecord<byte[], byte[]>> RECORDS = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    line = SecuredLine.start(folder);
    at = new LineEndpoints(line, line.certificates().client("client"));
  }

  @AfterAll
  static void stop() {
    if (line != null) {
      line.close();
    }
  }

  @Test
  @Order(1)
  void framesOfBelievedCamerasAreScoredAndTheOthersAreReported() throws Exception {
    try (KafkaConsumer<byte[], byte[]> everything = everything()) {
      await(
          "scores",
          () -> {
            everything.poll(Duration.ofMillis(200)).forEach(RECORDS::add);
            return scored(SecuredLine.CAMERA) >= SCORES
                && scored(SecuredLine.PINNED) >= SCORES
                && refused().keySet().containsAll(SecuredLine.REFUSED);
          });
    }
    Map<String, Fault> expected = new TreeMap<>();
    SecuredLine.REFUSED.forEach(camera -> expected.put(camera, Fault.UNREACHABLE));
    expected.put(SecuredLine.WRONG_PASSWORD, Fault.UNAUTHORIZED);
    assertThat(refused()).isEqualTo(expected);
    Set<String> withFrames = new TreeSet<>();
    RECORDS.stream()
        .filter(record -> record.topic().equals(Topics.FRAMES))
        .forEach(record -> withFrames.add(new String(record.key(), UTF_8)));
    assertThat(withFrames).containsExactly(SecuredLine.PINNED, SecuredLine.CAMERA);
  }

  @Test
  @Order(2)
  void endpointsSpeakTlsAloneAndFlinkAsksForACertificate() throws Exception {
    assertThat(at.get(at.ingest("/health/ready"))).contains(SecuredLine.CAMERA);
    assertThat(at.get(at.ingest("/metrics"))).contains("andon_ingest_frames_sent_total");
    assertThat(at.get(at.taskManagerMetrics())).contains("flink_taskmanager");
    assertThat(at.get(at.rest("/overview"))).contains("\"taskmanagers\":1");

    for (URI secured : List.of(at.ingest("/metrics"), at.taskManagerMetrics())) {
      assertThatThrownBy(() -> at.send(LineEndpoints.plain(secured)))
          .as(secured.toString())
          .isInstanceOf(IOException.class);
    }
    // Flink answers in the clear only where to go instead.
    HttpResponse<String> moved = at.send(LineEndpoints.plain(at.rest("/overview")));
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.headers().firstValue("location").orElse("")).startsWith("https:");
    assertThat(moved.body()).isEmpty();
    HttpClient stranger = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(at.ingest("/metrics")).timeout(LineEndpoints.REQUEST).build();
    assertThatThrownBy(() -> stranger.send(request, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class);
    HttpClient nameless =
        HttpClient.newBuilder().sslContext(line.certificates().clientWithoutKey()).build();
    HttpRequest overview =
        HttpRequest.newBuilder(at.rest("/overview")).timeout(LineEndpoints.REQUEST).build();
    assertThatThrownBy(() -> nameless.send(overview, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);

    int inner = line.cluster().ports().rpc();
    assertThat(peer(line.certificates().client("client"), inner)).isEqualTo("CN=server");
    assertThatThrownBy(() -> peer(line.certificates().clientWithoutKey(), inner))
        .isInstanceOf(IOException.class);
  }

  /** Who proves to be at a port of this host. */
  private static String peer(SSLContext context, int port) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      // With later versions a client hears only afterwards that it is refused.
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setSoTimeout((int) LineEndpoints.REQUEST.toMillis());
      socket.startHandshake();
      return socket.getSession().getPeerPrincipal().getName();
    }
  }

  @Test
  @Order(3)
  void everythingListensOnLoopbackAlone() throws Exception {
    int found = 0;
    // This process holds broker, controller and the cameras.
    List<Long> pids = new ArrayList<>(List.of(ProcessHandle.current().pid()));
    line.processes().forEach(process -> pids.add(process.pid()));
    for (long pid : pids) {
      List<Listening> sockets = ListeningSockets.of(pid);
      assertThat(sockets).as("process %d", pid).allMatch(Listening::isLoopback);
      found += sockets.size();
    }
    // Broker, controller, inner listener, cameras, ingest, and some of each Flink process.
    assertThat(found).isGreaterThan(9);

    try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      assertThat(ListeningSockets.of(ProcessHandle.current().pid()))
          .as("an open port is seen")
          .anyMatch(socket -> socket.port() == open.getLocalPort() && !socket.isLoopback());
    }
  }

  @Test
  @Order(4)
  void aWrongPasswordStopsIngestAndJobAsProcesses() throws Exception {
    String wrong =
        line.kafka("ingest").replace("ingest.password", "../wrong.password")
            + SecuredBroker.PATIENT;
    Process ingest = line.startIngest("refused-ingest", wrong);
    assertThat(ingest.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)).isTrue();
    assertThat(ingest.exitValue()).isEqualTo(3);
    assertThat(line.folder().resolve("refused-ingest.log"))
        .content()
        .contains("kafka.security.password: the brokers refuse user ingest");

    String jobKafka = line.kafka("job").replace("job.password", "../wrong.password");
    Path config = line.folder().resolve("refused-job.yaml");
    Files.writeString(config, line.jobYaml(jobKafka));
    Cluster cluster = line.cluster();
    Shell.Result result =
        cluster.flink("run", "-d", "" + cluster.jar(), "--config", config.toString());
    Files.writeString(line.folder().resolve("refused-job.log"), result.output());
    assertThat(result.status()).isNotZero();
    assertThat(result.output()).contains("kafka.security.password: the brokers refuse user job");
    assertThat(LineEndpoints.JSON.readTree(at.get(at.rest("/jobs"))).path("jobs")).hasSize(1);
  }

  @Test
  @Order(5)
  void noSecretShowsAnywhereEvenAfterCrashes() throws Exception {
    SecretSearch search = new SecretSearch();
    at.gatherAnswers(search);
    at.gatherCommandLines(search);
    gatherTopics(search);
    // Checkpoints go when a job is stopped in order.
    Path cluster = line.cluster().folder();
    Path checkpoints = cluster.resolve("checkpoints");
    Path archive = cluster.resolve("archive");
    await("the camera is in a checkpoint", () -> isIn(checkpoints));
    await("the camera is in the archive", () -> isIn(archive));
    search.addFiles("checkpoints", checkpoints, Set.of());
    String savepoint = line.cluster().stopWithSavepoint(at.jobId());
    assertThat(Files.exists(Path.of(URI.create(savepoint)))).isTrue();
    for (Path report : crash()) {
      search.add("crash reports", report.toString(), Files.readAllBytes(report));
    }
    search.addFiles("savepoints", cluster.resolve("savepoints"), Set.of());
    search.addFiles("archive", archive, Set.of());
    search.addFiles("broker's files", line.folder().resolve("kafka/broker"), Set.of());
    search.addFiles("logs", cluster.resolve("log"), Set.of());
    search.addFiles("all files", line.folder(), known());

    assertThat(search.placesOf(SecuredLine.PLANTED))
        .as("a word that is no secret is found in every kind of place")
        .isEqualTo(search.places())
        .hasSize(11);
    for (Map.Entry<String, String> secret : SecuredLine.SECRETS.entrySet()) {
      assertThat(search.whereIs(secret.getValue())).as(secret.getKey()).isEmpty();
    }
    assertThat(search.whereIs("-password-of-a-test")).isEmpty();
  }

  /** Whether the word that is no secret is in a file of a folder by now. */
  private static boolean isIn(Path folder) {
    try {
      SecretSearch search = new SecretSearch();
      search.addFiles("files", folder, Set.of());
      return !search.whereIs(SecuredLine.PLANTED).isEmpty();
    } catch (IOException | UncheckedIOException e) {
      return false; // they change meanwhile
    }
  }

  /** Crashes a TaskManager and ingest, as a fault in native code does. */
  private static List<Path> crash() throws Exception {
    for (ProcessHandle process : line.processes()) {
      boolean isTaskManager = LineEndpoints.commandLine(process).contains("TaskManagerRunner");
      if (isTaskManager || LineEndpoints.commandLine(process).contains("IngestCommand")) {
        line.cluster().shell().require(LineEndpoints.REQUEST, "kill", "-SEGV", "" + process.pid());
        process.onExit().get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
      }
    }
    List<Path> reports = new ArrayList<>();
    try (Stream<Path> files = Files.walk(line.folder())) {
      files
          .filter(file -> file.getFileName().toString().matches("hs_err.*|crash-.*"))
          .forEach(reports::add);
    }
    assertThat(reports).as("crash reports of TaskManager and ingest").hasSize(2);
    return reports;
  }

  private static Set<Path> known() throws Exception {
    Set<Path> known = new HashSet<>(line.filesOfSecrets());
    try (Stream<Path> files = Files.list(line.folder().resolve("kafka"))) {
      files.filter(file -> file.toString().endsWith(".password")).forEach(known::add);
    }
    return known;
  }

  private static void gatherTopics(SecretSearch search) throws Exception {
    try (KafkaConsumer<byte[], byte[]> everything = everything()) {
      int before = RECORDS.size();
      await(
          "all records again",
          () -> {
            everything.poll(Duration.ofMillis(200)).forEach(RECORDS::add);
            return RECORDS.size() >= 2 * before;
          });
    }
    for (ConsumerRecord<byte[], byte[]> record : RECORDS) {
      String where = record.topic() + "/" + record.offset();
      search.add("topics", where, record.value());
      search.add("topics", where, record.key());
      record.headers().forEach(header -> search.add("topics", where, header.value()));
    }
  }

  /** Reads all topics from their beginning, as the administrator. */
  private static KafkaConsumer<byte[], byte[]> everything() throws Exception {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            line.broker().properties("admin", null),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (TopicSpec topic : Topics.all()) {
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(new TopicPartition(topic.name(), i));
      }
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static long scored(String camera) {
    return RECORDS.stream()
        .filter(record -> record.topic().equals(Topics.SCORES))
        .filter(
            record ->
                ScoreCodec.decode(record.value())
                    .orElseThrow()
                    .frame()
                    .frame()
                    .camera()
                    .equals(camera))
        .count();
  }

  /** Cameras that could not be reached or let nobody in; a busy machine makes others late. */
  private static Map<String, Fault> refused() {
    Map<String, Fault> cameras = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : RECORDS) {
      if (record.topic().equals(Topics.HEALTH)) {
        HealthEvent event = HealthCodec.decode(record.value()).orElseThrow();
        boolean refused = event.fault() == Fault.UNREACHABLE || event.fault() == Fault.UNAUTHORIZED;
        if (event.active() && refused) {
          cameras.put(event.camera(), event.fault());
        }
      }
    }
    return cameras;
  }

  private static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what).atMost(PATIENCE).pollInSameThread().until(condition::getAsBoolean);
  }
}
