package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the budget sets the alarm level, and that it never promises more than the data bear. */
class FalseAlarmBudgetTest {
  private static final long BLOCK_MICROS = 2_000_000;
  private static final int BLOCKS_A_DAY = 43_200;
  private static final int CHANNEL = Channels.APPEARANCE;

  private static BlockCalibration after(int blocks, IntToDoubleFunction maximum) {
    BlockCalibration calibration = new BlockCalibration(DetectorSettings.defaults().calibration());
    double[] raw = new double[Channels.COUNT];
    for (int block = 0; block <= blocks; block++) {
      Arrays.fill(raw, maximum.applyAsDouble(block));
      calibration.add(block * BLOCK_MICROS, raw, true);
    }
    return calibration;
  }

  /** Independent block maxima whose tail is exponential with scale 1. */
  private static IntToDoubleFunction independent(long seed) {
    Random random = new Random(seed);
    return block -> 20 - Math.log(-Math.log(Math.max(1e-12, random.nextDouble())));
  }

  /** Block maxima that stay alike for some two minutes. */
  private static IntToDoubleFunction persistent(long seed) {
    Random random = new Random(seed);
    double[] state = {0};
    return block -> {
      state[0] = 0.98 * state[0] + Math.sqrt(1 - 0.98 * 0.98) * random.nextGaussian();
      return 20 + state[0];
    };
  }

  @Test
  void lessNormalTimeAsksForMoreDistance() {
    double early = 0;
    double late = 0;
    for (int seed = 0; seed < 20; seed++) {
      early += after(15, independent(seed)).level(CHANNEL, 24, true);
      late += after(400, independent(seed)).level(CHANNEL, 24, true);
    }
    assertThat(early).as("the same promise from less data").isGreaterThan(late * 1.1);
  }

  @Test
  void timesThatStayAlikeCountAsLess() {
    MaximaTier alike = tier(300, persistent(1));
    MaximaTier apart = tier(300, independent(1));
    double scalesAlike = (alike.level(0, 1e-5) - alike.median(0)) / alike.scale(0);
    double scalesApart = (apart.level(0, 1e-5) - apart.median(0)) / apart.scale(0);
    assertThat(scalesAlike).isGreaterThan(scalesApart * 1.1);
  }

  @Test
  void aStopLiesBeyondTheLevelOfMovementUnderOneFalseAlarmADay() {
    // What a stop can reach has a bound, which the level must leave free after hours of movement.
    ActivityBand band =
        new ActivityBand(new DetectorSettings.Activity(1, 1, 1_000, 4_000, 2_000, 0.25, 240));
    IntToDoubleFunction movement = logMovement(3);
    for (int i = 0; i < 240; i++) {
      band.learn(new double[] {movement.applyAsDouble(i), movement.applyAsDouble(i)}, 1);
    }
    BlockCalibration calibration = new BlockCalibration(DetectorSettings.defaults().calibration());
    double[] raw = new double[Channels.COUNT];
    int alarms = 0;
    for (int block = 0; block < BLOCKS_A_DAY / 4; block++) {
      raw[Channels.ACTIVITY] = 0;
      for (int i = 0; i < 8; i++) {
        double now = movement.applyAsDouble(8 * block + i);
        raw[Channels.ACTIVITY] =
            Math.max(raw[Channels.ACTIVITY], band.excess(new double[] {now, now})[0]);
      }
      boolean ready = block > 100 && calibration.isReady(Channels.ACTIVITY);
      double level = calibration.level(Channels.ACTIVITY, 1, false);
      alarms += ready && raw[Channels.ACTIVITY] >= level ? 1 : 0;
      calibration.add(block * BLOCK_MICROS, raw, true);
    }
    double still = StrictMath.log(0.25);
    assertThat(band.excess(new double[] {still, still})[0])
        .isGreaterThan(calibration.level(Channels.ACTIVITY, 1, false));
    assertThat(alarms).isZero();
  }

  private static IntToDoubleFunction logMovement(long seed) {
    Random random = new Random(seed);
    return i -> 1.5 + 0.3 * random.nextGaussian();
  }

