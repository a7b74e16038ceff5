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

  private static final List<String> CAMERAS = List.of("camera-a", "camera-b", "camera-c");

  @ParameterizedTest(name = "on RocksDB: {0}")
  @ValueSource(booleans = {false, true})
  void goesOnAfterARestoreBitForBitAsIfNothingHadHappened(boolean rocksDb) throws Exception {
    Given undisturbed = new Given();
    try (DetectHarness harness = DetectHarness.opened(100, rocksDb)) {
      beginning(harness);
      end(harness);
      undisturbed.add(harness);
    }

    Given restored = new Given();
    OperatorSubtaskState state;
    try (DetectHarness harness = DetectHarness.opened(100, rocksDb)) {
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
    try (DetectHarness harness = DetectHarness.opened(100, rocksDb)) {
      beginning(harness);
      end(harness);
      roomy.add(harness);
    }
    Given tight = new Given();
    try (DetectHarness harness = DetectHarness.opened(1, rocksDb)) {
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
    try (DetectHarness harness = DetectHarness.opened(100, false)) {
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
    try (DetectHarness harness = DetectHarness.opened(4, false)) {
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
    try (DetectHarness harness = DetectHarness.opened(1, false)) {
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
    try (DetectHarness harness = DetectHarness.opened(1, false)) {
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
  void aCameraWhoseFramesComeFasterThanTheyDidIsSilentSooner() throws Exception {
    try (DetectHarness harness = DetectHarness.opened(1, false)) {
      List<String> camera = List.of("camera-a");
      harness.feed(camera, 0, WARM, false);
      int seq = WARM;
      for (int slow = 0; slow < 80; slow++, seq += 100) {
        harness.feed(camera, seq, seq + 1, slow >= 77);
      }
      assertThat(harness.incidents()).as("opened while frames are rare").isNotEmpty();
      harness.feed(camera, seq, seq + 80, true);

      harness.eventTime(seq + 80 + 60);

      assertThat(harness.incidents()).filteredOn(event -> event.contains("\"silent\"")).hasSize(1);
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void theTimerOfASilentCameraOutlivesARestore() throws Exception {
    OperatorSubtaskState state;
    try (DetectHarness harness = DetectHarness.opened(4, false)) {
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
    try (DetectHarness harness = DetectHarness.opened(4, false)) {
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
    try (DetectHarness harness = DetectHarness.opened(4, rocksDb)) {
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
