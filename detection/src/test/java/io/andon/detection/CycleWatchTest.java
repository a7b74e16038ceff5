package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine's cycle on its own: found, followed, and not claimed where there is none. */
class CycleWatchTest {
  private static final DetectorSettings.Cycle SETTINGS = DetectorSettings.defaults().cycle();
  private static final double CYCLE = SyntheticMachine.CYCLE_SECONDS;

  private final CycleWatch watch = new CycleWatch(SETTINGS);

  /** Watches for some seconds, learns, and gives the highest score; NaN if there was none. */
  private double watch(SyntheticMachine machine, double seconds, boolean learn) {
    double until = machine.seconds() + seconds;
    double most = Double.NaN;
    while (machine.seconds() < until) {
      long micros = Math.round(machine.seconds() * 1e6);
      double score = watch.observe(machine.next(), micros);
      if (learn) {
        watch.learn();
      }
      most = Double.isNaN(most) || score > most ? score : most;
    }
    return most;
  }

  private SyntheticMachine learnt(long seed, int fps, double jitter) {
    SyntheticMachine machine = new SyntheticMachine(seed, fps, jitter);
    watch(machine, 16 * CYCLE, true);
    assertThat(watch.state()).as("the cycle is known").isNotNull();
    return machine;
  }

  private static CycleState known(CycleWatch watch) {
    CycleState state = watch.state();
    if (state == null) {
      throw new AssertionError("no cycle is known");
    }
    return state;
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 10, 30})
  void thePeriodIsFoundWithinTwoPercentUnderFivePercentOfJitter(int fps) {
    learnt(3, fps, 0.05);
    assertThat(known(watch).usualSeconds()).isCloseTo(CYCLE, within(0.02 * CYCLE));
    assertThat(known(watch).currentSeconds()).isCloseTo(CYCLE, within(0.05 * CYCLE));
    assertThat(known(watch).phase()).isBetween(0.0, 1.0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void normalJitterIsNotHeldAgainstTheMachine(long seed) {
    SyntheticMachine machine = learnt(seed, 10, 0.05);
    assertThat(watch(machine, 60 * CYCLE, true)).isLessThan(0.3);
  }

  @Test
  void aSkippedStepARepeatedOneAndAStopAreOutsideWhatIsNormal() {
    SyntheticMachine machine = learnt(5, 10, 0.03);
    machine.skipOne();
    assertThat(watch(machine, CYCLE, true)).as("skipped").isGreaterThan(1);
    assertThat(watch(machine, CYCLE, true)).as("the clock is being set").isNotNaN();
    assertThat(watch(machine, 6 * CYCLE, true)).as("normal again").isLessThan(0.3);
    machine.repeatOne();
    assertThat(watch(machine, CYCLE, true)).as("repeated").isGreaterThan(1);
    watch(machine, CYCLE, true);
    assertThat(watch(machine, 6 * CYCLE, true)).as("normal again").isLessThan(0.3);
    machine.stop(true);
    assertThat(watch(machine, CYCLE, false)).as("stopped").isGreaterThan(1);
  }

  @Test
  void aSlowDriftOfTheCycleTimeIsToldInSecondsOnceItIsBeyondTheTolerance() {
    SyntheticMachine machine = learnt(6, 10, 0.02);
    double most = 0;
    for (int cycle = 1; cycle <= 16; cycle++) {
      machine.slowDownBy(0.01 * cycle);
      double score = watch(machine, CYCLE, true);
      assertThat(cycle < 8 ? score : 0).as("%d %% slower", cycle).isLessThan(0.3);
      most = Math.max(most, score);
    }
    watch(machine, 4 * CYCLE, false);
    assertThat(Math.max(most, watch(machine, CYCLE, false))).isGreaterThan(1);
    assertThat(known(watch).usualSeconds()).isCloseTo(CYCLE, within(0.02 * CYCLE));
    assertThat(known(watch).currentSeconds()).isCloseTo(1.16 * CYCLE, within(0.03 * CYCLE));

    watch.teach();
    assertThat(watch(machine, CYCLE, true)).as("an operator called it normal").isLessThan(0.3);
  }

  @Test
  void noCycleIsClaimedOfWhatHasNone() {
    SyntheticMachine machine = new SyntheticMachine(7, 10, 0.05);
    machine.loseOrder();
    assertThat(watch(machine, 300, true)).as("strokes in any order").isNaN();
    assertThat(watch.state()).isNull();
  }

  @Test
  void aStillSceneHasNone() {
    SyntheticMachine machine = new SyntheticMachine(8, 10, 0);
    machine.stop(true);
    assertThat(watch(machine, 120, true)).isNaN();
  }

  @Test
  void aGapSilencesItUntilThePhaseIsKnownAgain() {
    SyntheticMachine machine = learnt(9, 10, 0.02);
    watch.interrupt();
    assertThat(watch(machine, 1, true)).isNaN();
    assertThat(watch(machine, 2 * CYCLE, true)).isLessThan(0.3);
  }

  @Test
  void switchedOffItSaysNothing() {
    CycleWatch off = new CycleWatch(SETTINGS.withEnabled(false));
    SyntheticMachine machine = new SyntheticMachine(1, 10, 0);
    for (int i = 0; i < 1_500; i++) {
      assertThat(off.observe(machine.next(), i * 100_000L)).isNaN();
      off.learn();
    }
    assertThat(off.state()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 450, 1_233})
  void itGoesOnBitForBitAfterARestore(int cut) throws SnapshotException {
    SyntheticMachine machine = new SyntheticMachine(11, 10, 0.03);
    CycleWatch whole = new CycleWatch(SETTINGS);
    CycleWatch restored = new CycleWatch(SETTINGS);
    for (int i = 0; i < 1_500; i++) {
      if (i == cut) {
        byte[] bytes = bytes(whole);
        restored.read(new SnapshotReader(bytes, bytes.length));
        assertThat(bytes(restored)).isEqualTo(bytes);
      }
      if (i == 1_240) {
        machine.skipOne();
      }
      Observation frame = machine.next();
      Double score = whole.observe(frame, i * 100_000L);
      whole.learn();
      if (i >= cut) {
        assertThat(restored.observe(frame, i * 100_000L)).isEqualTo(score);
        restored.learn();
      }
    }
    assertThat(whole.state()).isNotNull();
    assertThat(bytes(restored)).isEqualTo(bytes(whole));
  }

  private static byte[] bytes(CycleWatch watch) {
    SnapshotWriter out = new SnapshotWriter();
    watch.write(out);
    return out.toBytes();
  }

  @Test
  void itsStateIsBounded() {
    CycleWatch busy = new CycleWatch(SETTINGS);
    Random random = new Random(1);
    byte[] pooled = new byte[64];
    byte[] luma = new byte[24 * 16];
    for (int i = 0; i < 4_000; i++) {
      random.nextBytes(luma);
      random.nextBytes(pooled);
      FrameStamp stamp = new FrameStamp(i * 100_000L, 1, i, 0, i);
      busy.observe(
          new Observation(stamp, "s", 640, 360, 1, 1, 1, new byte[1], pooled, 24, 16, luma, false),
          i * 100_000L);
      busy.learn();
    }
    assertThat(busy.state()).isNull();
    assertThat(bytes(busy).length).as("searching").isBetween(100 << 10, 192 << 10);
    learnt(12, 10, 0.02);
    assertThat(bytes(watch).length).as("following").isLessThan(48 << 10);
  }
}