  @Test
  void maximaOfMovementFromBeforeVersionThreeCountAsTheirSquares() throws SnapshotException {
    SnapshotWriter out = new SnapshotWriter();
    tier(40, block -> 0.01 * block).write(out);
    SnapshotReader in = new SnapshotReader(out.toBytes(), out.size());
    in.useVersion(2);
    MaximaTier read = new MaximaTier(1, 300, 5);
    read.read(in);
    assertThat(read.median(Channels.APPEARANCE)).isCloseTo(0.195, within(1e-9));
    assertThat(read.median(Channels.ACTIVITY)).isCloseTo(0.195 * 1.195, within(1e-3));
  }

  private static MaximaTier tier(int blocks, IntToDoubleFunction maximum) {
    MaximaTier tier = new MaximaTier(1, 300, 5);
    double[] values = new double[Channels.COUNT];
    for (int block = 0; block < blocks; block++) {
      Arrays.fill(values, maximum.applyAsDouble(block));
      tier.add(values);
    }
    return tier;
  }

  @Test
  void theTailOfTheNextMaximumIsKept() {
    // A level for one block in a hundred, set from 40 independent blocks, is to be reached by the
    // next block about once in a hundred times, and not more often than once in fifty.
    int reached = 0;
    int trials = 4_000;
    for (int seed = 0; seed < trials; seed++) {
      IntToDoubleFunction maxima = independent(seed);
      MaximaTier tier = tier(40, maxima);
      reached += maxima.applyAsDouble(41) >= tier.level(CHANNEL, 0.01) ? 1 : 0;
    }
    assertThat(reached).isBetween(trials / 1_000, trials / 50);
  }

  @Test
  void theFirstDayStaysWithinTheBudget() {
    // All channels alike and independent in time: a camera may reach its level by less than the
    // budget of a day, from the first minute on.
    int crossings = 0;
    int cameras = 12;
    for (int seed = 0; seed < cameras; seed++) {
      BlockCalibration calibration =
          new BlockCalibration(DetectorSettings.defaults().calibration());
      IntToDoubleFunction maxima = independent(seed);
      double[] raw = new double[Channels.COUNT];
      for (int block = 0; block < BLOCKS_A_DAY / 4; block++) {
        Arrays.fill(raw, maxima.applyAsDouble(block));
        boolean reached =
            calibration.isReady(CHANNEL)
                && block > 15
                && raw[CHANNEL] >= calibration.level(CHANNEL, 1, false);
        crossings += reached ? 1 : 0;
        calibration.add(block * BLOCK_MICROS, raw, true);
      }
    }
    assertThat((double) crossings / cameras * Channels.COUNT).isLessThan(1);
  }

  @Test
  void aSmallerBudgetAsksForAHigherLevel() {
    BlockCalibration calibration = after(2_000, independent(3));
    double hourly = calibration.level(CHANNEL, 24, true);
    double daily = calibration.level(CHANNEL, 1, true);
    double weekly = calibration.level(CHANNEL, 1 / 7.0, true);
    assertThat(daily).isGreaterThan(hourly);
    assertThat(weekly).isGreaterThan(daily);
  }

  @Test
  void louderTimesAreFollowedAndRemembered() {
    BlockCalibration calm = after(3_000, independent(5));
    IntToDoubleFunction maxima = independent(5);
    BlockCalibration louder =
        after(3_000, block -> maxima.applyAsDouble(block) * (block > 2_700 ? 2 : 1));
    double calmLevel = calm.level(CHANNEL, 1, true);
    assertThat(louder.level(CHANNEL, 1, true)).as("followed").isGreaterThan(calmLevel * 1.3);
    IntToDoubleFunction again = independent(5);
    BlockCalibration after =
        after(6_000, block -> again.applyAsDouble(block) * (block > 600 && block < 3_000 ? 2 : 1));
    assertThat(after.level(CHANNEL, 1, true))
        .as("remembered for hours")
        .isGreaterThan(calmLevel * 1.3);
  }

