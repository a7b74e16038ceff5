package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The parts of a detector on their own. */
class PartsTest {
  private static final FrameStamp STAMP = new FrameStamp(0, 0, 0, 0, 0);
  private static final boolean[] LEARN = {false};

  private static double distance(PrototypeMemory memory, int value) {
    double[] distances = new double[1];
    memory.distances(new byte[] {(byte) value}, distances);
    return distances[0];
  }

  @Test
  void aFullCellMergesItsClosestPairForWhatIsFartherAway() {
    PrototypeMemory memory = new PrototypeMemory(1, 1, 1, 3);
    for (int value : new int[] {0, 10, 50, 100}) {
      memory.learn(new byte[] {(byte) value}, STAMP, LEARN);
    }
    assertThat(distance(memory, 100)).isZero();
    assertThat(distance(memory, 50)).isZero();
    assertThat(distance(memory, 5)).as("0 and 10 became 5").isZero();
  }

  @Test
  void aFullCellMergesTheSampleWhereThatIsCloser() {
    PrototypeMemory memory = new PrototypeMemory(1, 1, 1, 2);
    for (int value : new int[] {0, 100, 4}) {
      memory.learn(new byte[] {(byte) value}, STAMP, LEARN);
    }
    assertThat(distance(memory, 2)).isZero();
    assertThat(distance(memory, 100)).isZero();
  }

  @Test
  void aNeighboursPrototypeCountsAndAFartherOneDoesNot() {
    PrototypeMemory memory = new PrototypeMemory(1, 3, 1, 2);
    memory.learn(new byte[] {0, 0, 90}, STAMP, new boolean[3]);
    double[] distances = new double[3];
    memory.distances(new byte[] {90, 90, 0}, distances);
    assertThat(distances).containsExactly(90, 0, 0);
  }

  @Test
  void withoutIncidentsTheRuleOfThreeHolds() {
    Certificate certificate = new Certificate();
    certificate.addNormalTime(10 * 86_400_000_000L);
    assertThat(certificate.perDay()).isCloseTo(0.3, within(0.01));
    certificate.addIncident();
    // Exact 95 % Poisson bound for one event: 4.744.
    assertThat(certificate.perDay()).isCloseTo(0.4744, within(0.01));
    certificate.confirmLast();
    certificate.confirmLast();
    assertThat(certificate.perDay()).isCloseTo(0.3, within(0.01));
  }

  private static BlockCalibration calibrated(double contamination) {
    return calibrated(contamination, 100);
  }

  private static BlockCalibration calibrated(double contamination, int blocks) {
    BlockCalibration calibration = new BlockCalibration(DetectorSettings.defaults().calibration());
    Random random = new Random(1);
    for (int block = 0; block <= blocks; block++) {
      double raw = block % 20 == 7 ? contamination : 10 + random.nextDouble();
      calibration.add(
          block * 2_000_000L, new double[] {raw, raw, raw, Double.NaN, Double.NaN}, true);
    }
    return calibration;
  }

  @Test
  void aSmallerBudgetRaisesTheLevel() {
    BlockCalibration calibration = calibrated(10.5);
    double daily = calibration.level(Channels.APPEARANCE, 1, true);
    assertThat(daily).isGreaterThan(11);
    assertThat(calibration.level(Channels.APPEARANCE, 0.001, true)).isGreaterThan(daily);
    assertThat(calibration.isReady(Channels.SCENE)).as("it had no raw score").isFalse();
    assertThat(calibration.pValue(Channels.APPEARANCE, 10.5)).isBetween(0.3, 0.7);
    assertThat(calibration.pValue(Channels.APPEARANCE, daily)).isLessThan(1e-4);
  }

  @Test
  void aFewContaminatedBlocksHardlyMoveTheLevel() {
    double clean = calibrated(10.5).level(Channels.APPEARANCE, 1, true);
    double dirty = calibrated(1_000).level(Channels.APPEARANCE, 1, true);
    assertThat(dirty).isBetween(clean * 0.9, clean * 1.3);
  }
}
