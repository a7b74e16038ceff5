package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Distances of a still's cells, set against what is usual in the place and in the picture. */
class EvenedCellsTest {
  private static final int ROWS = 4;
  private static final int COLUMNS = 6;
  private static final int CHANNELS = 6;
  private static final int PICTURES = 60;

  @Test
  void distancesStayAsTheyAreWhileNothingIsUsual() {
    double[] distances = {1, 2, 3};
    EvenedCells none = EvenedCells.of(distances, new double[3], 0);
    assertThat(none.distances()).isSameAs(distances);
    assertThat(none.standing()).isEqualTo(1);
    EvenedCells flat = EvenedCells.of(distances, new double[3], 50);
    assertThat(flat.distances()).as("pictures that are all the same").isSameAs(distances);
    assertThat(EvenedCells.of(new double[2], new double[] {1, 2}, 9).standing()).isEqualTo(1);
  }

  @Test
  void aPlaceCountsByTheRootOfHowFarItUsuallyIs() {
    double[] usual = {90, 10, 20};
    double[] evened = EvenedCells.of(new double[] {90, 30, 0}, usual, 1_000_000).distances();
    assertThat(evened[1]).as("three times the usual").isCloseTo(evened[0], within(0.01));
    assertThat(evened[2]).isZero();
    double[] few = EvenedCells.of(new double[] {90, 30, 0}, usual, 4).distances();
    assertThat(few[0]).as("four pictures tell half").isBetween(evened[0], 90.0);
  }

  @Test
  void aUsualPictureKeepsItsScoreAndOneThatIsFarEverywhereCountsByTheRoot() {
    double[] usual = {10, 10, 10, 10};
    assertThat(EvenedCells.of(usual, usual, 30).standing()).isCloseTo(1, within(1e-12));
    EvenedCells far = EvenedCells.of(new double[] {40, 40, 40, 40}, usual, 30);
    assertThat(far.hottest(1)).isEqualTo(40);
    assertThat(far.standing()).isCloseTo(0.5, within(1e-12));
  }

  /** A part on a coarse ground, the left half, which differs in every picture. */
  private static Observation picture(int number, Random random, boolean defect) {
    byte[] patches = new byte[ROWS * COLUMNS * CHANNELS];
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      double spread = cell % COLUMNS < COLUMNS / 2 ? 12 : 2;
      for (int i = 0; i < CHANNELS; i++) {
        patches[cell * CHANNELS + i] =
            (byte)
                Math.rint(
                    spread * random.nextGaussian()
                        + (defect && cell % COLUMNS == COLUMNS - 2 ? 8 : 0));
      }
    }
    byte[] luma = new byte[16];
    random.nextBytes(luma);
    FrameStamp stamp = new FrameStamp(number * 1_000_000L, 1, number, 0, number);
    byte[] pooled = new byte[2];
    return new Observation(
        stamp, "s", 96, 64, ROWS, COLUMNS, CHANNELS, patches, pooled, 4, 4, luma, true);
  }

  private static CameraDetector learnt(Random random, int pictures) {
    CameraDetector detector = CameraDetector.create("still", DetectorSettings.stills(PICTURES));
    for (int i = 0; i < pictures; i++) {
      detector.observe(picture(i, random, false));
    }
    return detector;
  }

  private static double appearance(CameraDetector detector, Observation picture) {
    detector.observe(picture);
    return detector.lastScores().appearance().raw();
  }

  @Test
  void aDefectOnAQuietPlaceIsNotDrownedByACoarseGround() {
    Random random = new Random(3);
    CameraDetector detector = learnt(random, PICTURES);
    detector.accept(new Command.Freeze("freeze", 0, true));
    double highest = 0;
    int at = PICTURES;
    for (int i = 0; i < 20; i++) {
      highest = Math.max(highest, appearance(detector, picture(at++, random, false)));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(appearance(detector, picture(at++, random, true))).isGreaterThan(highest);
    }
  }

  @Test
  void aDefectIsToldThoughAllPicturesBeforeWereTheSame() {
    CameraDetector detector = CameraDetector.create("still", DetectorSettings.stills(PICTURES));
    for (int i = 0; i < PICTURES; i++) {
      detector.observe(picture(i, new Random(3), false));
    }
    detector.accept(new Command.Freeze("freeze", 0, true));

    double same = detector.observe(picture(PICTURES, new Random(3), false)).score();
    double defect = detector.observe(picture(PICTURES + 1, new Random(3), true)).score();

    assertThat(defect).isGreaterThan(same);
  }

  @Test
  void aRestoredDetectorJudgesTheNextStillsBitForBit() throws Exception {
    for (int pictures : new int[] {PICTURES / 2, PICTURES, PICTURES + 5}) {
      Random random = new Random(7);
      CameraDetector detector = learnt(random, pictures);
      CameraDetector restored =
          CameraDetector.restore("still", DetectorSettings.stills(PICTURES), detector.snapshot());
      for (int i = pictures; i < PICTURES + 20; i++) {
        Observation next = picture(i, random, i % 7 == 0);
        assertThat(restored.observe(next)).isEqualTo(detector.observe(next));
      }
      assertThat(restored.snapshot()).isEqualTo(detector.snapshot());
    }
  }
}
