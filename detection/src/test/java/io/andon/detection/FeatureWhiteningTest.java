package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Features turned onto the axes of normal cells, and how long those axes are. */
class FeatureWhiteningTest {
  private static final int ROWS = 10;
  private static final int COLUMNS = 12;
  private static final int CHANNELS = 2;
  private static final int PICTURES = 20;

  /**
   * The second feature is quiet but for the parts' edge in the first row, where it is one of two
   * very different values; the first is as coarse everywhere.
   */
  private static byte[] edged(Random random) {
    byte[] grid = new byte[ROWS * COLUMNS * CHANNELS];
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      grid[cell * CHANNELS] = (byte) Math.rint(15 * random.nextGaussian());
      boolean edge = cell < COLUMNS;
      grid[cell * CHANNELS + 1] =
          (byte) (edge ? random.nextBoolean() ? 80 : -80 : Math.rint(4 * random.nextGaussian()));
    }
    return grid;
  }

  private static List<byte[]> pictures(int number) {
    Random random = new Random(number);
    List<byte[]> grids = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      grids.add(edged(random));
    }
    return grids;
  }

  /** Both features are as coarse everywhere as told. */
  private static List<byte[]> even(int number, double first, double second) {
    Random random = new Random(number);
    List<byte[]> grids = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      byte[] grid = new byte[ROWS * COLUMNS * CHANNELS];
      for (int at = 0; at < grid.length; at++) {
        double spread = at % CHANNELS == 0 ? first : second;
        grid[at] = (byte) Math.rint(spread * random.nextGaussian());
      }
      grids.add(grid);
    }
    return grids;
  }

  /** How far apart two cells are seen that differ in one feature. */
  private static double seenApart(FeatureWhitening whitening, int feature, int by) {
    byte[] cells = new byte[2 * CHANNELS];
    cells[CHANNELS + feature] = (byte) by;
    byte[] seen = whitening.project(cells);
    return Math.hypot(seen[0] - seen[2], seen[1] - seen[3]);
  }

  @Test
  void axesHaveTheSameDeviationOverAllCells() {
    List<byte[]> grids = pictures(1);
    FeatureWhitening whitening = FeatureWhitening.of(grids, CHANNELS);
    double[] squares = squares(whitening, grids);
    assertThat(Math.sqrt(squares[0])).isCloseTo(20, within(2.0));
    assertThat(Math.sqrt(squares[1])).isCloseTo(20, within(2.0));
  }

  @Test
  void axesScaledToTheirSpreadShowWhatFewCellsHideByTheirDeviation() {
    List<byte[]> grids = pictures(1);
    FeatureWhitening whitening = FeatureWhitening.of(grids, CHANNELS);
    FeatureWhitening scaled = whitening.scaledToSpreadOf(grids);
    // Four deviations of a quiet cell against one of a coarse one.
    assertThat(seenApart(whitening, 1, 16)).isLessThan(seenApart(whitening, 0, 15));
    assertThat(seenApart(scaled, 1, 16)).isGreaterThan(1.3 * seenApart(scaled, 0, 15));
  }

  @Test
  void scalingToTheSpreadFillsTheRangeAsBefore() {
    List<byte[]> grids = pictures(2);
    FeatureWhitening scaled = FeatureWhitening.of(grids, CHANNELS).scaledToSpreadOf(grids);
    double[] squares = squares(scaled, grids);
    assertThat(Math.sqrt((squares[0] + squares[1]) / 2)).isCloseTo(20, within(3.0));
  }

  @Test
  void axesOfLikeSpreadStayAsTheyAre() {
    List<byte[]> grids = even(3, 12, 12);
    FeatureWhitening whitening = FeatureWhitening.of(grids, CHANNELS);
    FeatureWhitening scaled = whitening.scaledToSpreadOf(grids);
    for (int feature = 0; feature < CHANNELS; feature++) {
      double before = seenApart(whitening, feature, 20);
      assertThat(seenApart(scaled, feature, 20)).isCloseTo(before, within(0.05 * before));
    }
  }

  /** A single step of what never moved is rounding as often as a defect. */
  @Test
  void anAxisThatPicturesDoNotShowGainsThreefoldAtMost() {
    List<byte[]> grids = even(4, 15, 0);
    FeatureWhitening whitening = FeatureWhitening.of(grids, CHANNELS);
    FeatureWhitening scaled = whitening.scaledToSpreadOf(grids);
    double before = seenApart(whitening, 1, 1) / seenApart(whitening, 0, 15);
    double after = seenApart(scaled, 1, 1) / seenApart(scaled, 0, 15);
    assertThat(after).isBetween(2 * before, 3.2 * before);
  }

  @Test
  void picturesOfOneCellOrAllAlikeHaveNoSpreadAndStayAsTheyAre() {
    for (List<byte[]> grids :
        List.of(
            List.of(new byte[] {5, -7}, new byte[] {9, -7}),
            List.of(new byte[ROWS * COLUMNS * CHANNELS], new byte[ROWS * COLUMNS * CHANNELS]))) {
      FeatureWhitening whitening = FeatureWhitening.of(grids, CHANNELS);
      assertThat(whitening.scaledToSpreadOf(grids).isSameAs(whitening)).isTrue();
    }
  }

  private static double[] squares(FeatureWhitening whitening, List<byte[]> grids) {
    double[] squares = new double[CHANNELS];
    for (byte[] grid : grids) {
      byte[] seen = whitening.project(grid);
      for (int at = 0; at < seen.length; at++) {
        squares[at % CHANNELS] += seen[at] * seen[at] / (double) (PICTURES * ROWS * COLUMNS);
      }
    }
    return squares;
  }
}
