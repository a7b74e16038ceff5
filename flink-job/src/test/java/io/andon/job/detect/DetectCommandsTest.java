package io.andon.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ControlCommand;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When commands act, and how cameras are retired. */
class DetectCommandsTest {
  private static final int WARM = 150;
  private static final int ANOMALY_END = 180;
  private static final int A_DAY = 24 * 60 * 60 * 10;

  @ParameterizedTest(name = "on RocksDB: {0}")
  @ValueSource(booleans = {false, true})
  void aRetiredCameraEndsWhatItHadOpenAndLeavesNothing(boolean rocksDb) throws Exception {
    List<String> camera = List.of("camera-a");
    OperatorSubtaskState state;
    try (DetectHarness harness = DetectHarness.opened(4, rocksDb)) {
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
    try (DetectHarness harness = DetectHarness.opened(4, rocksDb)) {
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
    try (DetectHarness harness = DetectHarness.opened(4, false)) {
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
    try (DetectHarness harness = DetectHarness.opened(4, false)) {
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
    try (DetectHarness harness = DetectHarness.opened(4, false)) {
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
    try (DetectHarness harness = DetectHarness.opened(4, false)) {
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
    try (DetectHarness harness = DetectHarness.opened(4, false)) {
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
}
