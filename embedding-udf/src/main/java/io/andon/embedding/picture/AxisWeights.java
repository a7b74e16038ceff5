package io.andon.embedding.picture;

/**
 * Integer weights that resample one axis with a triangle filter, as wide as a source step covers
 * when the axis shrinks: bilinear when it grows, close to an area average when it shrinks. Every
 * weight is in 1/{@value #ONE}, those of one target sum to {@value #ONE} exactly, so a grey picture
 * stays grey and the same picture gives the same bits everywhere.
 */
final class AxisWeights {
  static final int SHIFT = 14;
  static final int ONE = 1 << SHIFT;

  /** First source index of each target. */
  final int[] first;

  /** Weights of each target, from its first source index on. */
  final int[][] weights;

  /**
   * @param source samples there are
   * @param target samples to make
   */
  AxisWeights(int source, int target) {
    first = new int[target];
    weights = new int[target][];
    double scale = (double) source / target;
    double reach = Math.max(1, scale);
    for (int i = 0; i < target; i++) {
      double centre = (i + 0.5) * scale - 0.5;
      int from = (int) Math.max(0, Math.ceil(centre - reach));
      int to = (int) Math.min(source - 1.0, Math.floor(centre + reach));
      first[i] = from;
      weights[i] = rounded(triangle(from, to, centre, reach));
    }
  }

  private static double[] triangle(int from, int to, double centre, double reach) {
    double[] heights = new double[to - from + 1];
    double sum = 0;
    for (int k = 0; k < heights.length; k++) {
      heights[k] = Math.max(0, 1 - Math.abs(from + k - centre) / reach);
      sum += heights[k];
    }
    for (int k = 0; k < heights.length; k++) {
      heights[k] /= sum;
    }
    return heights;
  }

  /** Rounds the running sum, so that the parts sum to {@link #ONE}. */
  private static int[] rounded(double[] shares) {
    int[] parts = new int[shares.length];
    double sum = 0;
    int given = 0;
    for (int k = 0; k < parts.length; k++) {
      sum += shares[k];
      int upTo = k == parts.length - 1 ? ONE : (int) Math.rint(sum * ONE);
      parts[k] = upTo - given;
      given = upTo;
    }
    return parts;
  }
}
