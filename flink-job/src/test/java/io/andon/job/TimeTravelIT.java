package io.andon.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ControlAck;
import io.andon.contracts.ControlAckCodec;
import io.andon.contracts.ControlCodec;
import io.andon.contracts.ControlCommand;
import io.andon.contracts.EncodedRecord;
import io.andon.contracts.IncidentCodec;
import io.andon.contracts.IncidentEvent;
import io.andon.contracts.Topics;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.SharedEmbedders;
import io.andon.embedding.picture.ImageIoPictureDecoder;
import io.andon.embedding.testing.FakeEmbedder;
import io.andon.job.archive.ArchivedSnapshot;
import io.andon.job.archive.SnapshotCodec;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.frames.RawRecord;
import io.andon.job.kafka.KafkaEnds;
import io.andon.job.replay.TimeTravelCommand;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events of a job on a real broker, replayed from its archive and its topics. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TimeTravelIT {
  private static final String CAMERA = "line-a";
  private static final int FRAMES = 420;
  private static final int PAUSE_AT = 250;
  private static final int LAST = Integer.MAX_VALUE;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all
  private static KafkaBroker broker;

  @SuppressWarnings("NullAway.Init") // set before all
  private static KafkaTopics topics;

  /** By event id, the latest bytes of each. */
  private static final Map<String, byte[]> EVENTS = new TreeMap<>();

  @BeforeAll
  static void runTheJob() throws Exception {
    broker = KafkaBroker.start(folder);
    topics = new KafkaTopics(broker.bootstrapServers(), "travel.");
    topics.create();
    Files.writeString(folder.resolve("job.yaml"), yaml());
    JobAssembly assembly =
        new JobAssembly(JobConfig.load(folder.resolve("job.yaml")), Clock.systemUTC());
    topics.write(Topics.CONTROL, List.of(control(sensitivity("in-time", PAUSE_AT + 20, 150))));
    JobClient job = submit(assembly);
    try {
      topics.write(Topics.FRAMES, frames(0, PAUSE_AT));
      topics.read(Topics.SCORES, all -> all.size() >= 2 * PAUSE_AT);
      topics.write(Topics.CONTROL, List.of(control(sensitivity("late", 10, 200))));
      topics.write(Topics.FRAMES, frames(PAUSE_AT, FRAMES));
      topics.read(Topics.SCORES, all -> all.size() >= 2 * FRAMES);
      topics.read(Topics.CONTROL_ACKS, all -> all.size() >= 2);
      for (ConsumerRecord<byte[], byte[]> event :
          topics.read(Topics.INCIDENTS, TimeTravelIT::hasClosed)) {
        EVENTS.put(decoded(event.value()).eventId(), event.value());
      }
    } finally {
      job.cancel().get(30, TimeUnit.SECONDS);
      job.getJobStatus().get(30, TimeUnit.SECONDS);
    }
    assertThat(EVENTS).as("an incident opened and closed").hasSizeGreaterThanOrEqualTo(2);
    try (Stream<Path> archived = Files.list(archive().resolve(CAMERA))) {
      assertThat(archived.count()).isGreaterThan(2);
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void reproducesEveryEventByteForByte() throws Exception {
    for (String id : EVENTS.keySet()) {
      Outcome outcome = travel(id);

      assertThat(outcome.out).as(outcome.err).startsWith("REPRODUCED  " + id + ", the same bytes");
      assertThat(outcome.exit).isZero();
      assertThat(outcome.out)
          .contains("at the peak")
          .contains("appearance")
          .contains("where 1 opens an incident")
          .contains("false alarms a day are allowed")
          .contains(".andt");
    }
  }

  @Test
  void commandsThatWereLateOrCameInTimeActAgainFromTheirFrames() throws Exception {
    List<ControlAck> acks = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> ack :
        topics.read(Topics.CONTROL_ACKS, all -> all.size() >= 2)) {
      acks.add(ControlAckCodec.decode(ack.value()).orElseThrow());
    }
    IncidentEvent opened = decoded(bytes(".0"));

    assertThat(acks).extracting(ControlAck::late).contains(true, false);
    assertThat(opened.budgetPerDay()).as("the commands matter").isNotEqualTo(100);
    // From a snapshot that is older than both commands.
    Path old = copyOfArchive("old");
    try (Stream<Path> files = Files.list(old.resolve(CAMERA))) {
      for (Path file : files.toList()) {
        if (SnapshotCodec.decode(Files.readAllBytes(file)).last().seq() >= PAUSE_AT - 20) {
          Files.delete(file);
        }
      }
    }
    Outcome outcome = travel(opened.eventId(), "--archive", old.toString());
    assertThat(outcome.out).startsWith("REPRODUCED").contains("2 commands");
  }

  @Test
  void takesAnEventFromAFileAndDrawsItsPeak() throws Exception {
    Path file = folder.resolve("event.json");
    Files.write(file, bytes(".0"));
    Files.writeString(file, "\n", java.nio.file.StandardOpenOption.APPEND); // as kcat prints it
    Path heat = folder.resolve("heat.png");

    Outcome outcome = travel(file.toString(), "--heat", heat.toString());

    assertThat(outcome.exit).isZero();
    assertThat(outcome.out).contains("the same bytes");
    BufferedImage picture = ImageIO.read(heat.toFile());
    assertThat(picture.getWidth()).isGreaterThanOrEqualTo(900);
  }

  @Test
  void tellsWhichFieldsDifferWhereTheEventSaysOtherwise() throws Exception {
    IncidentEvent opened = decoded(bytes(".0"));
    String forged =
        text(bytes(".0"))
            .replaceFirst("\"baselineVersion\":[0-9]+", "\"baselineVersion\":77777")
            .replaceFirst("\"peakScore\":[0-9.]+", "\"peakScore\":1.234567");

    Outcome outcome = travel(file("forged.json", forged));

    assertThat(outcome.exit).isEqualTo(1);
    assertThat(outcome.out)
        .startsWith("DIFFERS     " + opened.eventId())
        .contains("peakScore: the event says 1.234567, the replay " + opened.peakScore())
        .contains("baselineVersion: the event says 77777")
        .doesNotContain("pValue: ");
  }

  @Test
  void saysThatNoSuchEventComesWhereItWasMadeUp() throws Exception {
    String forged =
        text(bytes(".0")).replaceFirst("\"incidentId\":\"[^\"]+\"", "\"incidentId\":\"made-up\"");

    Outcome outcome = travel(file("made-up.json", forged));

    assertThat(outcome.exit).isEqualTo(1);
    assertThat(outcome.out).contains("the replay says no event made-up.0");
  }

  @Test
  void otherSettingsThanTheArchivedOnesGiveAnotherEvent() throws Exception {
    Path other = copyOfArchive("other-settings");
    try (Stream<Path> files = Files.list(other.resolve(CAMERA))) {
      for (Path file : files.toList()) {
        ArchivedSnapshot was = SnapshotCodec.decode(Files.readAllBytes(file));
        Map<String, String> options = new TreeMap<>(was.options());
        assertThat(options.put("learnDelayMillis", "0")).isEqualTo("2000");
        Files.write(
            file,
            SnapshotCodec.encode(
                new ArchivedSnapshot(
                    was.camera(),
                    was.framesTopic(),
                    was.last(),
                    was.clock(),
                    was.space(),
                    options,
                    was.settings(),
                    was.detector())));
      }
    }

    Outcome outcome = travel(id(".0"), "--archive", other.toString());

    assertThat(outcome.exit).isEqualTo(1);
    assertThat(outcome.out).startsWith("DIFFERS").contains("other built-in settings");
  }

  @Test
  void refusesAnotherModel() throws Exception {
    EmbedderFactory other = () -> SharedEmbedders.PROCESS.lease("8", () -> new FakeEmbedder(8));

    Outcome outcome = travel(other, List.of(id(".0")));

    assertThat(outcome.exit).isEqualTo(2);
    assertThat(outcome.err).contains("fake@7/fp32/any").contains("fake@8/fp32/any");
  }

  @Test
  void namesADamagedSnapshot() throws Exception {
    Path damaged = copyOfArchive("damaged");
    try (Stream<Path> files = Files.list(damaged.resolve(CAMERA))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
      }
    }

    Outcome outcome = travel(id(".0"), "--archive", damaged.toString());

    assertThat(outcome.exit).isEqualTo(2);
    assertThat(outcome.err).contains(".andt").contains("is damaged: its checksum differs");
  }

  @Test
  void isExpiredWithoutASnapshotThatIsOldEnough() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(travel(id(".0"), "--archive", empty.toString()))
        .isEqualTo(
            new Outcome(
                3,
                "EXPIRED     no snapshot of line-a in %s is older than the incident's first frame"
                        .formatted(empty)
                    + " (play 1, seq %d); there is none%n"
                        .formatted(decoded(bytes(".0")).first().frame().seq()),
                ""));
  }

  @Test
  void isExpiredWhereAnotherFrameLiesInTheEventsPlace() throws Exception {
    String elsewhere =
        text(bytes(".0")).replaceFirst("(\"current\":\\{[^}]*\"seq\":)([0-9]+)", "$1399");

    Outcome outcome = travel(file("elsewhere.json", elsewhere));

    assertThat(outcome.exit).isEqualTo(3);
    assertThat(outcome.out).contains("should be line-a, play 1, seq 399, but is line-a");
  }

  @Test
  void listsTheEventsAndTakesTheBeginningOfAnIdForItsLatestRevision() throws Exception {
    IncidentEvent closed =
        EVENTS.values().stream()
            .map(TimeTravelIT::decoded)
            .filter(event -> event.kind() == IncidentEvent.Kind.CLOSED)
            .findFirst()
            .orElseThrow();

    assertThat(travel(TestJob.FAKE, List.of()).out).contains(EVENTS.keySet());
    assertThat(travel(closed.incidentId().substring(0, 12)).out)
        .startsWith("REPRODUCED  " + closed.eventId());
  }

  @Test
  void refusesWhatItCanNotTryInWords() throws Exception {
    Outcome unknown = travel("no-such-incident.0");
    assertThat(unknown.exit).isEqualTo(2);
    assertThat(unknown.err).contains("no event no-such-incident.0 on topic travel.andon.incidents");

    Outcome broken = travel(file("broken.json", "{\"v\":1,\"kind\":\"opened\"}"));
    assertThat(broken.exit).isEqualTo(2);
    assertThat(broken.err).contains("broken.json holds no incident event").contains("incidentId");

    assertThat(travel("/no/such/file.json").err).contains("there is no file /no/such/file.json");
    assertThat(travel(id(".0"), "--archive", "/no/such/archive").err)
        .contains("there is no archive at /no/such/archive");
    Outcome unreachable = travel(id(".0"), "--bootstrap-servers", "127.0.0.1:1");
    assertThat(unreachable.exit).isEqualTo(2);
    assertThat(unreachable.err).contains("127.0.0.1:1");
  }

  @Test
  @Order(LAST) // the frames are gone from then on
  void isExpiredWhenTheFramesAreGone() throws Exception {
    IncidentEvent opened = decoded(bytes(".0"));
    TopicPartition partition =
        new TopicPartition(opened.first().frame().topic(), opened.first().frame().partition());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .deleteRecords(
              Map.of(partition, RecordsToDelete.beforeOffset(opened.first().frame().offset())))
          .all()
          .get();
    }

    Outcome outcome = travel(opened.eventId());

    assertThat(outcome.exit).isEqualTo(3);
    assertThat(outcome.out)
        .startsWith("EXPIRED     frames from offset")
        .contains("the first one still there is " + opened.first().frame().offset());
  }

  private record Outcome(int exit, String out, String err) {}

  private static Outcome travel(String event, String... more) {
    List<String> arguments = new ArrayList<>(List.of(event));
    arguments.addAll(List.of(more));
    return travel(TestJob.FAKE, arguments);
  }

  private static Outcome travel(EmbedderFactory model, List<String> given) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(given);
    arguments.addAll(List.of("--config", folder.resolve("job.yaml").toString()));
    int exit =
        TimeTravelCommand.commandLine(new TimeTravelCommand(assembly -> model))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Outcome(exit, out.toString(), err.toString());
  }

  private static String yaml() {
    return "kafka:\n"
        + topics.yaml()
        + "detection: {falseAlarmsPerDay: 100, warmUpMillis: 12000, warmUpFrames: 100,"
        + " learnDelayMillis: 2000, silenceMillis: 5000}\n"
        + "archive: {directory: \"%s\", intervalMillis: 5000}\n".formatted(archive().toUri())
        + "flink: {parallelism: 2, checkpointIntervalMillis: 500}\n"
        + "metrics: {port: 0}\n";
  }

  private static Path archive() {
    return folder.resolve("archive");
  }

  private static JobClient submit(JobAssembly assembly) throws Exception {
    Configuration flink = assembly.flink();
    flink.removeKey("metrics.reporter.andon.factory.class");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(flink);
    new AndonTopology(
            assembly.settings(),
            new KafkaEnds(assembly.kafka(), Clock.systemUTC()),
            TestJob.FAKE,
            ImageIoPictureDecoder::new)
        .addTo(env);
    return env.executeAsync("travel");
  }

  private static List<RawRecord> frames(int from, int to) {
    List<RawRecord> frames = new ArrayList<>();
    for (int seq = from; seq < to; seq++) {
      frames.add(LineFrames.frame(CAMERA, seq, seq >= 320 && seq < 350));
      frames.add(LineFrames.frame("line-b", seq, false));
    }
    return frames;
  }

  private static EncodedRecord sensitivity(String id, int fromFrame, double perDay) {
    return ControlCodec.encode(
        new ControlCommand.Sensitivity(
            id, CAMERA, LineFrames.START_MICROS + fromFrame * 100_000L, perDay));
  }

  private static RawRecord control(EncodedRecord command) {
    return new RawRecord(
        Topics.CONTROL,
        0,
        0,
        System.currentTimeMillis(),
        1,
        command.key(),
        new String[0],
        new byte[0][],
        command.value());
  }

  private static boolean hasClosed(List<ConsumerRecord<byte[], byte[]>> events) {
    return events.stream()
        .anyMatch(event -> decoded(event.value()).kind() == IncidentEvent.Kind.CLOSED);
  }

  private static IncidentEvent decoded(byte[] value) {
    return IncidentCodec.decodeValue(value).orElseThrow();
  }

  private static String id(String ending) {
    return EVENTS.keySet().stream().filter(id -> id.endsWith(ending)).findFirst().orElseThrow();
  }

  private static byte[] bytes(String ending) {
    return java.util.Objects.requireNonNull(EVENTS.get(id(ending)));
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  private static String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static Path copyOfArchive(String name) throws IOException {
    Path copy = folder.resolve(name);
    Files.createDirectories(copy.resolve(CAMERA));
    try (Stream<Path> files = Files.list(archive().resolve(CAMERA))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(CAMERA).resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
