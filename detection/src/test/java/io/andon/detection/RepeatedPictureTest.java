package io.andon.detection;

import static io.andon.detection.SyntheticLine.FPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.detection.SyntheticLine.Anomaly;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames that say no more than that their picture is unchanged. */
class RepeatedPictureTest {
  private static final DetectorSettings QUICK = SnapshotTest.QUICK;

  private final SyntheticLine line = new SyntheticLine(5);
  private final CameraDetector detector = line.warmDetector(QUICK);

  /** The next frames of a line on which nothing moves any more: the first one, then its repeats. */
  private List<Verdict> stand(Observation first, int repeats) {
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(detector.observe(first));
    for (int i = 1; i <= repeats; i++) {
      verdicts.add(detector.repeat(after(first.stamp(), i), false));
    }
    line.skip(repeats);
    return verdicts;
  }

  private static FrameStamp after(FrameStamp stamp, int frames) {
    return new FrameStamp(
        stamp.capturedMicros() + frames * 1_000_000L / FPS,
        stamp.play(),
        stamp.seq() + frames,
        0,
        stamp.offset() + frames);
  }

  @Test
  void evidenceGoesOnSoThatAnIncidentOpensWithoutAnotherPicture() {
    line.run(detector, 2 * FPS, Anomaly.NONE, i -> true);

    List<Verdict> verdicts = stand(line.next(Anomaly.FOREIGN_OBJECT), 2 * FPS);

    List<IncidentChange> changes = SyntheticLine.incidents(verdicts);
    assertThat(changes).isNotEmpty();
    IncidentChange opened = changes.get(0);
    assertThat(opened.kind()).isEqualTo(IncidentChange.Kind.OPENED);
    FrameStamp picture = verdicts.get(0).stamp();
    assertThat(opened.peak()).as("the frame that has the picture").isEqualTo(picture);
    assertThat(opened.current().seq()).isGreaterThan(picture.seq());
  }

  @Test
  void anIncidentUpdatesAndClosesOverRepeatedPictures() {
    List<IncidentChange> changes = new ArrayList<>();
    for (int i = 0; i < 18 * FPS; i++) {
      Anomaly shown = i >= FPS && i < 4 * FPS ? Anomaly.FOREIGN_OBJECT : Anomaly.NONE;
      changes.addAll(SyntheticLine.incidents(stand(line.next(shown), i % 4 == 0 ? 1 : 0)));
    }
    assertThat(changes)
        .extracting(IncidentChange::kind)
        .startsWith(IncidentChange.Kind.OPENED)
        .endsWith(IncidentChange.Kind.CLOSED);
  }

  @Test
  void aBeltThatStandsIsTold() {
    line.run(detector, 20 * FPS, Anomaly.NONE, i -> true);
    List<Verdict> verdicts = new ArrayList<>();
    for (int second = 0; second < 8; second++) {
      verdicts.addAll(stand(line.next(Anomaly.STOPPED_BELT), FPS - 1));
    }
    List<IncidentChange> changes = SyntheticLine.incidents(verdicts);
    assertThat(changes).isNotEmpty();
    assertThat(changes.get(0).channel()).isEqualTo(IncidentChange.Channel.ACTIVITY);
  }

  @Test
  void timeGoesOnAndThePictureIsLearntOnce() {
    line.run(detector, 4 * FPS, Anomaly.NONE, i -> true);
    long before = detector.ownTimeMicros();
    Observation first = line.next();
    stand(first, 4 * FPS);
    assertThat(detector.ownTimeMicros() - before).isBetween(3_900_000L, 4_300_000L);
    assertThat(detector.canRepeat(first.stamp().play(), first.stamp().seq(), first.space()))
        .isTrue();
  }