  @Test
  void anUnconfirmedAlarmKeepsItsChannelFromTheNextOneAsSmallForTwoPeriods() {
    AlarmLedger ledger = new AlarmLedger();
    long hour = 3_600_000_000L;
    ledger.add(CHANNEL, 0, 1.2, 0.8, 24);
    assertThat(ledger.factor(CHANNEL, hour / 6, 24)).as("time to answer").isEqualTo(1);
    assertThat(ledger.factor(CHANNEL, hour, 24)).isCloseTo(1.65, within(1e-9));
    assertThat(ledger.factor(CHANNEL, 3 * hour, 24)).isEqualTo(1);
    assertThat(ledger.factor(Channels.SCENE, hour, 24)).isEqualTo(1);
    ledger.add(CHANNEL, 3 * hour, 5, 0.8, 24);
    assertThat(ledger.factor(CHANNEL, 4 * hour, 24)).as("a gross alarm").isEqualTo(1);
  }

  @Test
  void aWordOnAnOpenAlarmLeavesWhatIsKnownOfTheOneBefore() {
    AlarmLedger ledger = new AlarmLedger();
    long hour = 3_600_000_000L;
    ledger.add(CHANNEL, 0, 1.2, 0.8, 1);
    ledger.beginNext();
    ledger.confirmLast();
    assertThat(ledger.factor(CHANNEL, hour, 1)).isCloseTo(1.65, within(1e-9));
  }

  @Test
  void aLargerBudgetIsNotCertifiedByTimeUnderHigherLevels() throws SnapshotException {
    SyntheticLine line = new SyntheticLine(5, 6, 12, 8).steady();
    DetectorSettings settings = SnapshotTest.QUICK.withFalseAlarmsPerDay(5);
    CameraDetector detector = line.warmDetector(settings);
    line.run(detector, 600 * SyntheticLine.FPS, SyntheticLine.Anomaly.NONE, i -> true);
    double earned = certified(line, detector, "same", 5);

    assertThat(certified(line, detector, "smaller", 4)).isLessThan(1.1 * earned);
    assertThat(certified(line, detector, "larger", 6)).isGreaterThan(10 * earned);
  }

  @Test
  void aLargerBudgetInTheConfigurationIsNotCertifiedByTimeUnderHigherLevelsEither()
      throws SnapshotException {
    SyntheticLine line = new SyntheticLine(5, 6, 12, 8).steady();
    DetectorSettings settings = SnapshotTest.QUICK.withFalseAlarmsPerDay(5);
    CameraDetector detector = line.warmDetector(settings);
    line.run(detector, 600 * SyntheticLine.FPS, SyntheticLine.Anomaly.NONE, i -> true);
    byte[] snapshot = detector.snapshot();
    double earned = certified(line, detector);

    CameraDetector same = CameraDetector.restore("line-1", settings, snapshot);
    assertThat(certified(line, same)).isLessThan(1.1 * earned);
    CameraDetector larger =
        CameraDetector.restore("line-1", settings.withFalseAlarmsPerDay(50), snapshot);
    assertThat(certified(line, larger)).isGreaterThan(10 * earned);
  }

  @Test
  void anIncidentThatIsRealRaisesNoLevelAlthoughTheBudgetRoseMeanwhile() {
    int channel = Channels.MOTION;
    IncidentChange marginal = closedMotion(1.5);
    Certificate told = new Certificate();
    told.addIncident();
    told.endIncident(marginal, 0, 0.8, 10);
    assertThat(told.factor(channel, 1_000_000_000L, 10)).as("nobody's word").isGreaterThan(1);
    Certificate certificate = new Certificate();
    certificate.addIncident();
    certificate.budgetRose();
    certificate.confirmLast();

    certificate.endIncident(marginal, 0, 0.8, 10);

    assertThat(certificate.factor(channel, 1_000_000_000L, 10)).isEqualTo(1);
  }

  /** What an incident says to be certified after a command that sets the budget. */
  private static double certified(
      SyntheticLine line, CameraDetector detector, String id, double perDay) {
    detector.accept(new Command.Sensitivity(id, 0, perDay));
    double certified = certified(line, detector);
    detector.accept(new Command.Real("real-" + id, 0));
    line.run(detector, 10 * SyntheticLine.FPS, SyntheticLine.Anomaly.NONE, i -> true);
    return certified;
  }

