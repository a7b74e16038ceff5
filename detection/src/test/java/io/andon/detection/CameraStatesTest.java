package io.andon.detection;

import static io.andon.detection.SyntheticLine.FPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.andon.detection.SyntheticLine.Anomaly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From which state to which, and what is told of it, when the world around a camera changes. */
class CameraStatesTest {
  private static final int ADOPT_SECONDS = 10;
  private static final DetectorSettings SETTINGS =
      SnapshotTest.QUICK.withSceneChange(
          new DetectorSettings.SceneChange(0.6, ADOPT_SECONDS * 1_000));

  private final SyntheticLine line = new SyntheticLine(61, 6, 12, 8).steady();
  private final List<IncidentChange> incidents = new ArrayList<>();
  private final List<HealthChange> health = new ArrayList<>();
  private final List<CameraState> states = new ArrayList<>();
  private CameraDetector detector = line.warmDetector(SETTINGS);

  private void warm(DetectorSettings settings) {
    detector = line.warmDetector(settings);
  }

  private void run(int seconds) {
    run(seconds, Anomaly.NONE, frame -> frame);
  }

  /** Runs frames and notes the states they go through, each once. */
  private void run(int seconds, Anomaly anomaly, UnaryOperator<Observation> as) {
    for (int i = 0; i < seconds * FPS; i++) {
      Verdict verdict = detector.observe(as.apply(line.next(anomaly)));
      incidents.addAll(verdict.incidents());
      health.addAll(verdict.health());
      if (states.isEmpty() || states.get(states.size() - 1) != verdict.state()) {
        states.add(verdict.state());
      }
    }
  }

  private List<IncidentChange.CloseReason> closings() {
    return incidents.stream()
        .filter(change -> change.kind() == IncidentChange.Kind.CLOSED)
        .map(IncidentChange::closeReason)
        .toList();
  }

  private long opened() {
    return incidents.stream().filter(change -> change.kind() == IncidentChange.Kind.OPENED).count();
  }

  private static UnaryOperator<Observation> luma(UnaryOperator<byte[]> change) {
    return frame -> with(frame, change.apply(frame.luma()), frame.stamp());
  }

  private static Observation with(Observation frame, byte[] luma, FrameStamp stamp) {
    return new Observation(
        stamp,
        frame.space(),
        frame.pictureWidth(),
        frame.pictureHeight(),
        frame.rows(),
        frame.columns(),
        frame.channels(),
        frame.patches(),
        frame.pooled(),
        frame.lumaWidth(),
        frame.lumaHeight(),
        luma,
        false);
  }

  private static byte[] filled(byte[] luma, int value) {
    byte[] all = luma.clone();
    Arrays.fill(all, (byte) value);
    return all;
  }

  @Test
  void warmsUpThenWatches() {
    CameraDetector fresh = CameraDetector.create("line-1", SETTINGS);
    double progress = 0;
    Verdict verdict = fresh.observe(line.next());
    while (verdict.warmUpProgress() < 1) {
      assertThat(verdict.state()).isEqualTo(CameraState.WARMING_UP);
      assertThat(verdict.score()).isZero();
      assertThat(verdict.warmUpProgress()).isGreaterThanOrEqualTo(progress);
      progress = verdict.warmUpProgress();
      verdict = fresh.observe(line.next());
    }
    assertThat(verdict.state()).isEqualTo(CameraState.NORMAL);
  }

  @Test
  void anAnomalyIsSuspiciousThenAnIncidentThenOver() {
    run(2);
    run(3, Anomaly.FOREIGN_OBJECT, frame -> frame);
    run(5);
    assertThat(states)
        .containsSubsequence(
            CameraState.NORMAL, CameraState.SUSPICIOUS, CameraState.INCIDENT, CameraState.NORMAL)
        .doesNotContain(CameraState.SCENE_CHANGED);
    assertThat(closings()).containsExactly(IncidentChange.CloseReason.NORMAL_AGAIN);
  }

