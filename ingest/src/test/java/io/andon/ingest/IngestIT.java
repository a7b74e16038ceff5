package io.andon.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.andon.broker.EmbeddedBroker;
import io.andon.broker.FreePorts;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameFlag;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.HealthEvent;
import io.andon.contracts.Topics;
import io.andon.contracts.WireHeader;
import io.andon.ingest.testing.ChildJvm;
import io.andon.ingest.testing.HealthRecords;
import io.andon.ingest.testing.RtspTestServer;
import java.io.ByteArrayInputStream;
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
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real child process of the service, on real RTSP servers and a real broker. */
class IngestIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  // A machine that stops for some seconds is no camera that does.
  private static final String PATIENT = "stallMillis: 60000";
  private static final String CANARY = "canary-5f1e";
  private static final String WRONG_CANARY = "wrong-canary-77c0";
  private static final String TOKEN = "token-canary-31aa";
  private static final String PATH_CANARY = "path-canary-90e2";

  @TempDir static Path brokerDirectory;
  private static EmbeddedBroker broker;

  @TempDir Path directory;
  private final List<ChildJvm> children = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private int healthPort;
  private String more = "";

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(brokerDirectory, Map.of());
    int exit =
        IngestCommand.commandLine()
            .execute("topics", "--bootstrap-servers", broker.bootstrapServers());
    assertThat(exit).isZero();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void consumeFromNowOn() throws IOException {
    healthPort = FreePorts.one();
    Properties settings = new Properties();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(Topics.FRAMES, Topics.HEALTH)) {
      int count = Topics.find(topic).orElseThrow().partitions();
      for (int partition = 0; partition < count; partition++) {
        partitions.add(new TopicPartition(topic, partition));
      }
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  @AfterEach
  void stopChildren() {
    children.forEach(ChildJvm::close);
    consumer.close();
  }

  @Test
  void framesArriveNumberedAndScaledAndTheProcessEndsInGoodOrderOnSigterm() throws Exception {
    int port = rtspServer("640", "480", "viewer", CANARY);
    int wide = rtspServer("800", "360");
    int closed = FreePorts.one();
    ChildJvm ingest =
        ingest(
            camera("cam-a", "rtsp://127.0.0.1:" + port + "/live?key=" + TOKEN)
                + "    credentials: {user: viewer, password: env:CANARY}\n"
                + camera("cam-b", "rtsp://127.0.0.1:" + wide + "/live")
                + "    decoder: avdec_h264\n"
                + camera("wrong", "rtsp://127.0.0.1:" + port + "/live")
                + "    credentials: {user: viewer, password: env:WRONG_CANARY}\n"
                + camera("gone", "rtsp://127.0.0.1:" + wide + "/u=a&password=" + PATH_CANARY)
                + camera("refused", "rtsp://127.0.0.1:" + closed + "/live?key=" + TOKEN));

    awaitFrames("cam-a", 20);
    awaitFrames("cam-b", 20);
    awaitPolled(
        () -> frames("cam-a").stream().anyMatch(frame -> frame.clock() == ClockSource.SENDER),
        "cam-a dates frames by its own clock");
    awaitFault("wrong", HealthEvent.Fault.UNAUTHORIZED);
    awaitFault("gone", HealthEvent.Fault.UNREACHABLE);
    awaitFault("refused", HealthEvent.Fault.UNREACHABLE);
    awaitReady();

    List<FrameMetadata> frames = frames("cam-a");
    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).seq()).as("seq of frame %d", i).isEqualTo(i);
      assertThat(frames.get(i).play()).isEqualTo(frames.get(0).play());
    }
    assertThat(frames.get(0).width()).isEqualTo(384);
    assertThat(frames.get(0).height()).isEqualTo(288);
    assertThat(frames("cam-b").get(0).width()).isEqualTo(640);
    assertThat(frames("cam-b").get(0).height()).isEqualTo(288);
    for (ConsumerRecord<byte[], byte[]> record : framesOf("cam-b")) {
      if (metadata(record).repeatsPicture()) {
        continue;
      }
      var image = ImageIO.read(new ByteArrayInputStream(record.value()));
      assertThat(image.getWidth()).isEqualTo(640);
      long captured = metadata(record).capturedMicros() / 1000;
      assertThat(record.timestamp() - captured).isBetween(-2000L, 2000L);
    }

    awaitPolled(
        () -> get("/metrics").body().contains("andon_ingest_scores_readable 1.0"),
        "scores can be read");
    String metrics = get("/metrics").body();
    String ready = get("/health/ready").body();
    assertThat(metrics)
        .contains("andon_ingest_frames_sent_total{camera=\"cam-a\"}")
        .contains("process_start_time_seconds ");
    assertThat(ready).contains("\"wrong\":{\"state\":\"unreachable\"");

    long started = System.nanoTime();
    ingest.signal("TERM");
    assertThat(ingest.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    assertThat(ingest.process().exitValue()).isEqualTo(143);
    assertThat(ingest.output())
        .contains("ingest stopped")
        .contains("camera gone at rtsp://127.0.0.1:" + wide + "/...: not-found: ")
        .contains("camera refused at rtsp://127.0.0.1:" + closed + "/live?...: unreachable: ");
    assertThat(health().firstDetail("refused")).contains("Failed to connect", "Connection refused");
    assertThat(health().firstDetail("gone")).contains("Not Found");
    assertThat(ingest.output() + metrics + ready + health())
        .doesNotContain(CANARY)
        .doesNotContain(WRONG_CANARY)
        .doesNotContain(PATH_CANARY)
        .doesNotContain(TOKEN);
  }

  @Test
  void aStillCameraSendsFewPicturesAndSaysOfTheOthersThatTheyAreUnchanged() throws Exception {
    more = "overload: {enabled: false}\n";
    ingest(
        camera("still", "rtsp://127.0.0.1:" + rtspServer("320", "240", "checkers-8") + "/live")
            + camera("moving", "rtsp://127.0.0.1:" + rtspServer("320", "240") + "/live")
            + camera("open", "rtsp://127.0.0.1:" + rtspServer("320", "240", "checkers-8") + "/live")
            + "    gate: {profile: \"off\"}\n");
    awaitFrames("still", 120);
    awaitFrames("moving", 60);
    awaitFrames("open", 60);

    long picture = -1;
    long pictureMicros = 0;
    for (ConsumerRecord<byte[], byte[]> record : framesOf("still")) {
      FrameMetadata frame = metadata(record);
      if (frame.repeatsPicture()) {
        assertThat(frame.sameAs()).hasValue(picture);
        assertThat(frame.capturedMicros() - pictureMicros)
            .as("staleness by capture time, microseconds")
            .isBetween(0L, 999_999L);
        assertThat(record.value()).isEmpty();
      } else {
        picture = frame.seq();
        pictureMicros = frame.capturedMicros();
        assertThat(ImageIO.read(new ByteArrayInputStream(record.value())).getWidth())
            .isEqualTo(320);
      }
    }
    assertThat(frames("still").get(0).repeatsPicture()).isFalse();
    assertThat(repeated("still")).isGreaterThan(60);
    assertThat(repeated("moving")).isLessThan(frames("moving").size() / 4);
    assertThat(repeated("open")).isZero();
    awaitPolled(
        () -> get("/metrics").body().contains("andon_ingest_scores_readable 1.0"),
        "the lag is measured where the rate is never lowered, too");
    assertThat(get("/metrics").body())
        .contains("andon_ingest_frames_gated_total{camera=\"still\"}");
    assertThat(get("/health/ready").body()).contains("\"gatedFrames\":0").contains("gatedFrames");
  }

  private int repeated(String camera) {
    return (int) frames(camera).stream().filter(FrameMetadata::repeatsPicture).count();
  }

  @Test
  void killedAndFrozenServersAreConnectedToAgainWhileTheOtherCameraGoesOn() throws Exception {
    int port = FreePorts.one();
    ChildJvm server = rtspServerAt(port, "320", "240");
    int other = rtspServer("320", "240");
    ingest(
        camera("cam-a", "rtsp://127.0.0.1:" + port + "/live").replace(PATIENT, "stallMillis: 1500")
            + camera("cam-b", "rtsp://127.0.0.1:" + other + "/live"));
    awaitFrames("cam-a", 5);
    awaitFrames("cam-b", 5);

    server.close();
    awaitFault("cam-a", HealthEvent.Fault.UNREACHABLE);
    ChildJvm restarted = rtspServerAt(port, "320", "240");
    awaitPlays("cam-a", 2);

    restarted.signal("STOP");
    awaitFault("cam-a", HealthEvent.Fault.STALLED);
    restarted.signal("CONT");
    awaitPlays("cam-a", 3);
    awaitPolled(() -> health().open("cam-a").isEmpty(), "every fault of cam-a ended");

    List<FrameMetadata> first = frames("cam-a").stream().filter(frame -> frame.seq() == 0).toList();
    assertThat(first).extracting(FrameMetadata::play).isSorted().doesNotHaveDuplicates();
    assertThat(first.get(0).flags()).doesNotContain(FrameFlag.RECONNECTED);
    assertThat(first.get(1).flags()).contains(FrameFlag.RECONNECTED);
    assertThat(frames("cam-b"))
        .extracting(FrameMetadata::play)
        .containsOnly(frames("cam-b").get(0).play());
    assertThat(get("/metrics").body())
        .contains("andon_ingest_reconnects_total{camera=\"cam-a\",reason=\"stall\"}");
  }

  @Test
  void aCameraThatStatesNoFrameRateIsLimitedLikeOthersAndHarmsNone() throws Exception {
    int unrated = rtspServer("320", "240", RtspTestServer.NO_RATE);
    ChildJvm ingest =
        ingest(
            camera("unrated", "rtsp://127.0.0.1:" + unrated + "/live").replace("fps: 15", "fps: 5")
                + camera("whole", "rtsp://127.0.0.1:" + unrated + "/live")
                + camera("rated", "rtsp://127.0.0.1:" + rtspServer("320", "240") + "/live")
                    .replace("fps: 15", "fps: 5"));
    awaitFrames("unrated", 40);
    awaitFrames("rated", 40);
    awaitFrames("whole", 40);

    assertThat(framesASecond("unrated")).isCloseTo(5, within(0.5));
    assertThat(framesASecond("rated")).isCloseTo(5, within(0.5));
    assertThat(framesASecond("whole")).isCloseTo(15, within(1.0));
    for (String camera : List.of("unrated", "rated", "whole")) {
      assertThat(frames(camera))
          .as("one connection of %s", camera)
          .extracting(FrameMetadata::play)
          .containsOnly(frames(camera).get(0).play());
    }
    assertThat(ingest.process().isAlive()).isTrue();
  }

  /** By capture time, without the first frames, with which a camera's rate is learnt. */
  private double framesASecond(String camera) {
    List<FrameMetadata> frames = frames(camera);
    int learnt = 5;
    long micros =
        frames.get(frames.size() - 1).capturedMicros() - frames.get(learnt).capturedMicros();
    return (frames.size() - 1 - learnt) * 1e6 / micros;
  }

  private static String camera(String id, String url) {
    return "  - id: "
        + id
        + "\n    url: "
        + url
        + "\n    fps: 15\n    "
        + PATIENT
        + "\n"
        + "    reconnectMinMillis: 200\n    reconnectMaxMillis: 1000\n";
  }

  private ChildJvm ingest(String cameras) throws IOException {
    Path config = directory.resolve("ingest.yaml");
    Files.writeString(
        config,
        "kafka: {bootstrapServers: \""
            + broker.bootstrapServers()
            + "\"}\n"
            + "server: {port: "
            + healthPort
            + "}\n"
            + more
            + "cameras:\n"
            + cameras);
    return child(
        "ingest",
        Map.of("CANARY", CANARY, "WRONG_CANARY", WRONG_CANARY),
        IngestCommand.class,
        "run",
        "--config",
        config.toString());
  }

  private int rtspServer(String... sizeAndLogin) throws IOException {
    int port = FreePorts.one();
    rtspServerAt(port, sizeAndLogin);
    return port;
  }

  private ChildJvm rtspServerAt(int port, String... sizeAndLogin) throws IOException {
    List<String> args = new ArrayList<>(List.of(sizeAndLogin));
    args.add(0, Integer.toString(port));
    ChildJvm server =
        child("rtsp-" + port, Map.of(), RtspTestServer.class, args.toArray(String[]::new));
    await().atMost(PATIENCE).until(() -> server.output().contains("READY"));
    return server;
  }

  private ChildJvm child(
      String name, Map<String, String> environment, Class<?> main, String... args)
      throws IOException {
    Path output = directory.resolve(name + "-" + children.size() + ".txt");
    ChildJvm child = ChildJvm.start(output, environment, main, args);
    children.add(child);
    return child;
  }

  private void poll() {
    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
  }

  private void awaitFrames(String camera, int count) {
    awaitPolled(() -> frames(camera).size() >= count, camera + " has " + count + " frames");
  }

  private void awaitPlays(String camera, int count) {
    awaitPolled(
        () -> frames(camera).stream().map(FrameMetadata::play).distinct().count() >= count,
        camera + " has " + count + " plays");
  }

  private void awaitFault(String camera, HealthEvent.Fault fault) {
    awaitPolled(() -> health().begun(camera).contains(fault), camera + " has " + fault);
  }

  private void awaitPolled(java.util.function.BooleanSupplier condition, String what) {
    await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .failFast("a child ended:\n" + outputs(), this::ingestEnded)
        .until(
            () -> {
              poll();
              return condition.getAsBoolean();
            });
  }

  private boolean ingestEnded() {
    return children.stream()
        .anyMatch(child -> !child.process().isAlive() && child.output().contains("ingest"));
  }

  private String outputs() {
    StringBuilder text = new StringBuilder();
    children.forEach(child -> text.append(child.output()).append('\n'));
    return text.toString();
  }

  private void awaitReady() {
    awaitPolled(() -> get("/health/ready").statusCode() == 200, "ready");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + healthPort + path);
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> framesOf(String camera) {
    return records.stream()
        .filter(record -> record.topic().equals(Topics.FRAMES))
        .filter(record -> new String(record.key(), UTF_8).equals(camera))
        .toList();
  }

  private List<FrameMetadata> frames(String camera) {
    return framesOf(camera).stream().map(IngestIT::metadata).toList();
  }

  private static FrameMetadata metadata(ConsumerRecord<byte[], byte[]> record) {
    List<WireHeader> headers =
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(header -> new WireHeader(header.key(), header.value()))
            .toList();
    return FrameHeaders.decode(record.key(), headers).orElseThrow();
  }

  private HealthRecords health() {
    return HealthRecords.of(records);
  }
}
