package io.andon.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.andon.contracts.ClockSource;
import io.andon.contracts.DeadLetterCodec;
import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.DeadLetterRecord;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.Schemas;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord.LatencyStage;
import io.andon.contracts.Topics;
import io.andon.quickstart.scoreboard.Outcome;
import io.andon.quickstart.watch.Deployed;
import io.andon.quickstart.watch.Prometheus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cameras to incidents on real parts: RTSP server, ingest and job in processes of their own, a real
 * broker, the real model. The tests tell one story over one run, so their order counts.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final Duration SHOW = Duration.ofSeconds(45);
  private static final int ANOMALIES = 4;
  private static final long CLOCK_STEP_MICROS = 1_000_000;
  private static final String POISONED = "poisoned";
  // A counter by reason appears when it first counts.
  private static final Set<String> EMPTY_IN_A_HEALTHY_LINE =
      Set.of("Drops by reason", "Reconnections by reason");
  private static final Set<String> ABSENT_WHERE_NOTHING_IS_LOST =
      Set.of(
          "andon_ingest_frames_dropped_total",
          "andon:frames_lost:rate5m",
          "andon_dead_letters_records_total",
          "andon_archive_dropped_snapshots_total",
          "andon_ingest_reconnects_total");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  @TempDir private static Path prometheusFolder;

  @SuppressWarnings("NullAway.Init") // by startEverything
  private static Pipeline pipeline;

  @SuppressWarnings("NullAway.Init")
  private static Prometheus prometheus;

  @BeforeAll
  static void startEverything() throws Exception {
    pipeline = Pipeline.start(folder);
    prometheus =
        Prometheus.start(prometheusFolder, pipeline.ports().ingest(), pipeline.ports().job());
  }

  @AfterAll
  static void stopEverything() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (pipeline != null) {
      pipeline.close();
    }
  }

  @Test
  @Order(1)
  void bothCamerasWarmUpAndThenANormalStretchIsQuiet() {
    await("warm-up").atMost(Duration.ofMinutes(5)).until(pipeline::warmedUp);
    long framesBefore = pipeline.board().frames();
    await("quiet")
        .pollDelay(QUIET)
        .atMost(QUIET.plus(PATIENCE))
        .until(() -> pipeline.board().frames() > framesBefore + 20);
    assertThat(pipeline.incidents()).isEmpty();
  }

  @Test
  @Order(2)
  void anomaliesAreFoundOnTheirCamera() throws IOException {
    Instant from = Instant.now().plusSeconds(1);
    pipeline.inject(new Schedule(from, from.plus(SHOW), ANOMALIES));
    await("an anomaly is found")
        .atMost(SHOW.plus(PATIENCE))
        .until(() -> pipeline.outcome().found().size() >= 2);
    Outcome outcome = pipeline.outcome();
    assertThat(outcome.falseAlarms()).isEmpty();
  }

  @Test
  @Order(3)
  void everyIncidentEventMeetsItsSchema() {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Schemas.text(Schemas.INCIDENT));
    List<ConsumerRecord<byte[], byte[]>> events = pipeline.incidents();
    assertThat(events).isNotEmpty();
    for (ConsumerRecord<byte[], byte[]> event : events) {
      assertThat(event.headers().lastHeader("ce_id")).isNotNull();
      assertThat(schema.validate(json(event.value()))).isEmpty();
    }
  }

  @Test
  @Order(4)
  void aPoisonedFrameIsDeadLetteredAndTheCamerasGoOn() throws Exception {
    sendPoisonedFrame();
    try (TopicTail letters = new TopicTail(pipeline.bootstrapServers(), Topics.DEAD_LETTER)) {
      await("dead letter")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(letters.records())
                      .map(letter -> DeadLetterCodec.decode(letter.value()).orElseThrow())
                      .filteredOn(letter -> new String(letter.keyHead(), UTF_8).equals(POISONED))
                      .extracting(DeadLetterRecord::reason)
                      .containsExactly(DeadLetterReason.UNDECODABLE_PICTURE));
    }
    assertThat(pipeline.framesGoOn()).isTrue();
  }

  @Test
  @Order(5)
  void everyScoreTellsTheTimeOfEveryStage() {
    try (TopicTail tail = new TopicTail(pipeline.bootstrapServers(), Topics.SCORES)) {
      await("scores").atMost(PATIENCE).until(() -> tail.records().size() > 20);
      for (ConsumerRecord<byte[], byte[]> record : tail.records()) {
        Map<LatencyStage, Long> micros =
            ScoreCodec.decode(record.value()).orElseThrow().latencyMicros();
        assertThat(micros).containsOnlyKeys(LatencyStage.values());
        long total = requireNonNull(micros.get(LatencyStage.TOTAL));
        long stages = micros.values().stream().mapToLong(Long::longValue).sum() - total;
        // A stage never counts less than 0, whatever the clocks say.
        assertThat(stages).isBetween(total, total + CLOCK_STEP_MICROS);
      }
    }
  }

  @Test
  @Order(6)
  void picturesThatShowNothingNewAreScoredAgainByDefault() {
    try (TopicTail tail = new TopicTail(pipeline.bootstrapServers(), Topics.SCORES)) {
      await("a picture is scored again")
          .atMost(PATIENCE)
          .until(
              () ->
                  tail.records().stream()
                      .map(record -> ScoreCodec.decode(record.value()).orElseThrow())
                      .anyMatch(score -> score.sameAs().isPresent()));
    }
  }

  @Test
  @Order(7)
  void prometheusScrapesEveryTargetAndEvaluatesEveryRule() throws Exception {
    // A scrape that takes longer than its second is a gap until the next one.
    await("targets are up")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> prometheus.targets().equals(List.of("up", "up")));
    // A rule is in doubt until it is evaluated.
    await("rules")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(prometheus.ruleErrors()).isEmpty());
    List<String> missing = new ArrayList<>(Deployed.metricsOfRules());
    missing.removeAll(ABSENT_WHERE_NOTHING_IS_LOST);
    awaitAnswers(missing, metric -> "count(" + metric + ")");
  }

  /** Waits until each of these has had an answer, and fails with those that had none. */
  private static <T> void awaitAnswers(List<T> missing, Function<T, String> query) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (T each : List.copyOf(missing)) {
                if (!prometheus.values(query.apply(each)).isEmpty()) {
                  missing.remove(each);
                }
              }
              assertThat(missing).as("without an answer").isEmpty();
            });
  }

  @Test
  @Order(8)
  void everyQueryOfEveryDashboardReturnsData() throws Exception {
    List<Deployed.Query> queries = Deployed.queries(Parts.SIMULATED.get(0));
    assertThat(queries).hasSizeGreaterThan(30);
    List<Deployed.Query> missing = new ArrayList<>(queries);
    missing.removeIf(query -> EMPTY_IN_A_HEALTHY_LINE.contains(query.panel()));
    awaitAnswers(missing, Deployed.Query::expression);
  }

  @Test
  @Order(9)
  void aKilledIngestRunsAgainAndFramesGoOn() {
    killAndAwaitRestart(Parts.INGEST);
    assertThat(pipeline.framesGoOn()).isTrue();
  }

  @Test
  @Order(10)
  void aKilledJobGoesOnFromItsCheckpointWithoutWarmingUpAgain() throws IOException {
    killAndAwaitRestart(Parts.JOB);
    assertThat(pipeline.framesGoOn()).isTrue();
    assertThat(pipeline.warmedUp()).isTrue();
    assertThat(pipeline.log(Parts.JOB)).contains("going on from checkpoint");
  }

  private static void killAndAwaitRestart(String part) {
    pipeline.restarted().clear();
    pipeline.child(part).kill();
    await("restart of " + part)
        .atMost(Duration.ofMinutes(3))
        .until(() -> pipeline.restarted().contains(part));
  }

  private static void sendPoisonedFrame() throws Exception {
    long now = System.currentTimeMillis() * 1000;
    FrameMetadata frame =
        new FrameMetadata(POISONED, now, ClockSource.ARRIVAL, 1, 0, 512, 288, Set.of());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, pipeline.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(Topics.FRAMES, POISONED.getBytes(UTF_8), "no JPEG".getBytes(UTF_8));
      FrameHeaders.encode(frame).forEach(h -> record.headers().add(h.name(), h.value()));
      producer.send(record).get();
    }
  }

  private static JsonNode json(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new AssertionError("an incident is no JSON", e);
    }
  }
}