  @Test
  void aCameraIsNotCalledFrozenBecauseItsPicturesAreRepeated() {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      verdicts.addAll(stand(line.next(), 6 * FPS));
    }
    assertThat(verdicts).allSatisfy(verdict -> assertThat(verdict.health()).isEmpty());
  }

  @Test
  void aWarmUpEndsOnAStillScene() {
    SyntheticLine still = new SyntheticLine(6);
    CameraDetector cold = CameraDetector.create("line-1", QUICK);
    Verdict last = cold.observe(still.next());
    for (int second = 0; second < 60 && last.warmUpProgress() < 1; second++) {
      Observation picture = still.next();
      cold.observe(picture);
      for (int i = 1; i < FPS; i++) {
        last = cold.repeat(after(picture.stamp(), i), false);
      }
      still.skip(FPS - 1);
    }
    assertThat(last.warmUpProgress()).isEqualTo(1);
  }

  @Test
  void aCommandActsOnARepeatedPicture() {
    line.run(detector, 2 * FPS, Anomaly.NONE, i -> true);
    line.run(detector, 2 * FPS, Anomaly.FOREIGN_OBJECT, i -> true);
    Observation strange = line.next(Anomaly.FOREIGN_OBJECT);
    detector.observe(strange);
    detector.accept(new Command.Normal("fine", 0));

    Verdict told = detector.repeat(after(strange.stamp(), 1), false);

    assertThat(told.commands()).hasSize(1);
    assertThat(told.incidents())
        .extracting(IncidentChange::closeReason)
        .containsExactly(IncidentChange.CloseReason.OPERATOR);
    assertThat(detector.repeat(after(strange.stamp(), 2), false).score())
        .as("learnt from the picture itself")
        .isLessThan(1);
  }

  @Test
  void aReplayFromASnapshotBetweenPictureAndRepeatSaysTheSameBitForBit() throws SnapshotException {
    Random random = new Random(7);
    SyntheticLine story = new SyntheticLine(8);
    CameraDetector whole = CameraDetector.create("line-1", QUICK);
    CameraDetector cut = CameraDetector.create("line-1", QUICK);
    Observation picture = story.next();
    int run = 0;
    int incidents = 0;
    for (int i = 0; i < 45 * FPS; i++) {
      boolean again = i > 0 && run < FPS && random.nextInt(3) > 0;
      if (random.nextInt(40) == 0) {
        byte[] snapshot = cut.snapshot();
        assertThat(snapshot).as("before frame %d", i).isEqualTo(whole.snapshot());
        cut = CameraDetector.restore("line-1", QUICK, snapshot);
      }
      Verdict expected;
      Verdict said;
      if (again) {
        story.skip(1);
        FrameStamp stamp = after(picture.stamp(), ++run);
        expected = whole.repeat(stamp, false);
        said = cut.repeat(stamp, false);
      } else {
        boolean odd = i > 32 * FPS && i < 36 * FPS;
        picture = story.next(odd ? Anomaly.FOREIGN_OBJECT : Anomaly.NONE);
        run = 0;
        expected = whole.observe(picture);
        said = cut.observe(picture);
      }
      assertThat(said).as("frame %d", i).usingRecursiveComparison().isEqualTo(expected);
      incidents += expected.incidents().size();
    }
    assertThat(incidents).as("the story has an incident").isPositive();
    assertThat(cut.snapshot()).isEqualTo(whole.snapshot());
  }

  @Test
  void onlyThePictureThatWasSeenLastCanBeRepeated() {
    Observation first = line.next();
    detector.observe(first);
    Observation second = line.next();
    detector.observe(second);
    FrameStamp stamp = second.stamp();

    assertThat(detector.canRepeat(1, stamp.seq(), second.space())).isTrue();
    assertThat(detector.canRepeat(1, first.stamp().seq(), second.space())).isFalse();
    assertThat(detector.canRepeat(2, stamp.seq(), second.space())).isFalse();
    assertThat(detector.canRepeat(1, stamp.seq(), "other")).isFalse();
    assertThatThrownBy(() -> detector.repeat(stamp, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DUPLICATE");
    assertThatThrownBy(() -> CameraDetector.create("a", QUICK).repeat(stamp, false))
        .isInstanceOf(IllegalStateException.class);
  }
}
