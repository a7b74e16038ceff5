package io.andon.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.andon.broker.EmbeddedBroker;
import io.andon.broker.FreePorts;
import io.andon.contracts.CapturedFrame;
import io.andon.contracts.ClockSource;
import io.andon.contracts.EncodedRecord;
import io.andon.contracts.FrameRef;
import io.andon.contracts.IncidentCodec;
import io.andon.contracts.IncidentEvent;
import io.andon.contracts.IncidentEvent.Channel;
import io.andon.contracts.IncidentEvent.CloseReason;
import io.andon.contracts.IncidentEvent.Heat;
import io.andon.contracts.IncidentEvent.Kind;
import io.andon.contracts.Topics;
import io.andon.contracts.WireHeader;
import io.andon.ingest.kafka.TopicSetup;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docs/consumers.md, run line by line on a real broker that holds incidents and redeliveries. */
@Timeout(600)
class ConsumerExamplesIT {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final String DOCUMENTED_BROKER = "127.0.0.1:19092";
  private static final long SECOND = 1_000_000;
  private static final long START = 1_764_000_000_000_000L;

  private static EmbeddedBroker broker;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void incidentsThatWerePartlyWrittenTwice(@TempDir Path folder) throws Exception {
    List<Integer> ports = FreePorts.take(2);
    broker = EmbeddedBroker.start(folder, ports.get(0), ports.get(1));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicSetup(admin).create(Topics.all(), (short) 1, false);
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    List<IncidentEvent> told =
        List.of(
            event("press-1", 40, 0, Kind.OPENED, 1),
            event("press-1", 40, 1, Kind.UPDATED, 3),
            event("press-1", 40, 2, Kind.CLOSED, 12),
            event("press-1", 900, 0, Kind.OPENED, 1),
            event("press-1", 900, 1, Kind.CLOSED, 4),
            event("lathe-2", 77, 0, Kind.OPENED, 2));
    told.forEach(ConsumerExamplesIT::send);
    told.subList(1, 4).forEach(ConsumerExamplesIT::send);
  }

  @AfterAll
  static void stop() throws Exception {
    producer.close();
    broker.close();
  }

  @Test
  void kcatShowsEveryEventWithItsHeaders() throws Exception {
    String output = run(command("-o beginning -e -t andon.incidents -f"));
    assertThat(output)
        .contains("press-1", "lathe-2", "ce_id=press-1-7-40.2", "\"kind\":\"closed\"")
        .contains("ce_type=io.andon.incident.opened.v1");
  }