  @Test
  void lightsOffAndOnAgainIsAFaultOfTheCameraAndNoIncident() {
    run(2);
    run(20, Anomaly.NONE, luma(luma -> filled(luma, 2)));
    run(5);
    assertThat(states)
        .containsExactly(CameraState.NORMAL, CameraState.CAMERA_FAULT, CameraState.NORMAL);
    assertThat(health).extracting(HealthChange::active).containsExactly(true, false);
    assertThat(incidents).isEmpty();
  }

  @Test
  void aCoveredLensIsAFaultOfTheCamera() {
    run(2);
    run(5, Anomaly.NONE, luma(luma -> filled(luma, 90)));
    run(5);
    assertThat(states)
        .containsExactly(CameraState.NORMAL, CameraState.CAMERA_FAULT, CameraState.NORMAL);
    assertThat(health.get(0).fault()).isEqualTo(HealthChange.Fault.COVERED);
    assertThat(incidents).isEmpty();
  }

  /** A scene of as much contrast and hardly any detail, as after a zoom onto a plain part. */
  private static UnaryOperator<Observation> plainer() {
    return luma(
        luma -> {
          byte[] plain = luma.clone();
          for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (40 + 160 * i / plain.length);
          }
          return plain;
        });
  }

  @Test
  void aSceneWithLessDetailForGoodIsAFaultForLongAndThenJudgedAgain() {
    run(2);
    run(15 * ADOPT_SECONDS - 5, Anomaly.NONE, plainer());
    assertThat(states).containsExactly(CameraState.NORMAL, CameraState.CAMERA_FAULT);

    run(20, Anomaly.NONE, plainer());

    assertThat(health).extracting(HealthChange::active).containsExactly(true, false);
    assertThat(states.get(states.size() - 1)).isNotEqualTo(CameraState.CAMERA_FAULT);
  }

  @Test
  void lessDetailIsNormalAtOnceWhereAnOperatorSaysSo() {
    run(2);
    run(10, Anomaly.NONE, plainer());
    detector.accept(new Command.Normal("n", 0, List.of()));
    run(10, Anomaly.NONE, plainer());
    assertThat(health).extracting(HealthChange::active).containsExactly(true, false);
    assertThat(states.get(states.size() - 1)).isNotEqualTo(CameraState.CAMERA_FAULT);
  }

  @Test
  void aCoveredLensStaysAFaultHoweverLongItLasts() {
    run(2);
    run(20 * ADOPT_SECONDS, Anomaly.NONE, luma(luma -> filled(luma, 90)));
    assertThat(states).containsExactly(CameraState.NORMAL, CameraState.CAMERA_FAULT);
  }

  /** Frames of the line at a time of their own. */
  private Observation at(long micros, Anomaly anomaly) {
    Observation frame = line.next(anomaly);
    FrameStamp stamp = frame.stamp();
    return with(
        frame,
        frame.luma(),
        new FrameStamp(micros, stamp.play(), stamp.seq(), stamp.partition(), stamp.offset()));
  }

  @Test
  void oneAnomalyIsOneIncidentOfACameraThatGivesAFrameEveryTwelveSeconds() {
    run(2);
    long now = line.next().stamp().capturedMicros();
    for (int i = 0; i < 140; i++) {
      now += 12_000_000;
      Anomaly anomaly = i < 60 || i >= 120 ? Anomaly.NONE : Anomaly.FOREIGN_OBJECT;
      incidents.addAll(detector.observe(at(now, anomaly)).incidents());
    }
    assertThat(opened()).isEqualTo(1);
    assertThat(closings()).containsExactly(IncidentChange.CloseReason.NORMAL_AGAIN);
  }

  @ParameterizedTest(name = "{0} s later")
  @ValueSource(ints = {1, 11, 36_000})
  void whatBeganToShowBeforeALongGapIsNoEvidenceBehindIt(int seconds) {
    run(2);
    long now = line.next().stamp().capturedMicros();
    double evidence = 0;
    while (evidence < 0.7) {
      now += 1_000_000 / FPS;
      incidents.addAll(detector.observe(at(now, Anomaly.FOREIGN_OBJECT)).incidents());
      evidence = detector.lastScores().evidence();
    }
    assertThat(incidents).isEmpty();

    now += seconds * 1_000_000L;
    incidents.addAll(detector.observe(at(now, Anomaly.FOREIGN_OBJECT)).incidents());

    assertThat(opened()).isEqualTo(seconds == 1 ? 1 : 0);
  }

  @Test
  void aFlickerOfSingleFramesIsNeitherFaultNorIncident() {
    run(2);
    for (int i = 0; i < 10; i++) {
      Observation frame = line.next();
      byte[] flash = frame.luma().clone();
      for (int p = 0; p < flash.length; p++) {
        flash[p] = (byte) Math.min(255, (flash[p] & 0xff) + 60);
      }
      incidents.addAll(detector.observe(with(frame, flash, frame.stamp())).incidents());
      run(1);
    }
    assertThat(states).doesNotContain(CameraState.INCIDENT, CameraState.CAMERA_FAULT);
    assertThat(incidents).isEmpty();
    assertThat(health).isEmpty();
  }

  @Test
  void aMovedCameraIsToldOnceAdoptedByRuleAndWarmsUp() {
    run(2);
    line.moveCamera(7);
    run(ADOPT_SECONDS + 40);
    assertThat(states)
        .containsSubsequence(
            CameraState.NORMAL,
            CameraState.INCIDENT,
            CameraState.SCENE_CHANGED,
            CameraState.WARMING_UP,
            CameraState.NORMAL);
    assertThat(opened()).isEqualTo(1);
    assertThat(closings()).containsExactly(IncidentChange.CloseReason.SCENE_CHANGED);
    run(3, Anomaly.FOREIGN_OBJECT, frame -> frame);
    assertThat(opened()).as("the new scene is watched").isEqualTo(2);
  }

  @Test
  void aCameraMovedBackTakesItsOldBaselineWithoutAWarmUp() {
    run(2);
    line.moveCamera(7);
    run(ADOPT_SECONDS + 40);
    states.clear();
    incidents.clear();
    line.moveBack();
    run(20);
    assertThat(states)
        .containsSubsequence(CameraState.INCIDENT, CameraState.SCENE_CHANGED, CameraState.NORMAL)
        .doesNotContain(CameraState.WARMING_UP);
    assertThat(closings()).containsExactly(IncidentChange.CloseReason.SCENE_CHANGED);
    line.moveCamera(7);
    run(ADOPT_SECONDS - 1);
    assertThat(states)
        .as("it knows the other place as well")
        .doesNotContain(CameraState.WARMING_UP);
    assertThat(states.get(states.size() - 1)).isEqualTo(CameraState.NORMAL);
  }

  @Test
  void aCameraMovedBackWhileItWarmsUpElsewhereGoesOnAsBefore() {
    run(2);
    line.moveCamera(7);
    run(ADOPT_SECONDS + 5);
    assertThat(states.get(states.size() - 1)).isEqualTo(CameraState.WARMING_UP);
    line.moveBack();
    run(5);
    assertThat(states.get(states.size() - 1)).isEqualTo(CameraState.NORMAL);
  }

  @Test
  void aCameraMovedBackBeforeTheNewSceneIsAdoptedIsNormalAgain() {
    run(2);
    line.moveCamera(7);
    run(ADOPT_SECONDS - 3);
    line.moveBack();
    run(6);
    assertThat(closings()).containsExactly(IncidentChange.CloseReason.NORMAL_AGAIN);
    assertThat(states).doesNotContain(CameraState.WARMING_UP);
  }

  @Test
  void withoutTheRuleANewSceneWaitsForAnOperatorsWord() {
    warm(SETTINGS.withSceneChange(new DetectorSettings.SceneChange(0.6, 0)));
    line.moveCamera(7);
    run(120);
    assertThat(states.get(states.size() - 1)).isEqualTo(CameraState.SCENE_CHANGED);
    assertThat(closings()).isEmpty();
    detector.accept(new Command.Normal("yes", 0));
    run(1);
    assertThat(closings()).containsExactly(IncidentChange.CloseReason.OPERATOR);
    assertThat(states.get(states.size() - 1)).isEqualTo(CameraState.WARMING_UP);
    run(30);
    assertThat(states.get(states.size() - 1)).isEqualTo(CameraState.NORMAL);
  }

  @Test
  void aFrozenDetectorAdoptsNoScene() {
    detector.accept(new Command.Freeze("stop", 0, true));
    line.moveCamera(7);
    run(3 * ADOPT_SECONDS);
    assertThat(states.get(states.size() - 1)).isEqualTo(CameraState.SCENE_CHANGED);
    assertThat(closings()).isEmpty();
  }

  @Test
  void aLocalChangeIsNeverAdopted() {
    run(10 * ADOPT_SECONDS, Anomaly.FOREIGN_OBJECT, frame -> frame);
    assertThat(opened()).isEqualTo(1);
    assertThat(closings()).isEmpty();
    assertThat(states).doesNotContain(CameraState.SCENE_CHANGED, CameraState.WARMING_UP);
  }

  @ParameterizedTest(name = "features {0} times as strong")
  @ValueSource(doubles = {1, 0.2})
  void aPictureThatNeverStandsStillIsNoNewScene(double strength) {
    SyntheticLine moving = new SyntheticLine(62, 6, 12, 8).strength(strength);
    CameraDetector watching = moving.warmDetector(SETTINGS);
    List<Verdict> verdicts =
        new ArrayList<>(moving.run(watching, 2 * FPS, Anomaly.NONE, i -> true));
    for (int i = 0; i < 3 * ADOPT_SECONDS; i++) {
      moving.moveCamera(100 + i);
      verdicts.addAll(moving.run(watching, FPS, Anomaly.NONE, frame -> true));
    }
    assertThat(verdicts)
        .extracting(Verdict::state)
        .contains(CameraState.INCIDENT)
        .doesNotContain(CameraState.WARMING_UP);
    assertThat(SyntheticLine.incidents(verdicts))
        .noneMatch(change -> change.kind() == IncidentChange.Kind.CLOSED);
  }

  @Test
  void anotherResolutionWarmsUpAgain() {
    run(2);
    SyntheticLine finer = new SyntheticLine(62, 8, 14, 8);
    finer.skip(10_000);
    Verdict verdict = detector.observe(finer.next());
    assertThat(verdict.state()).isEqualTo(CameraState.WARMING_UP);
    assertThat(verdict.warmUpProgress()).isLessThan(0.1);
  }

  @Test
  void anHoursGapNeitherAlarmsNorForgets() {
    run(2);
    line.skip(3_600 * FPS);
    run(10);
    assertThat(states).containsExactly(CameraState.NORMAL);
    assertThat(incidents).isEmpty();
  }

  @Test
  void oldFramesThatAreReplayedChangeNothing() {
    Observation old = line.next();
    detector.observe(old);
    run(2);
    byte[] before = detector.snapshot();
    assertThat(detector.orderOf(old.stamp())).isEqualTo(FrameOrder.STALE_SEQUENCE);
    assertThat(detector.snapshot()).isEqualTo(before);
    FrameStamp anew = new FrameStamp(old.stamp().capturedMicros(), 2, 0, 0, 99);
    assertThat(detector.observe(with(old, old.luma(), anew)).state())
        .as("a new play whose clock runs an hour behind is judged like any other")
        .isEqualTo(CameraState.NORMAL);
  }
}
