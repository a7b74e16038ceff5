package io.andon.detection;

import static io.andon.detection.SyntheticLine.FPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.detection.SyntheticLine.Anomaly;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator's word about a part of the picture, and the incident in words. */
class FeedbackTest {
  /** The synthetic picture has 1280 x 720 pixels; the foreign object lies here. */
  private static final Region OBJECT = new Region(800, 100, 400, 280);

  private static final Region ELSEWHERE = new Region(0, 500, 300, 200);

  private final SyntheticLine line = new SyntheticLine(81, 6, 12, 8).steady();
  private final CameraDetector detector = line.warmDetector(SnapshotTest.QUICK);

  private List<Verdict> foreign(int seconds) {
    return line.run(detector, seconds * FPS, Anomaly.FOREIGN_OBJECT, i -> true);
  }

  private IncidentChange opened() {
    line.run(detector, 4 * FPS, Anomaly.NONE, i -> true);
    List<IncidentChange> changes = SyntheticLine.incidents(foreign(3));
    assertThat(changes).isNotEmpty();
    return changes.get(0);
  }

  @Test
  void normalInARegionActsOnTheVeryNextFrameAndTheIncidentEnds() {
    opened();
    detector.accept(new Command.Normal("n", 0, List.of(OBJECT)));
    detector.observe(line.next(Anomaly.FOREIGN_OBJECT));
    Verdict next = detector.observe(line.next(Anomaly.FOREIGN_OBJECT));
    assertThat(next.score()).isLessThan(SnapshotTest.QUICK.alarm().quietScore());
    List<IncidentChange> after = SyntheticLine.incidents(foreign(6));
    assertThat(after)
        .extracting(IncidentChange::closeReason)
        .containsExactly(IncidentChange.CloseReason.NORMAL_AGAIN);
  }

  @Test
  void normalElsewhereTeachesNothingOfTheObject() {
    opened();
    detector.accept(new Command.Normal("n", 0, List.of(ELSEWHERE)));
    detector.observe(line.next(Anomaly.FOREIGN_OBJECT));
    List<Verdict> after = foreign(20);
    assertThat(after).extracting(Verdict::state).containsOnly(CameraState.INCIDENT);
  }

  @Test
  void realInARegionIsNotLearntWhenTheRestIsCalledNormal() {
    opened();
    detector.accept(new Command.Real("r", 0, List.of(OBJECT)));
    foreign(2);
    // Said once more, so that the frame of the next command is the only one that shows it.
    detector.accept(new Command.Real("r2", 0, List.of(OBJECT)));
    line.run(detector, FPS, Anomaly.NONE, i -> true);
    detector.accept(new Command.Normal("n", 0));
    detector.observe(line.next());
    assertThat(SyntheticLine.incidents(foreign(3)))
        .as("the object alarms again")
        .extracting(IncidentChange::kind)
        .contains(IncidentChange.Kind.OPENED);
  }

  @Test
  void realInARegionHoldsAgainstANormalInAnotherThatOverlapsIt() {
    opened();
    detector.accept(new Command.Real("r", 0, List.of(OBJECT)));
    foreign(2);
    detector.accept(new Command.Real("r2", 0, List.of(OBJECT)));
    line.run(detector, FPS, Anomaly.NONE, i -> true);
    detector.accept(new Command.Normal("n", 0, List.of(new Region(700, 0, 500, 400))));
    detector.observe(line.next());
    line.run(detector, 10 * FPS, Anomaly.NONE, i -> true);
    assertThat(SyntheticLine.incidents(foreign(3)))
        .as("the object alarms again")
        .extracting(IncidentChange::kind)
        .contains(IncidentChange.Kind.OPENED);
  }

  @Test
  void realInARegionHoldsUntilTheIncidentIsOver() {
    opened();
    detector.accept(new Command.Real("r", 0, List.of(OBJECT)));
    foreign(4);
    detector.accept(new Command.Normal("n", 0, List.of(new Region(700, 0, 500, 400))));
    foreign(1);
    detector.accept(new Command.Normal("all", 0));
    foreign(1);
    line.run(detector, 10 * FPS, Anomaly.NONE, i -> true);

    assertThat(SyntheticLine.incidents(foreign(3)))
        .as("the object alarms again")
        .extracting(IncidentChange::kind)
        .contains(IncidentChange.Kind.OPENED);

    line.run(detector, 10 * FPS, Anomaly.NONE, i -> true);
    foreign(3);
    detector.accept(new Command.Normal("another incident", 0));
    foreign(1);
    line.run(detector, 10 * FPS, Anomaly.NONE, i -> true);
    assertThat(SyntheticLine.incidents(foreign(3))).as("now it was learnt").isEmpty();
  }