  @Test
  void kcatShowsIncidentsAsTheyClose() throws Exception {
    Process tail = process(command("grep --line-buffered"));
    try {
      StringBuilder output = new StringBuilder();
      // Where kcat begins can't be seen from outside: incidents go on closing until one is shown.
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                send(event("saw-3", 5, 0, Kind.OPENED, 0));
                send(event("saw-3", 5, 1, Kind.CLOSED, 2));
                InputStream in = tail.getInputStream();
                output.append(new String(in.readNBytes(in.available()), StandardCharsets.UTF_8));
                return output.indexOf("\n") > 0;
              });
      assertThat(output.toString().lines())
          .allSatisfy(line -> assertThat(line).contains("\"kind\":\"closed\"", "saw-3"));
    } finally {
      tail.descendants().forEach(ProcessHandle::destroyForcibly);
      tail.destroyForcibly().waitFor();
    }
  }

  @Test
  void pythonTellsEachIncidentThatIsOverOnceAndTheLongestFirst() throws Exception {
    String output = run(command("incidents.py"));
    List<String> over = output.lines().filter(line -> line.startsWith("press-1")).toList();
    assertThat(over).hasSize(2);
    assertThat(over.get(0)).contains("12.0 s");
    assertThat(over.get(1)).contains("4.0 s");
    assertThat(output).doesNotContain("lathe-2");
  }

  @Test
  void javaActsOnEachEventOnceAndGoesOnWhereItWas() throws Exception {
    String reader = command("IncidentReader.java") + " 8";
    reader =
        reader.replace(
            "$(cat deploy/quickstart/target/dependencies)", System.getProperty("java.class.path"));
    StringBuilder all = new StringBuilder();
    // A busy machine may want another turn to get through: each goes on where the last one was.
    do {
      all.append(run(reader));
    } while (!isReadToTheEnd("alerts-example"));
    String first = all.toString();
    for (String id : List.of("press-1-7-40", "press-1-7-900", "lathe-2-7-77")) {
      assertThat(first.lines().filter(line -> line.contains("\"incidentId\":\"" + id + "\"")))
          .as(id)
          .hasSize(id.equals("press-1-7-40") ? 3 : id.equals("press-1-7-900") ? 2 : 1);
    }
    String second = run(reader);
    assertThat(second).doesNotContain("press-1", "lathe-2");
  }

  private static boolean isReadToTheEnd(String group) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      int partitions = Topics.find(Topics.INCIDENTS).orElseThrow().partitions();
      for (int i = 0; i < partitions; i++) {
        latest.put(new TopicPartition(Topics.INCIDENTS, i), OffsetSpec.latest());
      }
      Map<TopicPartition, OffsetAndMetadata> read =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return admin.listOffsets(latest).all().get().entrySet().stream()
          .filter(end -> end.getValue().offset() > 0)
          .allMatch(
              end -> {
                OffsetAndMetadata committed = read.get(end.getKey());
                return committed != null && committed.offset() >= end.getValue().offset();
              });
    }
  }

  @Test
  void flinkSqlCountsEachIncidentOnce() throws Exception {
    Path script = Files.createTempFile("incidents", ".sql");
    Files.writeString(
        script, onThisBroker(Files.readString(ROOT.resolve("docs/examples/incidents.sql"))));
    // Flink's planner brings a Scala of its own and can't be beside the broker's.
    String classPath =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(entry -> !entry.contains("scala") && !entry.contains("kafka_2.13"))
            .collect(Collectors.joining(File.pathSeparator));
    String output =
        run(
            "java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED"
                + " -cp '%s' %s %s".formatted(classPath, SqlScript.class.getName(), script));
    assertThat(output).contains("+I[press-1, 2, 16.0, 1.75]").doesNotContain("lathe-2");
  }

  /** The one documented command that contains a text. */
  private static String command(String containing) throws IOException {
    List<String> found =
        Files.readAllLines(ROOT.resolve("docs/consumers.md")).stream()
            .filter(line -> line.startsWith("    ") && line.contains(containing))
            .map(String::strip)
            .toList();
    assertThat(found).as("commands with " + containing).hasSize(1);
    return onThisBroker(found.get(0));
  }

  private static String onThisBroker(String text) {
    assertThat(text).contains(DOCUMENTED_BROKER);
    return text.replace(DOCUMENTED_BROKER, broker.bootstrapServers());
  }

  private static Process process(String command) throws IOException {
    return new ProcessBuilder("bash", "-c", command)
        .directory(ROOT.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String run(String command) throws Exception {
    Process process = process(command);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(command).isZero();
    return output;
  }

  private static void send(IncidentEvent event) {
    EncodedRecord encoded = IncidentCodec.encode(event);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(encoded.topic(), encoded.key(), encoded.value());
    for (WireHeader header : encoded.headers()) {
      record.headers().add(header.name(), header.value());
    }
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IncidentEvent event(
      String camera, long seq, int revision, Kind kind, int secondsIn) {
    CapturedFrame first = frame(camera, seq, 0);
    return new IncidentEvent(
        kind,
        camera + "-7-" + seq,
        revision,
        camera,
        first,
        first,
        frame(camera, seq + secondsIn * 10L, secondsIn),
        null,
        ClockSource.SENDER,
        1.75,
        0.001,
        1.2,
        1,
        false,
        3.2,
        Channel.APPEARANCE,
        List.of(new IncidentEvent.Box(128, 64, 96, 32, 1.75)),
        new Heat(2, 2, new byte[4]),
        "model@1/fp32/decoder",
        17,
        kind == Kind.CLOSED ? CloseReason.NORMAL_AGAIN : null,
        "appearance was up to 1.8 times its alarm level",
        null);
  }

  private static CapturedFrame frame(String camera, long seq, int secondsIn) {
    return new CapturedFrame(
        new FrameRef(Topics.FRAMES, 3, seq, camera, 7, seq), START + secondsIn * SECOND);
  }
}
