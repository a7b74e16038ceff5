package io.andon.detection;

/**
 * How far a still's cells are from what is normal, set against two things that say nothing of a
 * defect. Where normal parts differ from each other, on a coarse ground or along an edge, every
 * part is far from the others: a cell counts by the geometric mean of its distance and of how many
 * times farther that is than it usually is there. And a picture of another exposure, sharpness or
 * grain is farther from normal ones in all places, which is the scene's to tell: how far its cells
 * stand out from each other counts as much as how far they are.
 *
 * @param distances of each cell, evened out over places, in the unit that they came in
 * @param standing factor on a score of these distances, above 1 where the picture as a whole is
 *     nearer to what is normal than usual, and below where it is farther
 */
record EvenedCells(double[] distances, double standing) {
  /** So many pictures' worth of the mean over all cells is added to what is usual in each. */
  private static final int PRIOR_PICTURES = 4;

  /**
   * @param distances distance of each cell
   * @param usual what it usually is
   * @param pictures how many pictures tell that; while there are none, distances stay as they are
   */
  static EvenedCells of(double[] distances, double[] usual, int pictures) {
    double everywhere = mean(usual);
    if (pictures == 0 || everywhere <= 0) {
      return new EvenedCells(distances, 1);
    }
    double[] evened = new double[distances.length];
    for (int cell = 0; cell < evened.length; cell++) {
      double here =
          (pictures * usual[cell] + PRIOR_PICTURES * everywhere) / (pictures + PRIOR_PICTURES);
      evened[cell] = distances[cell] * Math.sqrt(everywhere / here);
    }
    double level = mean(evened);
    return new EvenedCells(evened, level > 0 ? Math.sqrt(everywhere / level) : 1);
  }

  /** Mean of the hottest cells. */
  double hottest(int count) {
    return FrameScores.hottest(distances, count);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
