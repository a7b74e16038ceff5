package io.andon.detection;

import static io.andon.detection.SyntheticLine.FPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.detection.SyntheticLine.Anomaly;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An hour of learning can be undone, and what that costs is bounded. */
class UndoTest {
  private static final int SNAPSHOTS = 4;

  /** As the defaults, but a minute of the line stands for twenty. */
  private static final DetectorSettings SETTINGS =
      SnapshotTest.QUICK.withUndo(new DetectorSettings.Undo(60_000, SNAPSHOTS));

  private final SyntheticLine line = new SyntheticLine(71, 6, 12, 8).steady();
  private final CameraDetector detector = line.warmDetector(SETTINGS);
  private int undone;

  private CommandApplied undo(int minutes) {
    detector.accept(new Command.Undo("undo-" + undone++, 0, minutes));
    List<CommandApplied> applied = detector.observe(line.next()).commands();
    assertThat(applied).hasSize(1);
    return applied.get(0);
  }

  private void teachTheForeignObject() {
    line.run(detector, 3 * FPS, Anomaly.FOREIGN_OBJECT, i -> true);
    detector.accept(new Command.Normal("mistake", 0));
    detector.observe(line.next(Anomaly.FOREIGN_OBJECT));
    for (int i = 0; i < 5 * FPS; i++) {
      detector.observe(line.next(Anomaly.FOREIGN_OBJECT));
      assertThat(detector.lastScores().appearance().score()).as("it was learnt").isLessThan(1);
    }
  }

  @Test
  void whatWasLearntByMistakeIsForgotten() {
    line.run(detector, 10 * FPS, Anomaly.NONE, i -> true);
    teachTheForeignObject();
    line.run(detector, 90 * FPS, Anomaly.NONE, i -> true);
    CommandApplied done = undo(1);
    assertThat(done.refused()).isFalse();
    assertThat(done.detail()).startsWith("went back to the baseline of 1.8 minutes ago");
    line.run(detector, 5 * FPS, Anomaly.NONE, i -> true);
    List<IncidentChange> after =
        SyntheticLine.incidents(line.run(detector, 3 * FPS, Anomaly.FOREIGN_OBJECT, i -> true));
    assertThat(after).extracting(IncidentChange::kind).contains(IncidentChange.Kind.OPENED);
  }

  @Test
  void theBaselinesVersionNeverNamesTwo() {
    line.run(detector, 70 * FPS, Anomaly.NONE, i -> true);
    long before = versionOfAnIncident();
    undo(1);
    line.run(detector, 5 * FPS, Anomaly.NONE, i -> true);
    assertThat(versionOfAnIncident()).isGreaterThan(before);
  }

  private long versionOfAnIncident() {
    List<IncidentChange> changes =
        SyntheticLine.incidents(line.run(detector, 2 * FPS, Anomaly.FOREIGN_OBJECT, i -> true));
    assertThat(changes).isNotEmpty();
    line.run(detector, 5 * FPS, Anomaly.NONE, i -> true);
    return changes.get(0).baselineVersion();
  }

  @Test
  void aTimeThatNoSnapshotReachesIsRefused() {
    line.run(detector, 10 * FPS, Anomaly.NONE, i -> true);
    CommandApplied refused = undo(30);
    assertThat(refused.refused()).isTrue();
    assertThat(refused.detail())
        .isEqualTo("no baseline snapshot is 30 minutes old, the oldest is 0.2 minutes");
  }

  @Test
  void withoutSnapshotsThereIsNothingToUndo() {
    CameraDetector none = line.warmDetector(SETTINGS.withUndo(new DetectorSettings.Undo(1_000, 0)));
    line.run(none, 5 * FPS, Anomaly.NONE, i -> true);
    none.accept(new Command.Undo("u", 0, 1));
    assertThat(none.observe(line.next()).commands().get(0).detail())
        .isEqualTo("no baseline snapshot was taken yet");
  }

  @Test
  void resetForgetsTheSnapshotsToo() {
    line.run(detector, 70 * FPS, Anomaly.NONE, i -> true);
    detector.accept(new Command.Reset("r", 0));
    detector.observe(line.next());
    assertThat(undo(1).refused()).isTrue();
  }

  @Test
  void anAdoptedSceneCanBeUndone() {
    line.run(detector, 65 * FPS, Anomaly.NONE, i -> true);
    line.moveCamera(5);
    line.run(detector, 3 * FPS, Anomaly.NONE, i -> true);
    detector.accept(new Command.Normal("adopt", 0));
    Verdict adopted = detector.observe(line.next());
    assertThat(adopted.state()).isEqualTo(CameraState.WARMING_UP);
    assertThat(undo(1).refused()).isFalse();
    assertThat(line.run(detector, 2 * FPS, Anomaly.NONE, i -> true))
        .last()
        .extracting(Verdict::state)
        .isIn(CameraState.INCIDENT, CameraState.SCENE_CHANGED);
  }

  @Test
  void afterACameraWasMovedBackNothingGoesBackToTheOtherScene() {
    line.run(detector, 65 * FPS, Anomaly.NONE, i -> true);
    long moved = line.next().stamp().seq();
    line.moveCamera(5);
    line.run(detector, 3 * FPS, Anomaly.NONE, i -> true);
    detector.accept(new Command.Normal("adopt", 0));
    line.run(detector, 150 * FPS, Anomaly.NONE, i -> true);
    line.moveBack();
    List<Verdict> back = line.run(detector, 65 * FPS, Anomaly.NONE, i -> true);
    assertThat(back).last().extracting(Verdict::state).isEqualTo(CameraState.NORMAL);

    CommandApplied done = undo(2);

    assertThat(done.refused()).isFalse();
    assertThat(Long.parseLong(done.detail().replaceAll(".*seq ", ""))).isLessThan(moved);
    assertThat(line.run(detector, 5 * FPS, Anomaly.NONE, i -> true))
        .extracting(Verdict::state)
        .containsOnly(CameraState.NORMAL);
  }

