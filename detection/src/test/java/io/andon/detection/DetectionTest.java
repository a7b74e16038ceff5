package io.andon.detection;

import static io.andon.detection.SyntheticLine.FPS;
import static io.andon.detection.SyntheticLine.incidents;
import static org.assertj.core.api.Assertions.assertThat;

import io.andon.detection.SyntheticLine.Anomaly;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found and what is left alone on a made-up line, under the default settings. */
class DetectionTest {
  private static final DetectorSettings SETTINGS = DetectorSettings.defaults();

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void oneAnomalyIsOneIncidentThatOpensSoonAndClosesAfterIt(Anomaly anomaly) {
    SyntheticLine line = new SyntheticLine(7);
    CameraDetector detector = line.warmDetector(SETTINGS);
    assertThat(incidents(line.run(detector, 20 * FPS, Anomaly.NONE, i -> true))).isEmpty();

    List<Verdict> during = line.run(detector, 6 * FPS, anomaly, i -> true);
    List<Verdict> after = line.run(detector, 20 * FPS, Anomaly.NONE, i -> true);

    List<IncidentChange> first = incidents(during);
    assertThat(first).isNotEmpty();
    assertThat(first.get(0).kind()).isEqualTo(IncidentChange.Kind.OPENED);
    assertThat(first.get(0).peakScore()).isGreaterThan(1);
    List<IncidentChange> last = incidents(after);
    assertThat(last.get(last.size() - 1).kind()).isEqualTo(IncidentChange.Kind.CLOSED);
    assertThat(last.get(last.size() - 1).closeReason())
        .isEqualTo(IncidentChange.CloseReason.NORMAL_AGAIN);
    assertThat(last).extracting(IncidentChange::id).containsOnly(first.get(0).id());
    assertThat(first).extracting(IncidentChange::id).containsOnly(first.get(0).id());
    long openMicros =
        first.get(0).current().capturedMicros() - during.get(0).stamp().capturedMicros();
    assertThat(openMicros).isLessThan(4_000_000);
    long closeMicros =
        last.get(last.size() - 1).current().capturedMicros()
            - after.get(0).stamp().capturedMicros();
    assertThat(closeMicros).isLessThan(8_000_000);
  }

  @Test
  void everyAnomalyOfARowIsFound() {
    SyntheticLine line = new SyntheticLine(11);
    CameraDetector detector = line.warmDetector(SETTINGS);
    Anomaly[] kinds = {Anomaly.FOREIGN_OBJECT, Anomaly.WRONG_PARTS, Anomaly.STOPPED_BELT};
    for (int i = 0; i < 9; i++) {
      assertThat(incidents(line.run(detector, 10 * FPS, Anomaly.NONE, n -> true)))
          .noneMatch(change -> change.kind() == IncidentChange.Kind.OPENED);
      assertThat(incidents(line.run(detector, 5 * FPS, kinds[i % 3], n -> true)))
          .as("anomaly %d", i)
          .anyMatch(change -> change.kind() == IncidentChange.Kind.OPENED);
    }
  }

  @Test
  void halfAnHourOfNormalWorkRaisesNoAlarm() {
    SyntheticLine line = new SyntheticLine(1);
    CameraDetector detector = line.warmDetector(SETTINGS);
    int alarms = 0;
    double most = 0;
    for (int i = 0; i < 30 * 60 * FPS; i++) {
      Verdict verdict = detector.observe(line.next());
      alarms += verdict.incidents().size();
      // A frame this far below its level is scored lower than its channels are.
      DetectorScores said = detector.lastScores();
      most = Math.max(most, Math.max(said.appearance().score(), said.motion().score()));
    }
    assertThat(alarms).as("incidents, highest score %s", most).isZero();
    assertThat(most).as("the detector scores at all").isGreaterThan(0.05);
  }

  @Test
  void aForeignObjectIsShownWhereItLies() {
    SyntheticLine line = new SyntheticLine(3);
    CameraDetector detector = line.warmDetector(SETTINGS);
    List<IncidentChange> changes =
        incidents(line.run(detector, 6 * FPS, Anomaly.FOREIGN_OBJECT, i -> true));
    IncidentChange opened = changes.get(0);
    HotBox hottest = opened.boxes().get(0);
    // The object covers cells 8..10 of 14 and 1..2 of 8 in a picture of 1280 x 720.
    double middleX = hottest.x() + hottest.width() / 2.0;
    double middleY = hottest.y() + hottest.height() / 2.0;
    assertThat(middleX).isBetween(8 * 1280 / 14.0, 11 * 1280 / 14.0);
    assertThat(middleY).isBetween(720 / 8.0, 3 * 720 / 8.0);
    assertThat(opened.heatMap().values()).hasSize(8 * 14);
    assertThat(opened.nearestNormal()).isNotNull();
    assertThat(opened.certified()).isFalse();
    assertThat(opened.pValue()).isBetween(0.0, 0.01);
  }

  @Test
  void anAnomalyThatLastsIsNotLearnt() {
    SyntheticLine line = new SyntheticLine(5);
    CameraDetector detector = line.warmDetector(SETTINGS);
    List<Verdict> minute = line.run(detector, 60 * FPS, Anomaly.FOREIGN_OBJECT, i -> true);
    assertThat(minute.get(minute.size() - 1).state()).isEqualTo(CameraState.INCIDENT);
    assertThat(minute.get(minute.size() - 1).score()).isGreaterThan(1);
    assertThat(detector.quarantinedFrames()).isPositive();
  }

  @Test
  void aSingleStrangeFrameIsSuspiciousButNoIncident() {
    SyntheticLine line = new SyntheticLine(6);
    CameraDetector detector = line.warmDetector(SETTINGS);
    List<Verdict> verdicts = line.run(detector, 5 * FPS, Anomaly.FOREIGN_OBJECT, i -> i == 20);
    assertThat(verdicts.get(20).state()).isEqualTo(CameraState.SUSPICIOUS);
    assertThat(incidents(verdicts)).isEmpty();
    assertThat(verdicts.get(verdicts.size() - 1).state()).isEqualTo(CameraState.NORMAL);
  }

  @Test
  void warmUpProgressesAndRaisesNothing() {
    SyntheticLine line = new SyntheticLine(8);
    CameraDetector detector = CameraDetector.create("line-1", SETTINGS);
    double before = -1;
    for (int i = 0; i < 40 * FPS; i++) {
      Verdict verdict = detector.observe(line.next());
      assertThat(verdict.state()).isEqualTo(CameraState.WARMING_UP);
      assertThat(verdict.score()).isZero();
      assertThat(verdict.warmUpProgress()).isGreaterThanOrEqualTo(before).isLessThan(1);
      before = verdict.warmUpProgress();
    }
    assertThat(before).isGreaterThan(0.8);
  }
}
