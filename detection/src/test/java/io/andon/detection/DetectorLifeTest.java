package io.andon.detection;

import static io.andon.detection.SyntheticLine.FPS;
import static io.andon.detection.SyntheticLine.incidents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.detection.SyntheticLine.Anomaly;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Order, silence, commands, faults and changes of space. */
class DetectorLifeTest {
  private static final DetectorSettings QUICK = SnapshotTest.QUICK;
  private static final long SILENCE_MICROS = QUICK.alarm().silenceMillis() * 1_000L;

  private final SyntheticLine line = new SyntheticLine(31);

  private static FrameStamp stamp(long play, long seq) {
    return new FrameStamp(SyntheticLine.START_MICROS, play, seq, 0, seq);
  }

  private static IncidentChange last(List<IncidentChange> changes) {
    return changes.get(changes.size() - 1);
  }

  private CameraDetector inIncident() {
    CameraDetector detector = line.warmDetector(QUICK);
    line.run(detector, 4 * FPS, Anomaly.NONE, i -> true);
    List<Verdict> verdicts = line.run(detector, 3 * FPS, Anomaly.FOREIGN_OBJECT, i -> true);
    assertThat(last(List.copyOf(incidents(verdicts))).kind())
        .isNotEqualTo(IncidentChange.Kind.CLOSED);
    return detector;
  }