  @Test
  void whatIsForbiddenOutlivesARestart() throws SnapshotException {
    opened();
    detector.accept(new Command.Real("r", 0, List.of(OBJECT)));
    foreign(1);
    byte[] snapshot = detector.snapshot();
    CameraDetector restored = CameraDetector.restore("line-1", SnapshotTest.QUICK, snapshot);
    List<Observation> frames = List.of(line.next(Anomaly.FOREIGN_OBJECT), line.next());

    frames.forEach(detector::observe);
    frames.forEach(restored::observe);

    assertThat(restored.snapshot()).isEqualTo(detector.snapshot());
  }

  @Test
  void anOperatorIsAskedAboutWhatLookedUnusualBeforeTheIncidentOpenedToo() {
    LearningQueue queue = new LearningQueue(DetectorSettings.defaults().memory());
    boolean[] unusual = {true, false, false};
    queue.delay(
        new LearningSample(
            5,
            line.next().stamp(),
            new byte[3],
            new byte[1],
            new double[0],
            unusual,
            new boolean[3],
            true));
    queue.neverLearn(new boolean[] {false, false, true});

    queue.quarantineSince(0);

    assertThat(queue.release())
        .singleElement()
        .satisfies(sample -> assertThat(sample.skip()).containsExactly(false, false, true));
  }

  @Test
  void aRegionOutsideThePictureIsRefused() {
    detector.accept(new Command.Normal("n", 0, List.of(new Region(5_000, 0, 10, 10))));
    CommandApplied refused = detector.observe(line.next()).commands().get(0);
    assertThat(refused.refused()).isTrue();
    assertThat(refused.detail())
        .isEqualTo("region is outside the picture, allowed: within 1280x720");
  }

  @Test
  void aRegionTouchesTheCellsItOverlaps() {
    Observation frame = line.next();
    boolean[] all = Region.cells(List.of(), 6, 12, frame);
    assertThat(all).doesNotContain(false);
    boolean[] one = Region.cells(List.of(new Region(0, 0, 1, 1)), 6, 12, frame);
    assertThat(one).startsWith(true, false);
    // 1280 / 12 is 106.67: the pixel at 106 belongs to two cells.
    boolean[] two = Region.cells(List.of(new Region(106, 119, 1, 1)), 6, 12, frame);
    assertThat(two).startsWith(true, true, false);
    assertThat(two[12]).as("row 0 ends at 120").isFalse();
  }

  @Test
  void regionsAreBounded() {
    assertThatThrownBy(() -> new Region(0, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("region.width");
    List<Region> many = Collections.nCopies(Region.MAX_BOXES + 1, OBJECT);
    assertThatThrownBy(() -> new Command.Normal("n", 0, many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("region.size");
  }

  @Test
  void waitingCommandsWithRegionsSurviveARestart() throws SnapshotException {
    long from = line.next().stamp().capturedMicros() + 2_000_000;
    detector.accept(new Command.Normal("n", from, List.of(OBJECT, ELSEWHERE)));
    detector.accept(new Command.Real("r", from, List.of(OBJECT)));
    detector.accept(new Command.Undo("u", from, 7));
    byte[] snapshot = detector.snapshot();
    assertThat(CameraDetector.restore("line-1", SnapshotTest.QUICK, snapshot).snapshot())
        .isEqualTo(snapshot);
  }

  @Test
  void anIncidentIsExplainedInWords() {
    IncidentChange opened = opened();
    assertThat(opened.explanation())
        .matches(
            "(appearance|motion) at x \\d+ to \\d+, y \\d+ to \\d+ is up to [0-9.]+ times its alarm"
                + " level since [0-9.]+ s ago; normal time certifies [0-9.]+ false alarms a day,"
                + " budget is 2 a day \\(not certified yet\\)");
    IncidentChange closed = null;
    for (Verdict verdict : line.run(detector, 5 * FPS, Anomaly.NONE, i -> true)) {
      closed = verdict.incidents().isEmpty() ? closed : verdict.incidents().get(0);
    }
    assertThat(closed).isNotNull();
    assertThat(closed.explanation()).contains(" was up to ", " s, closed: normal again; ");
    assertThat(closed.explanation().length()).isBetween(1, IncidentChange.MAX_EXPLANATION);
  }
}
