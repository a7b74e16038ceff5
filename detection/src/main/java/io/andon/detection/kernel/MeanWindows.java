package io.andon.detection.kernel;

import java.util.Arrays;

/**
 * Means of the square window around each pixel, of several planes of one size at a time; beyond the
 * edge nothing is. The rows of all planes lie side by side in one array, so that loops are long,
 * and only as many rows as a window has are kept: they stay in the processor's nearest caches.
 *
 * <p>The columns of a window are summed by adding the row that enters and taking off the one that
 * leaves; sums of eleven columns are told as 8 + 2 + 1, so that no sum waits for the one beside it.
 * Strict float arithmetic in a fixed order.
 */
final class MeanWindows {
  /** Side of a window, pixels. */
  private static final int SIDE = 11;

  /** Rows and columns of a window on each side of its middle. */
  static final int HALF = SIDE / 2;

  /** Rows that are kept: a window's, and the one that leaves it. */
  private static final int KEPT = SIDE + 1;

  private final int width;
  private final int height;

  /** Places a plane has in a row: its pixels, and nothing on both sides. */
  private final int stride;

  private final float[][] rows;
  private final float[] columnSums;
  private final float[] two;
  private final float[] four;
  private final float[] beside;
  private final float[] far;
  private final float[] means;
  private int next;

  MeanWindows(int planes, int width, int height) {
    this.width = width;
    this.height = height;
    stride = width + SIDE;
    int n = planes * stride;
    rows = new float[KEPT][n];
    columnSums = new float[n];
    two = new float[n];
    four = new float[n];
    beside = new float[n];
    far = new float[n];
    means = new float[n];
  }

  /** Sets a row of a plane. Rows are set from the top down, no further than a window reaches. */
  void put(int plane, int y, float[] values) {
    System.arraycopy(values, 0, rows[y % KEPT], plane * stride + HALF, width);
  }

  /** Sets a row of all planes to zeros. */
  void putZeros(int y) {
    Arrays.fill(rows[y % KEPT], 0);
  }

  /** Goes to the top; the first {@link #HALF} rows have been set. */
  void start() {
    next = 0;
    Arrays.fill(columnSums, 0);
    for (int y = 0; y < Math.min(HALF, height); y++) {
      add(columnSums, rows[y]);
    }
  }

  /**
   * Computes the means of the next row, from the top down; the rows up to {@link #HALF} below it
   * have been set.
   */
  void advance() {
    if (next + HALF < height) {
      add(columnSums, rows[(next + HALF) % KEPT]);
    }
    if (next - HALF - 1 >= 0) {
      subtract(columnSums, rows[(next - HALF - 1) % KEPT]);
    }
    next++;
    int n = means.length;
    System.arraycopy(columnSums, 1, beside, 0, n - 1);
    sum(two, columnSums, beside);
    System.arraycopy(two, 2, beside, 0, n - 2);
    sum(four, two, beside);
    System.arraycopy(four, 4, beside, 0, n - 4);
    sum(means, four, beside);
    System.arraycopy(two, 8, beside, 0, n - 8);
    System.arraycopy(columnSums, 10, far, 0, n - 10);
    share(means, beside, far);
  }

  /** Fetches the means of a plane's row. */
  void take(int plane, float[] to) {
    System.arraycopy(means, plane * stride, to, 0, width);
  }

  private static void add(float[] sums, float[] values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i];
    }
  }

  private static void subtract(float[] sums, float[] values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] -= values[i];
    }
  }

  private static void sum(float[] to, float[] a, float[] b) {
    for (int i = 0; i < to.length; i++) {
      to[i] = a[i] + b[i];
    }
  }

  private static void share(float[] sums, float[] two, float[] one) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (sums[i] + two[i] + one[i]) * (1f / (SIDE * SIDE));
    }
  }
}