  @Test
  void orderIsByPlayThenSequence() {
    CameraDetector detector = CameraDetector.create("line-1", QUICK);
    assertThat(detector.orderOf(stamp(0, 0))).isEqualTo(FrameOrder.NEWER);
    line.skip(5);
    Observation frame = line.next();
    detector.observe(frame);
    assertThat(detector.orderOf(stamp(1, 5))).isEqualTo(FrameOrder.DUPLICATE);
    assertThat(detector.orderOf(stamp(1, 4))).isEqualTo(FrameOrder.STALE_SEQUENCE);
    assertThat(detector.orderOf(stamp(0, 9))).isEqualTo(FrameOrder.STALE_PLAY);
    assertThat(detector.orderOf(stamp(1, 6))).isEqualTo(FrameOrder.NEWER);
    assertThat(detector.orderOf(stamp(2, 0))).isEqualTo(FrameOrder.NEWER);
    byte[] before = detector.snapshot();
    assertThatThrownBy(() -> detector.observe(frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DUPLICATE");
    assertThat(detector.snapshot()).isEqualTo(before);
  }

  @Test
  void silenceClosesAnOpenIncidentOnceAtItsDeadline() {
    CameraDetector quiet = CameraDetector.create("line-1", QUICK);
    assertThat(quiet.silenceDeadlineMicros()).isEqualTo(Long.MAX_VALUE);
    assertThat(quiet.silence(Long.MAX_VALUE)).isEmpty();

    CameraDetector detector = inIncident();
    long deadline = detector.silenceDeadlineMicros();
    assertThat(detector.silence(deadline - 1)).isEmpty();
    List<IncidentChange> closed = detector.silence(deadline);
    assertThat(closed).hasSize(1);
    assertThat(closed.get(0).closeReason()).isEqualTo(IncidentChange.CloseReason.SILENT);
    assertThat(closed.get(0).current().capturedMicros()).isEqualTo(deadline - SILENCE_MICROS);
    assertThat(detector.silence(deadline)).isEmpty();
    assertThat(detector.silenceDeadlineMicros()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aFrameBeyondTheDeadlineSaysOfTheIncidentWhatSilenceSaid() throws SnapshotException {
    CameraDetector told = inIncident();
    CameraDetector untold = CameraDetector.restore("line-1", QUICK, told.snapshot());
    long deadline = told.silenceDeadlineMicros();
    List<IncidentChange> closed = told.silence(deadline + 1_000_000);
    line.skip((int) (SILENCE_MICROS / 1_000_000 + 3) * FPS);
    Observation back = line.next();

    Verdict after = told.observe(back);
    Verdict verdict = untold.observe(back);

    assertThat(back.stamp().capturedMicros()).isGreaterThan(deadline);
    assertThat(verdict.incidents()).usingRecursiveComparison().isEqualTo(closed);
    assertThat(after.incidents()).isEmpty();
    assertThat(untold.snapshot()).as("bit for bit").isEqualTo(told.snapshot());
  }

  @Test
  void aFrameBeforeTheDeadlineGoesOnWithTheIncident() {
    CameraDetector detector = inIncident();
    long deadline = detector.silenceDeadlineMicros();
    line.skip((int) (SILENCE_MICROS / 1_000_000) * FPS - FPS);
    Observation back = line.next();

    assertThat(back.stamp().capturedMicros()).isLessThan(deadline);
    assertThat(detector.observe(back).incidents())
        .noneMatch(change -> change.closeReason() == IncidentChange.CloseReason.SILENT);
  }

  @Test
  void anotherSpaceClosesTheIncidentAndWarmsUpAgain() {
    CameraDetector detector = inIncident();
    line.changeSpace("model@2/fp32/jpeg");
    Verdict verdict = detector.observe(line.next());
    assertThat(verdict.incidents()).hasSize(1);
    assertThat(verdict.incidents().get(0).closeReason())
        .isEqualTo(IncidentChange.CloseReason.SPACE_CHANGED);
    assertThat(verdict.incidents().get(0).space()).isEqualTo("model@1/fp32/jpeg");
    assertThat(verdict.state()).as("told once").isEqualTo(CameraState.MODEL_CHANGED);
    assertThat(verdict.warmUpProgress()).isLessThan(0.1);
    assertThat(detector.observe(line.next()).state()).isEqualTo(CameraState.WARMING_UP);
  }

  @Test
  void normalTeachesWhatIsSeen() {
    CameraDetector detector = inIncident();
    Observation next = line.next(Anomaly.FOREIGN_OBJECT);
    detector.accept(new Command.Normal("n", next.stamp().capturedMicros()));
    Verdict verdict = detector.observe(next);
    assertThat(verdict.commands()).containsExactly(new CommandApplied("n", next.stamp(), false));
    assertThat(last(verdict.incidents()).closeReason())
        .isEqualTo(IncidentChange.CloseReason.OPERATOR);
    List<Verdict> after = line.run(detector, 10 * FPS, Anomaly.FOREIGN_OBJECT, i -> true);
    assertThat(incidents(after)).isEmpty();
    assertThat(detector.quarantinedFrames()).isZero();
  }

  @Test
  void realEmptiesTheQuarantineAndTheIncidentStaysOpen() {
    CameraDetector detector = inIncident();
    assertThat(detector.quarantinedFrames()).isPositive();
    detector.accept(new Command.Real("r", 0));
    Verdict verdict = detector.observe(line.next(Anomaly.FOREIGN_OBJECT));
    assertThat(verdict.commands().get(0).late()).isTrue();
    assertThat(verdict.state()).isEqualTo(CameraState.INCIDENT);
    assertThat(detector.quarantinedFrames()).isLessThanOrEqualTo(1);
  }

  @Test
  void resetForgetsEverything() {
    CameraDetector detector = inIncident();
    detector.accept(new Command.Reset("x", 0));
    Verdict verdict = detector.observe(line.next());
    assertThat(last(verdict.incidents()).closeReason())
        .isEqualTo(IncidentChange.CloseReason.OPERATOR);
    assertThat(verdict.state()).isEqualTo(CameraState.WARMING_UP);
  }

  @Test
  void aFrozenDetectorScoresButDoesNotLearn() {
    CameraDetector detector = line.warmDetector(QUICK);
    detector.accept(new Command.Freeze("f", 0, true));
    assertThat(detector.observe(line.next()).state()).isEqualTo(CameraState.FROZEN);
    line.run(detector, 20 * FPS, Anomaly.NONE, i -> true);
    List<IncidentChange> changes =
        incidents(line.run(detector, 3 * FPS, Anomaly.FOREIGN_OBJECT, i -> true));
    long frozenAt = changes.get(0).baselineVersion();
    assertThat(changes.get(0).kind()).isEqualTo(IncidentChange.Kind.OPENED);
    assertThat(last(changes).baselineVersion()).isEqualTo(frozenAt);
    detector.accept(new Command.Freeze("g", 0, false));
    assertThat(detector.observe(line.next()).state()).isNotEqualTo(CameraState.FROZEN);
  }

  @Test
  void commandsWaitForTheirFrameAreBoundedAndCountOnce() {
    CameraDetector detector = CameraDetector.create("line-1", QUICK);
    long later = SyntheticLine.START_MICROS + 1_000_000;
    assertThat(detector.accept(new Command.Freeze("a", later, true)))
        .isEqualTo(CommandReceipt.QUEUED);
    assertThat(detector.accept(new Command.Freeze("a", later, true)))
        .isEqualTo(CommandReceipt.DUPLICATE);
    assertThat(detector.observe(line.next()).commands()).isEmpty();
    for (int i = 1; i < CommandQueue.MAX_WAITING; i++) {
      assertThat(detector.accept(new Command.Reset("r" + i, Long.MAX_VALUE)))
          .isEqualTo(CommandReceipt.QUEUED);
    }
    assertThat(detector.accept(new Command.Reset("more", later)))
        .isEqualTo(CommandReceipt.QUEUE_FULL);
    line.skip(FPS);
    assertThat(detector.observe(line.next()).commands())
        .extracting(CommandApplied::commandId)
        .containsExactly("a");
    assertThat(detector.accept(new Command.Freeze("a", later, true)))
        .isEqualTo(CommandReceipt.DUPLICATE);
  }

  @Test
  void aCommandActsOnNoFrameThatWasWrittenBeforeIt() {
    CameraDetector detector = line.warmDetector(QUICK);
    Observation before = line.next();
    Observation after = line.next();
    detector.accept(new Command.Freeze("f", 0, true), 1_000);

    assertThat(detector.observe(before, 999).commands()).isEmpty();
    assertThat(detector.observe(after, 1_000).commands())
        .containsExactly(new CommandApplied("f", after.stamp(), true));
  }

  @Test
  void whatWaitsTogetherActsInTheOrderInWhichItWasGiven() {
    CameraDetector detector = line.warmDetector(QUICK);
    Observation next = line.next();
    long named = next.stamp().capturedMicros();
    detector.accept(new Command.Freeze("first", named, true), named);
    detector.accept(new Command.Freeze("then", 0, false), named + 1);

    Verdict verdict = detector.observe(next, named + 2);

    assertThat(verdict.commands())
        .extracting(CommandApplied::commandId)
        .containsExactly("first", "then");
    assertThat(verdict.state()).isNotEqualTo(CameraState.FROZEN);
  }

  @Test
  void aCommandThatNamesALaterFrameHoldsNoOtherBack() {
    CameraDetector detector = line.warmDetector(QUICK);
    Observation next = line.next();
    long named = next.stamp().capturedMicros();
    detector.accept(new Command.Freeze("later", named + 1, true), 1_000);
    detector.accept(new Command.Sensitivity("now", 0, 77), named + 2);

    assertThat(detector.observe(next, named + 2).commands())
        .extracting(CommandApplied::commandId)
        .containsExactly("now");
    assertThat(detector.observe(line.next(), named + 3).commands())
        .containsExactly(new CommandApplied("later", detector.lastFrame().orElseThrow(), false));
  }

  @Test
  void aSensitivityOutOfRangeIsRefused() {
    for (double value : new double[] {0, -1, 10_001, Double.NaN}) {
      assertThatThrownBy(() -> new Command.Sensitivity("s", 0, value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("falseAlarmsPerDay");
    }
  }

  @Test
  void sensitivityIsToldWithIncidents() {
    CameraDetector detector = line.warmDetector(QUICK);
    detector.accept(new Command.Sensitivity("s", 0, 77));
    List<IncidentChange> changes =
        incidents(line.run(detector, 3 * FPS, Anomaly.FOREIGN_OBJECT, i -> true));
    assertThat(changes.get(0).budgetPerDay()).isEqualTo(77);
    assertThat(changes.get(0).certifiedPerDay()).isFinite().isGreaterThan(77);
  }

  private Observation withLuma(Observation frame, int fill) {
    byte[] luma = new byte[frame.luma().length];
    Arrays.fill(luma, (byte) fill);
    return new Observation(
        frame.stamp(),
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
        frame.discontinuous());
  }

  private void assertFault(int fill, HealthChange.Fault fault) {
    CameraDetector detector = line.warmDetector(QUICK);
    List<HealthChange> begun =
        java.util.stream.Stream.generate(line::next)
            .limit(3 * FPS)
            .map(frame -> detector.observe(withLuma(frame, fill)))
            .flatMap(verdict -> verdict.health().stream())
            .toList();
    assertThat(begun).hasSize(1);
    assertThat(begun.get(0).fault()).isEqualTo(fault);
    assertThat(begun.get(0).active()).isTrue();
    List<Verdict> after = line.run(detector, 3 * FPS, Anomaly.NONE, i -> true);
    assertThat(after.get(0).state()).isEqualTo(CameraState.CAMERA_FAULT);
    assertThat(after.get(after.size() - 1).state()).isEqualTo(CameraState.NORMAL);
    assertThat(after.stream().flatMap(verdict -> verdict.health().stream()))
        .extracting(HealthChange::active)
        .containsExactly(false);
    assertThat(incidents(after)).isEmpty();
  }

  @Test
  void darkSaturatedAndCoveredPicturesAreFaultsOfTheCamera() {
    assertFault(2, HealthChange.Fault.DARK);
    assertFault(252, HealthChange.Fault.SATURATED);
    assertFault(120, HealthChange.Fault.COVERED);
  }

  @Test
  void theSamePictureBitForBitIsAFrozenCamera() {
    CameraDetector detector = line.warmDetector(QUICK);
    Observation frozen = line.next();
    int faults = 0;
    for (int i = 0; i < 8 * FPS; i++) {
      FrameStamp now = line.next().stamp();
      Observation again =
          new Observation(
              now,
              frozen.space(),
              frozen.pictureWidth(),
              frozen.pictureHeight(),
              frozen.rows(),
              frozen.columns(),
              frozen.channels(),
              frozen.patches(),
              frozen.pooled(),
              frozen.lumaWidth(),
              frozen.lumaHeight(),
              frozen.luma(),
              false);
      Verdict verdict = detector.observe(again);
      faults += verdict.health().size();
      assertThat(verdict.health())
          .allMatch(change -> change.fault() == HealthChange.Fault.FROZEN_PICTURE);
    }
    assertThat(faults).isEqualTo(1);
    Verdict alive = detector.observe(line.next());
    assertThat(alive.health()).extracting(HealthChange::active).containsExactly(false);
  }

  @Test
  void noMovementIsComputedAcrossAGap() {
    CameraDetector detector = line.warmDetector(QUICK);
    detector.observe(line.next());
    assertThat(detector.lastScores().motion().raw()).isNotNaN();
    line.skip(60 * FPS);
    detector.observe(line.next());
    assertThat(detector.lastScores().motion().raw()).isNaN();
    assertThat(detector.lastScores().appearance().raw()).isNotNaN();
  }
}
