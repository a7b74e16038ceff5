package io.andon.detection;

/**
 * What the baseline says of one frame.
 *
 * @param distances appearance distance of each cell
 * @param standing {@link EvenedCells#standing} of a still; 1 in a stream
 * @param products appearance distance times movement of each cell; empty if no movement is known
 * @param excess how far each coarse cell's movement is outside its band; empty if not known
 * @param activity movement features, to be learnt; empty if not known
 * @param cycleDrift how far the machine's cycle time has drifted, 1 at what is tolerated; 0 within
 * @param raw raw score of each channel, in the order of {@link Channels}; NaN if none
 */
record FrameScores(
    double[] distances,
    double standing,
    double[] products,
    double[] excess,
    double[] activity,
    double cycleDrift,
    double[] raw) {

  /**
   * Mean of the highest values, added from the lowest of them on.
   *
   * @param values none of them NaN
   * @param count how many of them, 1 or more
   */
  static double hottest(double[] values, int count) {
    int n = Math.min(count, values.length);
    double[] highest = new double[n];
    int found = 0;
    for (double value : values) {
      if (found < n) {
        insert(highest, found++, value);
      } else if (value > highest[0]) {
        System.arraycopy(highest, 1, highest, 0, n - 1);
        insert(highest, n - 1, value);
      }
    }
    double sum = 0;
    for (double value : highest) {
      sum += value;
    }
    return sum / n;
  }

  /** Puts a value in its place among the first {@code length} ascending ones. */
  private static void insert(double[] ascending, int length, double value) {
    int at = length;
    while (at > 0 && ascending[at - 1] > value) {
      ascending[at] = ascending[at - 1];
      at--;
    }
    ascending[at] = value;
  }
}
