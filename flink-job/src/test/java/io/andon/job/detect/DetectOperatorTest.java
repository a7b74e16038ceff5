package io.andon.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ClockSource;
import io.andon.contracts.ControlCommand;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectOperatorTest {
  private static final int WARM = 150;
  private static final int ANOMALY_END = 180;
  private static final int FRAMES = 260;

  /** Of frames a tenth of a second apart: one undo snapshot to the next. */
  private static final int TWENTY_MINUTES = 12_000;

  private static final int A_DAY = 24 * 60 * 60 * 10;

  private static final List<String> CAMERAS = List.of("camera-a", "camera-b", "camera-c");

  @ParameterizedTest(name = "on RocksDB: {0}")
  @ValueSource(booleans = {false, true})
  void goesOnAfterARestoreBitForBitAsIfNothingHadHappened(boolean rocksDb) throws Exception {
    Given undisturbed = new Given();
    try (DetectHarness harness = opened(100, rocksDb)) {
      beginning(harness);
      end(harness);
      undisturbed.add(harness);
    }

    Given restored = new Given();
    OperatorSubtaskState state;
    try (DetectHarness harness = opened(100, rocksDb)) {
      beginning(harness);
      state = harness.checkpoint(1);
      restored.add(harness);
    }
    try (DetectHarness harness = new DetectHarness(100, rocksDb)) {
      harness.initializeState(state);
      harness.open();
      end(harness);
      restored.add(harness);
    }

    assertThat(undisturbed.scores).hasSize(FRAMES * CAMERAS.size());
    assertThat(undisturbed.incidents).isNotEmpty();
    assertThat(undisturbed.acks).hasSize(1);
    assertThat(restored).usingRecursiveComparison().isEqualTo(undisturbed);
  }

  @ParameterizedTest(name = "on RocksDB: {0}")
  @ValueSource(booleans = {false, true})
  void saysTheSameWithRoomForOneCameraAsWithRoomForAll(boolean rocksDb) throws Exception {
    Given roomy = new Given();
    try (DetectHarness harness = opened(100, rocksDb)) {
      beginning(harness);
      end(harness);
      roomy.add(harness);
    }
    Given tight = new Given();
    try (DetectHarness harness = opened(1, rocksDb)) {
      beginning(harness);
      end(harness);
      tight.add(harness);
    }

    assertThat(tight).usingRecursiveComparison().isEqualTo(roomy);
  }

  @Test
  void eachLabelledCameraCountsItsIncidentsAndShowsItsBudget() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics.addRegistry(registry);
    try (DetectHarness harness = opened(100, false)) {
      harness.feed(List.of("camera-a", "camera-b"), 0, WARM, false);
      harness.feed(List.of("camera-a"), WARM, ANOMALY_END, true);
      long opened =
          harness.incidents().stream().filter(event -> event.contains("\"opened\"")).count();

      assertThat(opened).isPositive();
      assertThat(incidents(registry, "camera-a")).isEqualTo((double) opened);
      assertThat(incidents(registry, "camera-b")).isZero();
      assertThat(
              registry
                  .get("andon.camera.false.alarm.budget")
                  .tag("camera", "camera-a")
                  .gauge()
                  .value())
          .isPositive();
    } finally {
      Metrics.removeRegistry(registry);
    }
  }

  @Test
  void aCameraThatFellSilentInAnIncidentIsNotShownAsInOne() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics.addRegistry(registry);
    try (DetectHarness harness = opened(4, false)) {
      harness.feed(List.of("camera-a"), 0, WARM, false);
      harness.feed(List.of("camera-a"), WARM, ANOMALY_END, true);
      assertThat(gauge(registry, "andon.camera.state")).isEqualTo(3);

      harness.eventTime(ANOMALY_END + 60);
      assertThat(harness.incidents()).last().asString().contains("\"silent\"");
      assertThat(gauge(registry, "andon.camera.state")).isNaN();
      assertThat(gauge(registry, "andon.score")).isNaN();

      harness.feed(List.of("camera-a"), ANOMALY_END, ANOMALY_END + 1, false);
      assertThat(gauge(registry, "andon.camera.state")).isBetween(1.0, 3.0);
    } finally {
      Metrics.removeRegistry(registry);
    }
  }

  private static double gauge(SimpleMeterRegistry registry, String name) {
    return registry.get(name).tag("camera", "camera-a").gauge().value();
  }

  private static double incidents(SimpleMeterRegistry registry, String camera) {
    return registry.get("andon.camera.incidents").tag("camera", camera).counter().count();
  }

  @Test
  void aCheckpointHoldsTheCamerasThatLeftTheCache() throws Exception {
    OperatorSubtaskState state;
    try (DetectHarness harness = opened(1, false)) {
      harness.feed(CAMERAS, 0, 10, false);
      state = harness.checkpoint(1);
    }
    try (DetectHarness harness = new DetectHarness(1, false)) {
      harness.initializeState(state);
      harness.open();
      harness.feed(CAMERAS, 0, 10, false);

      assertThat(harness.given(DetectOutputs.SCORES)).isEmpty();
      assertThat(harness.given(DetectOutputs.DEAD_LETTERS))
          .hasSize(10 * CAMERAS.size())
          .allSatisfy(letter -> assertThat(letter).contains("duplicate-sequence"));
    }
  }

  @Test
  void closesTheIncidentOfACameraThatFellSilentWhenEventTimeSaysSo() throws Exception {
    try (DetectHarness harness = opened(1, false)) {
      String camera = "camera-a";
      harness.feed(List.of(camera), 0, WARM, false);
      harness.feed(List.of(camera), WARM, ANOMALY_END, true);
      harness.feed(List.of("camera-b"), 0, WARM, false); // has the first one leave the cache
      assertThat(harness.incidents()).isNotEmpty();
      assertThat(harness.incidents()).noneMatch(event -> event.contains("\"silent\""));

      harness.eventTime(ANOMALY_END + 40);
      assertThat(harness.incidents()).noneMatch(event -> event.contains("\"silent\""));

      harness.eventTime(ANOMALY_END + 60);
      assertThat(harness.incidents()).filteredOn(event -> event.contains("\"silent\"")).hasSize(1);
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void theTimerOfASilentCameraOutlivesARestore() throws Exception {
    OperatorSubtaskState state;
    try (DetectHarness harness = opened(4, false)) {
      harness.feed(List.of("camera-a"), 0, WARM, false);
      harness.feed(List.of("camera-a"), WARM, ANOMALY_END, true);
      state = harness.checkpoint(1);
    }
    try (DetectHarness harness = new DetectHarness(4, false)) {
      harness.initializeState(state);
      harness.open();
      harness.eventTime(ANOMALY_END + 60);

      assertThat(harness.incidents()).hasSize(1).first().asString().contains("\"silent\"");
    }
  }

  /** So a restart from before the closing writes the same event again. */
  @Test
  void eventTimeAndTheNextFrameTellTheSameOfASilentCamera() throws Exception {
    List<String> camera = List.of("camera-a");
    OperatorSubtaskState state;
    try (DetectHarness harness = opened(4, false)) {
      harness.feed(camera, 0, WARM, false);
      harness.feed(camera, WARM, ANOMALY_END, true);
      state = harness.checkpoint(1);
    }
    try (DetectHarness byTime = new DetectHarness(4, false);
        DetectHarness byFrame = new DetectHarness(4, false)) {
      byTime.initializeState(state);
      byTime.open();
      byTime.eventTime(ANOMALY_END + 60);
      byFrame.initializeState(state);
      byFrame.open();
      byFrame.clock(ClockSource.ARRIVAL);
      byFrame.feed(camera, ANOMALY_END + 60, ANOMALY_END + 61, false);

      assertThat(byTime.incidents()).hasSize(1).first().asString().contains("\"silent\"");
      assertThat(byFrame.incidents()).isEqualTo(byTime.incidents());

      byFrame.eventTime(ANOMALY_END + 100);
      assertThat(byFrame.incidents()).as("told once").hasSize(1);
    }
  }

  @ParameterizedTest(name = "on RocksDB: {0}")
  @ValueSource(booleans = {false, true})
  void undoSnapshotsAreStoredApartAndComeBack(boolean rocksDb) throws Exception {
    List<String> camera = List.of("camera-a");
    OperatorSubtaskState state;
    try (DetectHarness harness = opened(4, rocksDb)) {
      harness.feed(camera, 0, WARM, false);
      harness.checkpoint(1);
      assertThat(harness.undoSnapshotsKept("camera-a")).containsExactly(0L);
      harness.feed(camera, WARM, WARM + TWENTY_MINUTES, false);
      state = harness.checkpoint(2);
      assertThat(harness.undoSnapshotsKept("camera-a")).containsExactly(0L, 1L);
    }
    try (DetectHarness harness = new DetectHarness(4, rocksDb)) {
      harness.initializeState(state);
      harness.open();
      harness.command(new ControlCommand.Undo("back", "camera-a", 0, 15));
      harness.feed(camera, WARM + TWENTY_MINUTES, WARM + TWENTY_MINUTES + 1, false);

      assertThat(harness.given(DetectOutputs.CONTROL_ACKS))
          .hasSize(1)
          .first()
          .asString()
          .contains("\"back\"", "\"applied\"", "went back to the baseline");
      harness.checkpoint(3);
      assertThat(harness.undoSnapshotsKept("camera-a"))
          .as("the second one is undone, a third one was due")
          .containsExactly(0L, 2L);

      harness.command(new ControlCommand.Retire("gone", "camera-a", 0));
      assertThat(harness.undoSnapshotsKept("camera-a")).isEmpty();
    }
  }

  @ParameterizedTest(name = "on RocksDB: {0}")
  @ValueSource(booleans = {false, true})
  void aRetiredCameraEndsWhatItHadOpenAndLeavesNothing(boolean rocksDb) throws Exception {
    List<String> camera = List.of("camera-a");
    OperatorSubtaskState state;
    try (DetectHarness harness = opened(4, rocksDb)) {
      harness.feed(camera, 0, WARM, false);
      harness.feed(camera, WARM, ANOMALY_END, true);
      harness.checkpoint(1);
      harness.command(new ControlCommand.Retire("gone", "camera-a", 0));

      assertThat(harness.incidents()).last().asString().contains("\"closed\"", "\"operator\"");
      assertThat(harness.given(DetectOutputs.CONTROL_ACKS))
          .hasSize(1)
          .first()
          .asString()
          .contains("\"gone\"", "\"applied\"", "\"seq\":" + (ANOMALY_END - 1));
      assertThat(harness.numEventTimeTimers()).as("when its time is forgotten too").isOne();
      assertThat(harness.camerasKept()).isZero();
      state = harness.checkpoint(2);
    }
    try (DetectHarness harness = new DetectHarness(4, rocksDb)) {
      harness.initializeState(state);
      harness.open();
      harness.feed(camera, 0, 2, false);

      assertThat(harness.given(DetectOutputs.SCORES))
          .hasSize(2)
          .allSatisfy(score -> assertThat(score).contains("\"warming-up\""));
      assertThat(harness.given(DetectOutputs.DEAD_LETTERS)).isEmpty();
    }
  }

  /** After a restart commands are read again before the frames in front of them. */
  @ParameterizedTest(name = "on RocksDB: {0}")
  @ValueSource(booleans = {false, true})
  void framesFromBeforeARetirementDoNotBringTheCameraBack(boolean rocksDb) throws Exception {
    List<String> camera = List.of("camera-a");
    long givenMillis = DetectHarness.micros(20) / 1_000;
    OperatorSubtaskState state;
    try (DetectHarness harness = opened(4, rocksDb)) {
      harness.feed(camera, 0, 10, false);
      state = harness.checkpoint(1);
    }
    try (DetectHarness harness = new DetectHarness(4, rocksDb)) {
      harness.initializeState(state);
      harness.open();
      harness.command(new ControlCommand.Retire("gone", "camera-a", 0), givenMillis);
      state = harness.checkpoint(2);
    }
    try (DetectHarness harness = new DetectHarness(4, rocksDb)) {
      harness.initializeState(state);
      harness.open();
      harness.feed(camera, 10, 21, false);

      assertThat(harness.given(DetectOutputs.SCORES)).isEmpty();
      assertThat(harness.given(DetectOutputs.DEAD_LETTERS))
          .hasSize(11)
          .allSatisfy(letter -> assertThat(letter).contains("\"retired\""));
      harness.checkpoint(3);
      assertThat(harness.camerasKept()).isZero();

      harness.feed(camera, 21, 22, false);
      assertThat(harness.given(DetectOutputs.SCORES)).hasSize(1);
      assertThat(harness.numEventTimeTimers()).as("the camera is back").isZero();
    }
  }

  @Test
  void aRetirementIsForgottenWhenNoFrameFromBeforeItCanComeAgain() throws Exception {
    int seq = 20;
    try (DetectHarness harness = opened(4, false)) {
      harness.feed(List.of("camera-a"), 0, seq, false);
      harness.command(
          new ControlCommand.Retire("gone", "camera-a", 0), DetectHarness.micros(seq) / 1_000);
      harness.eventTime(seq + A_DAY - 1);
      assertThat(harness.numEventTimeTimers()).isOne();
      harness.eventTime(seq + A_DAY);
      assertThat(harness.numEventTimeTimers()).isZero();
      harness.checkpoint(1);
      assertThat(harness.retiredKept()).isZero();
    }
  }

  /** The run before judged those frames without the command, and gave events of them. */
  @Test
  void aCommandThatIsReadAgainActsOnTheFrameItActedOnBefore() throws Exception {
    List<String> camera = List.of("camera-a");
    ControlCommand freeze = new ControlCommand.Freeze("f", "camera-a", 0);
    long givenMillis = DetectHarness.micros(25) / 1_000;
    List<String> first;
    OperatorSubtaskState state;
    try (DetectHarness harness = opened(4, false)) {
      harness.feed(camera, 0, 10, false);
      state = harness.checkpoint(1);
      harness.feed(camera, 10, 25, false);
      harness.command(freeze, givenMillis);
      harness.feed(camera, 25, 30, false);
      first = harness.given(DetectOutputs.CONTROL_ACKS);
    }
    try (DetectHarness harness = new DetectHarness(4, false)) {
      harness.initializeState(state);
      harness.open();
      harness.command(freeze, givenMillis);
      harness.feed(camera, 10, 30, false);

      assertThat(first).hasSize(1).first().asString().contains("\"seq\":25");
      assertThat(harness.given(DetectOutputs.CONTROL_ACKS)).isEqualTo(first);
    }
  }

  @Test
  void aCommandOfAClockThatIsFarAheadActsAllTheSame() throws Exception {
    try (DetectHarness harness = opened(4, false)) {
      int now = 10_000_000;
      harness.feed(List.of("camera-a"), now - 1, now, false);
      harness.command(
          new ControlCommand.Freeze("f", "camera-a", 0),
          DetectHarness.micros(now) / 1_000 + 3_600_000);
      harness.feed(List.of("camera-a"), now, now + 1, false);

      assertThat(harness.given(DetectOutputs.CONTROL_ACKS)).hasSize(1);
    }
  }

  @Test
  void retiringACameraThatWasNeverSeenForgetsWhatWaitsForItAndSaysSo() throws Exception {
    try (DetectHarness harness = opened(4, false)) {
      harness.command(new ControlCommand.Reset("typo", "camera-z", 0));
      harness.checkpoint(1);
      assertThat(harness.camerasKept()).isPositive();

      harness.command(new ControlCommand.Retire("gone", "camera-z", 0));

      assertThat(harness.camerasKept()).isZero();
      assertThat(harness.given(DetectOutputs.CONTROL_ACKS))
          .hasSize(1)
          .first()
          .asString()
          .contains("\"gone\"", "\"rejected\"", "no frame of this camera");
    }
  }

  @Test
  void aCommandThatIsSentAgainIsAnsweredOnce() throws Exception {
    try (DetectHarness harness = opened(4, false)) {
      harness.feed(List.of("camera-a"), 0, 2, false);
      ControlCommand command = new ControlCommand.Sensitivity("once", "camera-a", 0, 3);
      harness.command(command);
      harness.command(command);
      harness.feed(List.of("camera-a"), 2, 4, false);
      harness.command(command);

      assertThat(harness.given(DetectOutputs.CONTROL_ACKS))
          .hasSize(1)
          .first()
          .asString()
          .contains("\"applied\"");
    }
  }

  /** Warms up, takes a command that is to act later, and stops in the middle of an anomaly. */
  private static void beginning(DetectHarness harness) throws Exception {
    harness.feed(CAMERAS, 0, WARM, false);
    harness.command(
        new ControlCommand.Sensitivity(
            "more", "camera-b", DetectHarness.micros(ANOMALY_END + 10), 2_000));
    harness.feed(CAMERAS, WARM, (WARM + ANOMALY_END) / 2, true);
  }

  private static void end(DetectHarness harness) throws Exception {
    harness.feed(CAMERAS, (WARM + ANOMALY_END) / 2, ANOMALY_END, true);
    harness.feed(CAMERAS, ANOMALY_END, FRAMES, false);
  }

  private static DetectHarness opened(int maxLiveCameras, boolean rocksDb) throws Exception {
    DetectHarness harness = new DetectHarness(maxLiveCameras, rocksDb);
    harness.open();
    return harness;
  }

  /** All that was given, by one run or by two that follow each other. */
  private static final class Given {
    private final List<String> scores = new ArrayList<>();
    private final List<String> incidents = new ArrayList<>();
    private final List<String> acks = new ArrayList<>();
    private final List<String> health = new ArrayList<>();

    void add(DetectHarness harness) {
      scores.addAll(harness.given(DetectOutputs.SCORES));
      incidents.addAll(harness.incidents());
      acks.addAll(harness.given(DetectOutputs.CONTROL_ACKS));
      health.addAll(harness.given(DetectOutputs.HEALTH));
    }
  }
}
