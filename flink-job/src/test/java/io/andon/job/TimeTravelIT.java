package io.andon.job;

import static io.andon.job.RecordedJob.CAMERA;
import static io.andon.job.RecordedJob.PAUSE_AT;
import static io.andon.job.RecordedJob.decoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ControlAck;
import io.andon.contracts.ControlAckCodec;
import io.andon.contracts.IncidentEvent;
import io.andon.contracts.Topics;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.SharedEmbedders;
import io.andon.embedding.testing.FakeEmbedder;
import io.andon.job.RecordedJob.Outcome;
import io.andon.job.archive.ArchivedSnapshot;
import io.andon.job.archive.SnapshotCodec;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
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
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TimeTravelIT {
  private static final int LAST = Integer.MAX_VALUE;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all
  private static RecordedJob job;

  @BeforeAll
  static void runTheJob() throws Exception {
    job = RecordedJob.run(folder);
  }

  @AfterAll
  static void stop() {
    job.close();
  }

  @Test
  void reproducesEveryEventByteForByte() throws Exception {
    for (String id : job.events.keySet()) {
      Outcome outcome = job.travel(id);

      assertThat(outcome.out())
          .as(outcome.err())
          .startsWith("REPRODUCED  " + id + ", the same bytes");
      assertThat(outcome.exit()).isZero();
      assertThat(outcome.out())
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
        job.topics.read(Topics.CONTROL_ACKS, all -> all.size() >= 2)) {
      acks.add(ControlAckCodec.decode(ack.value()).orElseThrow());
    }
    IncidentEvent opened = decoded(job.bytes(".0"));

    assertThat(acks).extracting(ControlAck::late).contains(true, false);
    assertThat(opened.budgetPerDay()).as("the commands matter").isNotEqualTo(100);
    // From a snapshot that is older than both commands.
    Path old = job.copyOfArchive("old");
    try (Stream<Path> files = Files.list(old.resolve(CAMERA))) {
      for (Path file : files.toList()) {
        if (SnapshotCodec.decode(Files.readAllBytes(file)).last().seq() >= PAUSE_AT - 20) {
          Files.delete(file);
        }
      }
    }
    Outcome outcome = job.travel(opened.eventId(), "--archive", old.toString());
    assertThat(outcome.out()).startsWith("REPRODUCED").contains("2 commands");
  }

  @Test
  void aRetiredCameraBeginsAnewWhereItDidThoughTheSnapshotIsOlder() throws Exception {
    List<IncidentEvent> told =
        job.events.values().stream()
            .map(RecordedJob::decoded)
            .filter(event -> event.camera().equals(RecordedJob.RETIRED))
            .toList();
    List<IncidentEvent> ended =
        told.stream()
            .filter(event -> event.closeReason() == IncidentEvent.CloseReason.OPERATOR)
            .toList();
    assertThat(ended).as("closed as the camera was retired").hasSize(1);
    long lastBefore = ended.get(0).current().frame().seq();
    IncidentEvent after =
        told.stream()
            .filter(event -> event.first().frame().seq() > lastBefore + 100)
            .findFirst()
            .orElseThrow();
    Path old = job.copyOfArchive("before-retirement", RecordedJob.RETIRED);
    try (Stream<Path> files = Files.list(old.resolve(RecordedJob.RETIRED))) {
      for (Path file : files.toList()) {
        if (SnapshotCodec.decode(Files.readAllBytes(file)).last().seq() > lastBefore) {
          Files.delete(file);
        }
      }
    }

    Outcome outcome = job.travel(after.eventId(), "--archive", old.toString());

    assertThat(outcome.out()).as(outcome.err()).startsWith("REPRODUCED").contains("1 command");
  }

  @Test
  void takesAnEventFromAFileAndDrawsItsPeak() throws Exception {
    Path file = folder.resolve("event.json");
    Files.write(file, job.bytes(".0"));
    Files.writeString(file, "\n", java.nio.file.StandardOpenOption.APPEND); // as kcat prints it
    Path heat = folder.resolve("heat.png");

    Outcome outcome = job.travel(file.toString(), "--heat", heat.toString());

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("the same bytes");
    BufferedImage picture = ImageIO.read(heat.toFile());
    assertThat(picture.getWidth()).isGreaterThanOrEqualTo(900);
  }

  @Test
  void tellsWhichFieldsDifferWhereTheEventSaysOtherwise() throws Exception {
    IncidentEvent opened = decoded(job.bytes(".0"));
    String forged =
        job.text(".0")
            .replaceFirst("\"baselineVersion\":[0-9]+", "\"baselineVersion\":77777")
            .replaceFirst("\"peakScore\":[0-9.]+", "\"peakScore\":1.234567");

    Outcome outcome = job.travel(job.file("forged.json", forged));

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out())
        .startsWith("DIFFERS     " + opened.eventId())
        .contains("peakScore: the event says 1.234567, the replay " + opened.peakScore())
        .contains("baselineVersion: the event says 77777")
        .doesNotContain("pValue: ");
  }

  @Test
  void saysThatNoSuchEventComesWhereItWasMadeUp() throws Exception {
    String forged =
        job.text(".0").replaceFirst("\"incidentId\":\"[^\"]+\"", "\"incidentId\":\"made-up\"");

    Outcome outcome = job.travel(job.file("made-up.json", forged));

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).contains("the replay says no event made-up.0");
  }

  @Test
  void otherSettingsThanTheArchivedOnesGiveAnotherEvent() throws Exception {
    Path other = job.copyOfArchive("other-settings");
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

    Outcome outcome = job.travel(job.id(".0"), "--archive", other.toString());

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).startsWith("DIFFERS").contains("other built-in settings");
  }

  @Test
  void refusesAnotherModel() throws Exception {
    EmbedderFactory other = () -> SharedEmbedders.PROCESS.lease("8", () -> new FakeEmbedder(8));

    Outcome outcome = job.travel(other, List.of(job.id(".0")));

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains("fake@7/fp32/any").contains("fake@8/fp32/any");
  }

  @Test
  void namesADamagedSnapshot() throws Exception {
    Path damaged = job.copyOfArchive("damaged");
    try (Stream<Path> files = Files.list(damaged.resolve(CAMERA))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
      }
    }

    Outcome outcome = job.travel(job.id(".0"), "--archive", damaged.toString());

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains(".andt").contains("is damaged: its checksum differs");
  }

  @Test
  void isExpiredWithoutASnapshotThatIsOldEnough() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(job.travel(job.id(".0"), "--archive", empty.toString()))
        .isEqualTo(
            new Outcome(
                3,
                "EXPIRED     no snapshot of line-a in %s is older than the incident's first frame"
                        .formatted(empty)
                    + " (play 1, seq %d); there is none%n"
                        .formatted(decoded(job.bytes(".0")).first().frame().seq()),
                ""));
  }

  @Test
  void isExpiredWhereAnotherFrameLiesInTheEventsPlace() throws Exception {
    String elsewhere =
        job.text(".0").replaceFirst("(\"current\":\\{[^}]*\"seq\":)([0-9]+)", "$1399");

    Outcome outcome = job.travel(job.file("elsewhere.json", elsewhere));

    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.out()).contains("should be line-a, play 1, seq 399, but is line-a");
  }

  @Test
  void listsTheEventsAndTakesTheBeginningOfAnIdForItsLatestRevision() throws Exception {
    IncidentEvent closed =
        job.events.values().stream()
            .map(RecordedJob::decoded)
            .filter(event -> event.kind() == IncidentEvent.Kind.CLOSED)
            .findFirst()
            .orElseThrow();

    assertThat(job.travel(TestJob.FAKE, List.of()).out()).contains(job.events.keySet());
    assertThat(job.travel(closed.incidentId().substring(0, 12)).out())
        .startsWith("REPRODUCED  " + closed.eventId());
  }

  @Test
  void refusesWhatItCanNotTryInWords() throws Exception {
    Outcome unknown = job.travel("no-such-incident.0");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("no event no-such-incident.0 on topic travel.andon.incidents");

    Outcome broken = job.travel(job.file("broken.json", "{\"v\":1,\"kind\":\"opened\"}"));
    assertThat(broken.exit()).isEqualTo(2);
    assertThat(broken.err()).contains("broken.json holds no incident event").contains("incidentId");

    assertThat(job.travel("/no/such/file.json").err())
        .contains("there is no file /no/such/file.json");
    assertThat(job.travel(job.id(".0"), "--archive", "/no/such/archive").err())
        .contains("there is no archive at /no/such/archive");
    String file = job.file("no-archive", "snapshots are in a folder");
    assertThat(job.travel(job.id(".0"), "--archive", file).err())
        .contains("there is no archive at " + file);
    Outcome noPath = job.travel(job.id(".0"), "--archive", "::::");
    assertThat(noPath.exit()).isEqualTo(2);
    assertThat(noPath.err()).startsWith("time-travel: --archive :::: is no path");
    assertThat(job.travel(job.id(".0"), "--archive", "").err())
        .startsWith("time-travel: --archive or the configuration's archive.directory must say");
    Outcome unreachable = job.travel(job.id(".0"), "--bootstrap-servers", "127.0.0.1:1");
    assertThat(unreachable.exit()).isEqualTo(2);
    assertThat(unreachable.err()).contains("127.0.0.1:1");
  }

  @Test
  void refusesAPictureThatItCouldNotWriteBeforeItReplays() throws Exception {
    Path missing = folder.resolve("no-such-folder");
    Outcome nowhere = job.travel(job.id(".0"), "--heat", missing.resolve("peak.png").toString());
    Outcome aFolder = job.travel(job.id(".0"), "--heat", folder.toString());

    assertThat(nowhere)
        .isEqualTo(
            new Outcome(
                2, "", "time-travel: --heat: no file can be written in %s%n".formatted(missing)));
    assertThat(aFolder)
        .isEqualTo(
            new Outcome(
                2, "", "time-travel: --heat %s is a folder, not a file%n".formatted(folder)));
  }

  @Test
  void saysThatThereAreNoEventsWhereThereAreNone() throws Exception {
    assertThat(job.travelWithoutEvents())
        .isEqualTo(
            new Outcome(0, "no event on topic travel.andon.dead-letter yet%n".formatted(), ""));
  }

  @Test
  @Order(LAST) // the frames are gone from then on
  void isExpiredWhenTheFramesAreGone() throws Exception {
    IncidentEvent opened = decoded(job.bytes(".0"));
    TopicPartition partition =
        new TopicPartition(opened.first().frame().topic(), opened.first().frame().partition());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", job.broker.bootstrapServers()))) {
      admin
          .deleteRecords(
              Map.of(partition, RecordsToDelete.beforeOffset(opened.first().frame().offset())))
          .all()
          .get();
    }

    Outcome outcome = job.travel(opened.eventId());

    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.out())
        .startsWith("EXPIRED     frames from offset")
        .contains("the first one still there is " + opened.first().frame().offset());
  }
}