  @Test
  void whatWaitsInQuarantineStaysThere() {
    line.run(detector, 65 * FPS, Anomaly.NONE, i -> true);
    line.run(detector, 3 * FPS, Anomaly.FOREIGN_OBJECT, i -> true);
    int held = detector.quarantinedFrames();
    assertThat(held).isPositive();
    assertThat(undo(1).refused()).isFalse();
    assertThat(detector.quarantinedFrames()).isGreaterThanOrEqualTo(held);
  }

  @Test
  void whatWaitsInQuarantineOfAnotherSceneIsNotTakenOverSinceItWasSeenOtherwise() {
    line.run(detector, 65 * FPS, Anomaly.NONE, i -> true);
    line.moveCamera(5);
    line.run(detector, 3 * FPS, Anomaly.NONE, i -> true);
    detector.accept(new Command.Normal("adopt", 0));
    List<Verdict> warm = line.run(detector, 30 * FPS, Anomaly.NONE, i -> true);
    assertThat(warm).last().extracting(Verdict::state).isEqualTo(CameraState.NORMAL);
    line.run(detector, 3 * FPS, Anomaly.FOREIGN_OBJECT, i -> true);
    assertThat(detector.quarantinedFrames()).isGreaterThan(1);
    assertThat(undo(1).refused()).isFalse();
    assertThat(detector.quarantinedFrames()).as("but the frame of now").isLessThanOrEqualTo(1);
  }

  @Test
  void snapshotsAreAFewAndSoAreTheirBytes() throws SnapshotException {
    int one = 0;
    int most = 0;
    for (int minute = 0; minute < 2 * SNAPSHOTS; minute++) {
      line.run(detector, 61 * FPS, Anomaly.NONE, i -> true);
      int size = detector.snapshot().length;
      one = minute == 0 ? size : one;
      most = Math.max(most, size);
    }
    assertThat(most).isLessThan((SNAPSHOTS + 1) * one);
    assertThat(undo(SNAPSHOTS - 1).refused()).as("reaches back far enough").isFalse();
    CameraDetector restored = CameraDetector.restore("line-1", SETTINGS, detector.snapshot());
    assertThat(restored.snapshot()).isEqualTo(detector.snapshot());
  }

  @Test
  void whatIsStoredApartMakesTheSameDetectorAgain() throws SnapshotException {
    line.run(detector, 125 * FPS, Anomaly.NONE, i -> true);
    Map<Long, byte[]> apart = detector.undoSnapshots();
    assertThat(apart).hasSizeGreaterThan(1);
    byte[] rest = detector.snapshotWithoutUndo();
    assertThat(rest.length + apart.values().stream().mapToInt(bytes -> bytes.length).sum())
        .isBetween(detector.snapshot().length, detector.snapshot().length + 100);

    CameraDetector restored = CameraDetector.restore("line-1", SETTINGS, rest, apart);

    assertThat(restored.snapshot()).isEqualTo(detector.snapshot());
    assertThat(restored.undoSnapshots()).containsExactlyEntriesOf(apart);
  }

  @Test
  void aSnapshotThatWasStoredApartAndIsMissingOrAnotherIsCorrupt() {
    line.run(detector, 65 * FPS, Anomaly.NONE, i -> true);
    byte[] rest = detector.snapshotWithoutUndo();
    SortedMap<Long, byte[]> apart = new TreeMap<>(detector.undoSnapshots());
    byte[] another = new byte[100];

    assertThatThrownBy(() -> CameraDetector.restore("line-1", SETTINGS, rest))
        .isInstanceOf(SnapshotException.class)
        .hasMessage("snapshot: undo snapshot 0, kept apart, is missing");
    apart.put(apart.firstKey(), another);
    assertThatThrownBy(() -> CameraDetector.restore("line-1", SETTINGS, rest, apart))
        .isInstanceOf(SnapshotException.class)
        .hasMessage("snapshot: undo snapshot 0, kept apart, is another one");
  }

  @Test
  void aNumberNeverNamesTwoSnapshots() {
    Map<Long, byte[]> seen = new TreeMap<>();
    for (int round = 0; round < 3; round++) {
      line.run(detector, 125 * FPS, Anomaly.NONE, i -> true);
      remember(seen);
      undo(1);
      line.run(detector, 65 * FPS, Anomaly.NONE, i -> true);
      remember(seen);
      detector.accept(new Command.Reset("r" + round, 0));
      line.run(detector, 40 * FPS, Anomaly.NONE, i -> true);
      remember(seen);
    }
    assertThat(seen).hasSizeGreaterThan(6);
  }

  private void remember(Map<Long, byte[]> seen) {
    detector
        .undoSnapshots()
        .forEach(
            (number, bytes) -> {
              byte[] before = seen.putIfAbsent(number, bytes);
              assertThat(before == null || before == bytes).as("snapshot %d", number).isTrue();
            });
  }

  @Test
  void theDefaultsReachBackAnHour() {
    DetectorSettings.Undo undo = DetectorSettings.defaults().undo();
    assertThat((undo.snapshots() - 1) * (long) undo.intervalMillis())
        .isGreaterThanOrEqualTo(Command.MAX_UNDO_MINUTES * 60_000L);
  }

  @Test
  void minutesOutOfRangeAreNoCommand() {
    for (int minutes : new int[] {0, -1, 61}) {
      assertThatThrownBy(() -> new Command.Undo("u", 0, minutes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("minutes");
    }
  }
}