  private static IncidentChange closedMotion(double peakScore) {
    FrameStamp stamp = stamp(0);
    return new IncidentChange(
        IncidentChange.Kind.CLOSED,
        "id",
        2,
        stamp,
        stamp,
        stamp,
        peakScore,
        0.01,
        1,
        10,
        100,
        IncidentChange.Channel.MOTION,
        List.of(),
        new HeatMap(1, 1, new byte[1]),
        null,
        1,
        "space",
        IncidentChange.CloseReason.NORMAL_AGAIN,
        null);
  }

  /** What an incident says to be certified. */
  private static double certified(SyntheticLine line, CameraDetector detector) {
    return incidents(line, detector).get(0).certifiedPerDay();
  }

  private static List<IncidentChange> incidents(SyntheticLine line, CameraDetector detector) {
    return SyntheticLine.incidents(
        line.run(detector, 3 * SyntheticLine.FPS, SyntheticLine.Anomaly.FOREIGN_OBJECT, i -> true));
  }

  @ParameterizedTest(name = "a delay of {0} ms, frames of {1} bytes")
  @CsvSource({"10000, 30000", "10000, 70000", "120000, 30000", "600000, 130000"})
  void noFrameIsLearntBeforeItsDelayIsOver(int delayMillis, int bytes) {
    LearningQueue queue =
        new LearningQueue(DetectorSettings.defaults().withMemory(delayed(delayMillis)).memory());
    long last = Long.MIN_VALUE;
    int learnt = 0;
    for (long now = 0; now < 3_000L * delayMillis; now += 100_000) {
      long interval = Math.max(500, queue.closestMillis(delayMillis)) * 1_000L;
      if (last == Long.MIN_VALUE || now - last >= interval) {
        queue.delay(
            new LearningSample(
                now,
                stamp(now),
                new byte[bytes],
                new byte[0],
                new double[0],
                new boolean[0],
                new boolean[0],
                true));
        last = now;
      }
      LearningSample due = queue.takeDue(now - delayMillis * 1_000L);
      for (; due != null; due = queue.takeDue(now - delayMillis * 1_000L)) {
        assertThat(now - due.streamMicros()).isGreaterThanOrEqualTo(delayMillis * 1_000L);
        learnt++;
      }
    }
    assertThat(learnt).isGreaterThan(8);
  }

  private static FrameStamp stamp(long micros) {
    return new FrameStamp(micros, 1, micros / 100_000, 0, micros / 100_000);
  }

  private static DetectorSettings.Memory delayed(int delayMillis) {
    DetectorSettings.Memory usual = DetectorSettings.defaults().memory();
    return new DetectorSettings.Memory(
        usual.prototypesPerCell(),
        usual.scenePrototypes(),
        usual.learnIntervalMillis(),
        usual.warmUpIntervalMillis(),
        delayMillis,
        usual.warmUpDelayMillis(),
        usual.delayedBytes(),
        usual.quarantineBytes(),
        usual.gateQuantile(),
        usual.hottestCells(),
        usual.studyFrames());
  }

  @Test
  void theLedgerIsBoundedInFactorAndForgetsAnAlarmThatWasReal() {
    AlarmLedger ledger = new AlarmLedger();
    for (int i = 0; i < 10 * AlarmLedger.ENTRIES; i++) {
      ledger.add(CHANNEL, i * 1_000_000_000L, 1.9, 0.8, 0.1);
    }
    assertThat(ledger.factor(CHANNEL, 90_000_000_000L, 0.1)).isEqualTo(AlarmLedger.MOST);
    AlarmLedger confirmed = new AlarmLedger();
    confirmed.add(CHANNEL, 0, 1.5, 0.8, 1);
    confirmed.confirmLast();
    assertThat(confirmed.factor(CHANNEL, 3_600_000_000L, 1)).isEqualTo(1);
  }
}
