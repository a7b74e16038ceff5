package io.andon.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.broker.EmbeddedBroker;
import io.andon.contracts.ControlCodec;
import io.andon.contracts.ControlCommand;
import io.andon.contracts.EncodedRecord;
import io.andon.contracts.IncidentCodec;
import io.andon.contracts.IncidentEvent;
import io.andon.contracts.Topics;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.frames.RawRecord;
import io.andon.job.kafka.KafkaEnds;
import io.andon.job.replay.TimeTravelCommand;
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
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A job that has run on a real broker, with its archive and events, and travel back into it. */
final class RecordedJob implements AutoCloseable {
  static final String CAMERA = "line-a";
  static final int PAUSE_AT = 250;
  private static final int FRAMES = 420;

  /** A camera that is retired after {@link #FRAMES} frames, and comes back. */
  static final String RETIRED = "line-b";

  private static final int RETURNED_FRAMES = 240;

  /** What the command said. */
  record Outcome(int exit, String out, String err) {}

  /** By event id, the latest bytes of each. */
  final Map<String, byte[]> events = new TreeMap<>();

  final EmbeddedBroker broker;
  final KafkaTopics topics;
  private final Path folder;

  private RecordedJob(Path folder) throws Exception {
    this.folder = folder;
    broker = EmbeddedBroker.start(folder, KafkaTopics.BROKER);
    topics = new KafkaTopics(broker.bootstrapServers(), "travel.");
  }

  /**
   * Runs the job over frames of a gated camera with an anomaly and two commands, one of which comes
   * too late, and of a camera that is retired in the middle of an anomaly and comes back.
   */
  static RecordedJob run(Path folder) throws Exception {
    RecordedJob recorded = new RecordedJob(folder);
    try {
      recorded.run();
    } catch (Exception | AssertionError e) {
      recorded.close();
      throw e;
    }
    return recorded;
  }

  private void run() throws Exception {
    topics.create();
    Files.writeString(folder.resolve("job.yaml"), yaml());
    JobAssembly assembly =
        new JobAssembly(JobConfig.load(folder.resolve("job.yaml")), Clock.systemUTC());
    topics.write(Topics.CONTROL, List.of(control(sensitivity("in-time", PAUSE_AT + 20, 150), 0)));
    JobClient job = submit(assembly);
    try {
      topics.write(Topics.FRAMES, frames(0, PAUSE_AT));
      topics.read(Topics.SCORES, all -> all.size() >= 2 * PAUSE_AT);
      topics.write(Topics.CONTROL, List.of(control(sensitivity("late", 10, 200), PAUSE_AT)));
      topics.write(Topics.FRAMES, frames(PAUSE_AT, FRAMES));
      topics.read(Topics.SCORES, all -> all.size() >= 2 * FRAMES);
      topics.read(Topics.CONTROL_ACKS, all -> all.size() >= 2);
      ControlCommand retire = new ControlCommand.Retire("gone", RETIRED, 0);
      topics.write(Topics.CONTROL, List.of(control(ControlCodec.encode(retire), FRAMES)));
      topics.read(Topics.CONTROL_ACKS, all -> all.size() >= 3);
      topics.write(Topics.FRAMES, framesOfTheReturned());
      topics.read(Topics.SCORES, all -> all.size() >= 2 * FRAMES + RETURNED_FRAMES);
      for (ConsumerRecord<byte[], byte[]> event :
          topics.read(Topics.INCIDENTS, RecordedJob::haveClosed)) {
        events.put(decoded(event.value()).eventId(), event.value());
      }
    } finally {
      job.cancel().get(2, TimeUnit.MINUTES);
      job.getJobStatus().get(2, TimeUnit.MINUTES);
    }
    assertThat(events).as("an incident opened and closed").hasSizeGreaterThanOrEqualTo(2);
    try (Stream<Path> archived = Files.list(archive().resolve(CAMERA))) {
      assertThat(archived.count()).isGreaterThan(2);
    }
  }

  @Override
  public void close() {
    broker.close();
  }

  /** Replays an event with the model that the job had. */
  Outcome travel(String event, String... more) {
    List<String> arguments = new ArrayList<>(List.of(event));
    arguments.addAll(List.of(more));
    return travel(TestJob.FAKE, arguments);
  }

  /** Runs the command with a model. */
  Outcome travel(EmbedderFactory model, List<String> given) {
    return travel(model, given, folder.resolve("job.yaml"));
  }

