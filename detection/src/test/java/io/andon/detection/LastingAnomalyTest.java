package io.andon.detection;

import static io.andon.detection.SyntheticLine.FPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.andon.detection.SyntheticLine.Anomaly;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stays is not learnt because it stays, and what surrounds it is learnt all the same. */
class LastingAnomalyTest {
  private static final DetectorSettings QUICK = SnapshotTest.QUICK;
  private static final int HOUR = 3_600 * FPS;

  private final SyntheticLine line = new SyntheticLine(51, 6, 12, 8);

  @Test
  void aForeignObjectThatStaysForAnHourIsOneIncidentAllAlong() {
    CameraDetector detector = line.warmDetector(QUICK);
    line.run(detector, 60 * FPS, Anomaly.NONE, i -> true);
    List<IncidentChange> changes = new ArrayList<>();
    double early = 0;
    double late = 0;
    int calm = 0;
    for (int i = 0; i < HOUR; i++) {
      // Far more than what is usual for a cell, and away from the object.
      line.lightThroughWindow(20.0 * i / HOUR);
      Verdict verdict = detector.observe(line.next(Anomaly.FOREIGN_OBJECT));
      changes.addAll(verdict.incidents());
      double score = detector.lastScores().appearance().score();
      early += i >= 10 * FPS && i < 70 * FPS ? score / (60 * FPS) : 0;
      late += i >= HOUR - 60 * FPS ? score / (60 * FPS) : 0;
      calm += i >= 10 * FPS && score < 1 ? 1 : 0;
    }
    assertThat(changes)
        .extracting(IncidentChange::kind)
        .startsWith(IncidentChange.Kind.OPENED)
        .doesNotContain(IncidentChange.Kind.CLOSED);
    assertThat(late).as("the score after an hour").isGreaterThan(0.9 * early);
    assertThat(calm).as("frames below the alarm level").isZero();
    int hotAfter = 0;
    for (int i = 0; i < 40 * FPS; i++) {
      changes.addAll(detector.observe(line.next()).incidents());
      hotAfter += i >= FPS && detector.lastScores().appearance().score() >= 1 ? 1 : 0;
    }
    assertThat(changes.get(changes.size() - 1).closeReason())
        .as("the rest of the picture has followed the light")
        .isEqualTo(IncidentChange.CloseReason.NORMAL_AGAIN);
    assertThat(hotAfter).isZero();
    assertThat(
            SyntheticLine.incidents(
                line.run(detector, 10 * FPS, Anomaly.FOREIGN_OBJECT, i -> true)))
        .as("it is as strange as ever")
        .isNotEmpty();
  }

  @Test
  void lightAndDirtThatChangeOverHoursRaiseNoIncident() {
    CameraDetector detector = line.warmDetector(QUICK);
    List<IncidentChange> changes = new ArrayList<>();
    for (int i = 0; i < HOUR; i++) {
      line.light(15 * Math.sin(Math.PI * i / HOUR));
      changes.addAll(detector.observe(line.next()).incidents());
    }
    assertThat(changes).isEmpty();
  }
}
