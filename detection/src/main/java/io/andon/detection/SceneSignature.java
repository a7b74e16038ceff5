package io.andon.detection;

/**
 * The whole picture in a few numbers: mean and log standard deviation of each feature over the
 * cells. On whitened features it tells defects of a surface that no single cell gives away (on
 * still sets of industrial surfaces it is the strongest single score; docs/detection.md).
 */
final class SceneSignature {
  private static final double STEPS = 48;
  private static final double SMALLEST_DEVIATION = 0.01;

  /** int8 steps of one standard deviation of a whitened feature. */
  private static final double UNIT = 20;

  private SceneSignature() {}

  /** Values of a signature of cells with so many features. */
  static int length(int features) {
    return 2 * features;
  }

  /**
   * The signature of a grid.
   *
   * @param grid {@code cells * features} values
   */
  static byte[] of(byte[] grid, int features) {
    int cells = grid.length / features;
    int[] sums = new int[features];
    int[] squares = new int[features];
    for (int at = 0; at < grid.length; at += features) {
      for (int i = 0; i < features; i++) {
        int value = grid[at + i];
        sums[i] += value;
        squares[i] += value * value;
      }
    }
    byte[] signature = new byte[length(features)];
    for (int i = 0; i < features; i++) {
      double mean = (double) sums[i] / cells;
      // Exact integers up to the division: no cancellation.
      double variance = ((double) cells * squares[i] - (double) sums[i] * sums[i]) / cells / cells;
      double deviation = Math.sqrt(variance) / UNIT + SMALLEST_DEVIATION;
      signature[i] = step(mean / UNIT);
      signature[features + i] = step(StrictMath.log(deviation));
    }
    return signature;
  }

  private static byte step(double value) {
    return (byte) Math.max(-127, Math.min(127, StrictMath.rint(value * STEPS)));
  }
}
