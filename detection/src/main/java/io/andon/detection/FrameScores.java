package io.andon.detection;

import java.util.Arrays;

/**
 * What the baseline says of one frame.
 *
 * @param distances appearance distance of each cell
 * @param products appearance distance times movement of each cell; empty if no movement is known
 * @param excess how far each coarse cell's movement is outside its band; empty if not known
 * @param activity movement features, to be learnt; empty if not known
 * @param raw raw score of each channel, in the order of {@link Channels}; NaN if none
 */
record FrameScores(
    double[] distances, double[] products, double[] excess, double[] activity, double[] raw) {

  /** Mean of the {@code count} highest values. */
  static double hottest(double[] values, int count) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = Math.min(count, sorted.length);
    double sum = 0;
    for (int i = sorted.length - n; i < sorted.length; i++) {
      sum += sorted[i];
    }
    return sum / n;
  }
}
