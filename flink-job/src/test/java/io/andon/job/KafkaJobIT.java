package io.andon.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.andon.broker.EmbeddedBroker;
import io.andon.contracts.ControlCodec;
import io.andon.contracts.ControlCommand;
import io.andon.contracts.DeadLetterCodec;
import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.DeadLetterRecord;
import io.andon.contracts.EncodedRecord;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.Schemas;
import io.andon.contracts.Topics;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.frames.RawRecord;
import io.andon.job.kafka.KafkaEnds;
import io.andon.job.kafka.TopicCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job on a real broker. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KafkaJobIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FRAMES = 380;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.start(folder, KafkaTopics.BROKER);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void framesAndCommandsGoInAndWhatTheContractsPromiseComesOut() throws Exception {
    KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), "plain.");
    topics.create();
    EncodedRecord freeze =
        ControlCodec.encode(
            new ControlCommand.Freeze("freeze-1", "line-b", LineFrames.START_MICROS + 35_000_000));
    EncodedRecord retire = ControlCodec.encode(new ControlCommand.Retire("gone", "line-b", 0));
    topics.write(Topics.CONTROL, List.of(control(retire), control(freeze), control(freeze)));
    JobAssembly assembly = assembly(topics, "");
    assertThat(new TopicCheck(assembly.kafka(), 2).problems(true)).isEmpty();

    JobClient job = submit(assembly, TestJob.FAKE);
    try {
      JsonNode ofUnseen = read(topics, Topics.CONTROL_ACKS, 1).get(0);
      topics.write(Topics.FRAMES, line("line-b", false));
      topics.write(Topics.FRAMES, List.of(noPicture()));
      topics.write(Topics.FRAMES, line("line-a", true));

      assertThat(ofUnseen.get("commandId").asText()).isEqualTo("gone");
      assertThat(ofUnseen.get("outcome").asText()).isEqualTo("rejected");
      List<JsonNode> incidents = readClosedIncidents(topics);
      assertThat(incidents).allMatch(incident -> incident.get("camera").asText().equals("line-a"));
      assertThat(read(topics, Topics.SCORES, 2 * FRAMES)).hasSize(2 * FRAMES);
      assertThat(read(topics, Topics.EMBEDDINGS, 2 * FRAMES)).hasSize(2 * FRAMES);
      List<JsonNode> acks = read(topics, Topics.CONTROL_ACKS, 2);
      assertThat(acks).as("one for each id").hasSize(2);
      assertThat(acks.get(1).get("outcome").asText()).isEqualTo("applied");
      assertDeadLetter(topics);
    } finally {
      job.cancel().get(2, TimeUnit.MINUTES);
    }
  }

  private static void assertDeadLetter(KafkaTopics topics) {
    ConsumerRecord<byte[], byte[]> record =
        topics.read(Topics.DEAD_LETTER, all -> !all.isEmpty()).get(0);
    DeadLetterRecord letter = DeadLetterCodec.decode(record.value()).orElseThrow();
    assertThat(letter.reason()).isEqualTo(DeadLetterReason.UNDECODABLE_PICTURE);
    assertThat(letter.topic()).isEqualTo(topics.name(Topics.FRAMES));
    assertThat(record.timestamp())
        .as("the broker would delete it soon if it were as old as its frame")
        .isGreaterThan(System.currentTimeMillis() - Duration.ofHours(1).toMillis());
  }

  @Test
  void inTransactionsEachIncidentEventIsSeenOnceThoughTheModelFailsAmidst() throws Exception {
    KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), "exact.");
    topics.create();
    String name = FailingEmbedder.freshName();
    JobAssembly assembly =
        assembly(
            topics,
            "  delivery: exactly_once\n  transactionalIdPrefix: exact\n  transactionTimeoutMillis: 60000\n");

    JobClient job = submit(assembly, FailingEmbedder.failingAt(FRAMES - 10, name));
    try {
      topics.write(Topics.FRAMES, line("line-a", true));

      readClosedIncidents(topics);
      List<String> ids = new ArrayList<>();
      topics
          .read(Topics.INCIDENTS, KafkaJobIT::hasClosed)
          .forEach(record -> ids.add(headers(record).get("ce_id").asText()));
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(FailingEmbedder.embedded(name)).as("it failed").isGreaterThan(FRAMES);
      Set<String> scored = new HashSet<>();
      topics.read(
          Topics.SCORES,
          all -> {
            all.forEach(record -> scored.add(json(record).at("/frame/seq").asText()));
            return scored.size() == FRAMES;
          });
    } finally {
      job.cancel().get(2, TimeUnit.MINUTES);
    }
  }

  private static JobClient submit(JobAssembly assembly, EmbedderFactory embedders)
      throws Exception {
    Configuration flink = assembly.flink();
    flink.setString("restart-strategy.type", "fixed-delay");
    flink.setString("restart-strategy.fixed-delay.attempts", "2");
    flink.setString("restart-strategy.fixed-delay.delay", "100 ms");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, flink);
    new AndonTopology(
            assembly.settings(),
            new KafkaEnds(assembly.kafka(), Clock.systemUTC()),
            embedders,
            JpegPictureDecoder::new)
        .addTo(env);
    return env.executeAsync("kafka");
  }

  private static JobAssembly assembly(KafkaTopics topics, String kafka) throws Exception {
    String yaml =
        "kafka:\n"
            + topics.yaml()
            + kafka
            + "detection: {falseAlarmsPerDay: 100, warmUpMillis: 12000, warmUpFrames: 100,"
            + " learnDelayMillis: 2000, silenceMillis: 5000}\n"
            + "flink: {parallelism: 2, checkpointIntervalMillis: 500}\n"
            + "metrics: {port: 0}\n";
    return new JobAssembly(JobConfig.parse(yaml, "test"), Clock.systemUTC());
  }

  private static List<JsonNode> readClosedIncidents(KafkaTopics topics) throws Exception {
    List<JsonNode> incidents = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record :
        topics.read(Topics.INCIDENTS, KafkaJobIT::hasClosed)) {
      assertHoldsTo(Schemas.INCIDENT, json(record));
      assertHoldsTo(Schemas.INCIDENT_HEADERS, headers(record));
      incidents.add(json(record));
    }
    return incidents;
  }

  private static boolean hasClosed(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().anyMatch(r -> headers(r).get("ce_type").asText().contains(".closed."));
  }

  /** Reads at least so many records, each as its topic's schema says. */
  private static List<JsonNode> read(KafkaTopics topics, String topic, int count) {
    List<JsonNode> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : topics.read(topic, all -> all.size() >= count)) {
      assertHoldsTo(Schemas.ofValues(topic).orElseThrow(), json(record));
      values.add(json(record));
    }
    return values;
  }

  private static void assertHoldsTo(String schema, JsonNode value) {
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Schemas.text(schema))
                .validate(value))
        .isEmpty();
  }

  private static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectNode headers(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode headers = JSON.createObjectNode();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return headers;
  }

  private static List<RawRecord> line(String camera, boolean withAnomaly) {
    List<RawRecord> frames = new ArrayList<>();
    for (int seq = 0; seq < FRAMES; seq++) {
      frames.add(LineFrames.frame(camera, seq, withAnomaly && seq >= 300 && seq < 330));
    }
    return frames;
  }

  private static RawRecord noPicture() {
    return LineFrames.raw(
        "line-c".getBytes(StandardCharsets.UTF_8),
        FrameHeaders.encode(LineFrames.metadata("line-c", 1, 0, LineFrames.START_MICROS)),
        0,
        "no picture".getBytes(StandardCharsets.UTF_8));
  }

  private static RawRecord control(EncodedRecord command) {
    return new RawRecord(
        Topics.CONTROL,
        0,
        0,
        1_234,
        1,
        command.key(),
        new String[0],
        new byte[0][],
        command.value());
  }
}
