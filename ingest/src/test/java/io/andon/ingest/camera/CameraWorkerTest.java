package io.andon.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.config.ConfigException;
import io.andon.contracts.FrameHeaders;
import io.andon.ingest.gate.I420Picture;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.testing.TestCameras;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraWorkerTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private final Map<StopReason, Long> waits = new EnumMap<>(StopReason.class);
  @TempDir private Path folder;
  private CameraConfig camera = TestCameras.with("");
  private final Queue<Step> script = new ArrayDeque<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<String> details = new ArrayList<>();
  private final List<Integer> attempts = new ArrayList<>();
  private Runnable onClose = () -> {};
  private long nanos;
  private CameraWorker worker = worker();

  CameraWorkerTest() throws ConfigException {}

  @Test
  void aLostCameraIsToldOnceAReasonAndConnectedToAgainWithLongerWaits() {
    script.add(frame(0));
    script.add(fail(StopReason.END_OF_STREAM));
    script.add(fail(StopReason.UNAUTHORIZED));
    script.add(fail(StopReason.UNAUTHORIZED));
    script.add(frame(0));
    worker.run();
    assertThat(heard)
        .containsExactly(
            "up",
            "frame",
            "down end-of-stream",
            "again end-of-stream",
            "down unauthorized",
            "again unauthorized",
            "again unauthorized",
            "up",
            "frame");
    assertThat(attempts).containsExactly(1, 2, 3);
  }

  @Test
  void waitsStartAnewAfterAStableConnection() {
    script.add(fail(StopReason.UNREACHABLE));
    script.add(frame(0));
    script.add(frame(11_000));
    script.add(fail(StopReason.END_OF_STREAM));
    worker.run();
    assertThat(attempts).containsExactly(1, 1);
  }

  @Test
  void silenceBeyondTheLimitIsAStall() {
    script.add(frame(0));
    script.add(silence(camera.stallMillis() + 1));
    worker.run();
    assertThat(heard).containsExactly("up", "frame", "down stall", "again stall");
  }

  @Test
  void aFirstFrameMayTakeLongerThanAStall() {
    script.add(silence(camera.stallMillis() + 1));
    script.add(frame(0));
    script.add(silence(1));
    worker.run();
    assertThat(heard).containsExactly("up", "frame");
  }

  @Test
  void framesThatLagAreAReasonToReconnect() {
    script.add(
        () -> {
          long lateMillis = camera.stallMillis() + camera.latencyMillis() + 1L;
          return picture(NOW.toEpochMilli() - lateMillis);
        });
    worker.run();
    assertThat(heard).containsExactly("late", "down lag", "again lag");
  }

  @Test
  void anErrorThatNobodyForesawEndsTheConnectionAndNotTheThread() {
    script.add(frame(0));
    script.add(
        () -> {
          throw new IllegalStateException("rtsp://cam/live?password=hunter2");
        });
    script.add(frame(0));
    worker.run();
    assertThat(heard)
        .containsExactly("up", "frame", "down pipeline", "again pipeline", "up", "frame");
    assertThat(details).containsExactly("IllegalStateException; see the log");
    assertThat(attempts).containsExactly(1);
  }

  @Test
  void aFrameThatItsHeadersCanNotTellEndsItsOwnCamerasConnection() {
    script.add(
        () ->
            new Picture(
                new byte[] {1},
                FrameHeaders.MAX_SIDE + 1,
                64,
                NOW.toEpochMilli() * 1000,
                OptionalLong.empty(),
                Integrity.WHOLE));
    worker.run();
    assertThat(heard).containsExactly("down pipeline", "again pipeline");
  }

  @Test
  void aFaultIsToldBeforeTheConnectionIsTakenDownWhichMayTakeLong() {
    onClose = () -> heard.add("closed");
    script.add(frame(0));
    script.add(silence(camera.stallMillis() + 1));
    script.add(
        () -> {
          throw new IllegalStateException("as nobody foresaw");
        });
    worker.run();
    assertThat(heard)
        .containsExactly(
            "up",
            "frame",
            "down stall",
            "closed",
            "again stall",
            "down pipeline",
            "closed",
            "again pipeline",
            "closed");
  }

  @Test
  void aConnectionThatCanNotBeTakenDownIsFollowedByTheNextOne() {
    onClose =
        () -> {
          throw new IllegalStateException("as nobody foresaw");
        };
    script.add(frame(0));
    script.add(fail(StopReason.END_OF_STREAM));
    script.add(frame(0));
    worker.run();
    assertThat(heard)
        .containsExactly("up", "frame", "down end-of-stream", "again end-of-stream", "up", "frame");
  }

  @Test
  void aCameraWhoseStreamHangsIsNotTakenForOneThatStreams() {
    long freshMillis = camera.stallMillis() + camera.latencyMillis() + 1_900L;
    List<CameraPhase> phases = new ArrayList<>();
    script.add(frame(0));
    script.add(
        () -> {
          nanos += freshMillis * 1_000_000;
          phases.add(worker.status().phase());
          nanos += 200 * 1_000_000;
          phases.add(worker.status().phase());
          return picture(NOW.toEpochMilli());
        });
    script.add(
        () -> {
          phases.add(worker.status().phase());
          return null;
        });
    worker.run();
    assertThat(phases)
        .containsExactly(CameraPhase.STREAMING, CameraPhase.UNREACHABLE, CameraPhase.STREAMING);
  }

  @Test
  void picturesBeforeTheFirstKeyFrameAreNoFramesHoweverLongItIsAway() {
    for (int i = 0; i < 5; i++) {
      script.add(
          () -> {
            nanos += (camera.firstFrameMillis() - 100L) * 1_000_000;
            return picture(NOW.toEpochMilli(), Integrity.UNFOUNDED);
          });
    }
    script.add(() -> picture(NOW.toEpochMilli(), Integrity.DAMAGED));
    script.add(frame(0));
    worker.run();
    assertThat(heard)
        .containsExactly(
            "unfounded",
            "unfounded",
            "unfounded",
            "unfounded",
            "unfounded",
            "up",
            "damaged frame",
            "frame");
  }

  @Test
  void aRefusedPasswordIsNotTriedAgainUntilThereIsAnotherOne() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "old");
    camera = TestCameras.with(", credentials: {user: viewer, password: \"file:" + file + "\"}");
    waits.put(StopReason.UNAUTHORIZED, Duration.ofDays(1).toMillis());
    worker = worker();
    script.add(fail(StopReason.UNAUTHORIZED));
    script.add(frame(0));
    Thread running = new Thread(worker, "worker");
    running.start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> heard.contains("down unauthorized"));
    Files.writeString(file, "new");
    running.join(Duration.ofMinutes(1).toMillis());
    assertThat(heard).containsExactly("down unauthorized", "again unauthorized", "up", "frame");
  }

  private interface Step {
    @Nullable Picture play() throws StreamEndedException;
  }

  private Step frame(long afterMillis) {
    return () -> {
      nanos += afterMillis * 1_000_000;
      return picture(NOW.toEpochMilli());
    };
  }

  private static Picture picture(long arrivalMillis) {
    return picture(arrivalMillis, Integrity.WHOLE);
  }

  private static Picture picture(long arrivalMillis, Integrity integrity) {
    return new Picture(
        new byte[] {1}, 64, 64, arrivalMillis * 1000, OptionalLong.empty(), integrity);
  }

  private Step silence(long millis) {
    return () -> {
      nanos += millis * 1_000_000;
      return null;
    };
  }

  private static Step fail(StopReason reason) {
    return () -> {
      throw new StreamEndedException(reason, "told by the test");
    };
  }

  /** The script's next step; the worker is closed when there is none. */
  private @Nullable Picture step() throws StreamEndedException {
    Step step = script.poll();
    if (step == null) {
      worker.close();
      return null;
    }
    return step.play();
  }

  private CameraWorker worker() {
    CameraStream stream =
        new CameraStream() {
          @Override
          public @Nullable Picture next(long timeoutMillis) throws StreamEndedException {
            return step();
          }

          @Override
          public void close() {
            onClose.run();
          }
        };
    InstantSource clock = InstantSource.fixed(NOW);
    return new CameraWorker(
        camera,
        any -> stream,
        new Recorder(),
        new PlayNumbers(clock),
        (reason, attempt) -> {
          attempts.add(attempt);
          return waits.getOrDefault(reason, 0L);
        },
        clock,
        () -> nanos += 2_000_000);
  }

  private final class Recorder implements CameraListener {
    @Override
    public void captured(CameraConfig of, OutgoingFrame frame, @Nullable I420Picture pixels) {
      heard.add(frame.damaged() ? "damaged frame" : "frame");
    }

    @Override
    public void late(CameraConfig of, int bytes) {
      heard.add("late");
    }

    @Override
    public void unfounded(CameraConfig of, int bytes) {
      heard.add("unfounded");
    }

    @Override
    public void up(CameraConfig of, long play) {
      heard.add("up");
    }

    @Override
    public void down(CameraConfig of, long play, StopReason reason, String detail) {
      heard.add("down " + reason.wireName());
      details.add(detail);
    }

    @Override
    public void reconnecting(CameraConfig of, StopReason reason) {
      heard.add("again " + reason.wireName());
    }
  }
}