  /**
   * Asks for the events of a topic that has none: dead letters and incidents have changed places.
   */
  Outcome travelWithoutEvents() throws IOException {
    String swapped =
        Files.readString(folder.resolve("job.yaml"))
            .replace("andon.incidents: ", "andon.dead-letter : ")
            .replace("andon.dead-letter: ", "andon.incidents: ")
            .replace("andon.dead-letter : ", "andon.dead-letter: ");
    return travel(TestJob.FAKE, List.of(), Path.of(file("swapped.yaml", swapped)));
  }

  private static Outcome travel(EmbedderFactory model, List<String> given, Path config) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(given);
    arguments.addAll(List.of("--config", config.toString()));
    int exit =
        TimeTravelCommand.commandLine(new TimeTravelCommand(assembly -> model))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Outcome(exit, out.toString(), err.toString());
  }

  private String yaml() {
    return "kafka:\n"
        + topics.yaml()
        + "detection: {falseAlarmsPerDay: 100, warmUpMillis: 12000, warmUpFrames: 100,"
        + " learnDelayMillis: 2000, silenceMillis: 5000}\n"
        + "archive: {directory: \"%s\", intervalMillis: 5000}\n".formatted(archive().toUri())
        + "flink: {parallelism: 2, checkpointIntervalMillis: 500}\n"
        + "metrics: {port: 0}\n";
  }

  private Path archive() {
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
            JpegPictureDecoder::new)
        .addTo(env);
    return env.executeAsync("travel");
  }

  private static List<RawRecord> frames(int from, int to) {
    List<RawRecord> frames = new ArrayList<>();
    for (int seq = from; seq < to; seq++) {
      frames.add(LineFrames.gated(CAMERA, seq, seq >= 320 && seq < 350));
      frames.add(LineFrames.frame(RETIRED, seq, seq >= FRAMES - 20));
    }
    return frames;
  }

  private static List<RawRecord> framesOfTheReturned() {
    List<RawRecord> frames = new ArrayList<>();
    for (int i = 0; i < RETURNED_FRAMES; i++) {
      frames.add(LineFrames.frame(RETIRED, FRAMES + i, i >= 160 && i < 190));
    }
    return frames;
  }

  private static EncodedRecord sensitivity(String id, int fromFrame, double perDay) {
    return ControlCodec.encode(
        new ControlCommand.Sensitivity(
            id, CAMERA, LineFrames.START_MICROS + fromFrame * 100_000L, perDay));
  }

  /** A command that was written just before a frame. */
  private static RawRecord control(EncodedRecord command, int beforeFrame) {
    return new RawRecord(
        Topics.CONTROL,
        0,
        0,
        LineFrames.recordMillis(beforeFrame) - 1,
        1,
        command.key(),
        new String[0],
        new byte[0][],
        command.value());
  }

  /** The one incident of a camera, and both of the retired one. */
  private static boolean haveClosed(List<ConsumerRecord<byte[], byte[]>> events) {
    return closed(events, CAMERA) >= 1 && closed(events, RETIRED) >= 2;
  }

  private static long closed(List<ConsumerRecord<byte[], byte[]>> events, String camera) {
    return events.stream()
        .map(event -> decoded(event.value()))
        .filter(e -> e.camera().equals(camera) && e.kind() == IncidentEvent.Kind.CLOSED)
        .count();
  }

  /** An event of its value. */
  static IncidentEvent decoded(byte[] value) {
    return IncidentCodec.decodeValue(value).orElseThrow();
  }

  /** Id of the event of {@link #CAMERA} that ends so. */
  String id(String ending) {
    return events.entrySet().stream()
        .filter(event -> decoded(event.getValue()).camera().equals(CAMERA))
        .map(Map.Entry::getKey)
        .filter(id -> id.endsWith(ending))
        .findFirst()
        .orElseThrow();
  }

  /** Value of the event whose id ends so. */
  byte[] bytes(String ending) {
    return Objects.requireNonNull(events.get(id(ending)));
  }

  /** The text of the event whose id ends so. */
  String text(String ending) {
    return new String(bytes(ending), StandardCharsets.UTF_8);
  }

  /** A file of that text, by its path. */
  String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** The archive once more, to be spoilt. */
  Path copyOfArchive(String name) throws IOException {
    return copyOfArchive(name, CAMERA);
  }

  /** The archive of one camera once more, to be spoilt. */
  Path copyOfArchive(String name, String camera) throws IOException {
    Path copy = folder.resolve(name);
    Files.createDirectories(copy.resolve(camera));
    try (Stream<Path> files = Files.list(archive().resolve(camera))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(camera).resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
