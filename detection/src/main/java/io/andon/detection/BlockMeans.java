package io.andon.detection;

/** Means of a plane over the blocks of a grid. */
final class BlockMeans {
  private BlockMeans() {}

  /**
   * Mean of each block; where there are more blocks than pixels, neighbours share pixels.
   *
   * @param values {@code height * width} values, row-major
   * @return {@code rows * columns} means, row-major
   */
  static double[] of(float[] values, int width, int height, int rows, int columns) {
    double[] means = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      int top = r * height / rows;
      int bottom = Math.max(top + 1, (r + 1) * height / rows);
      for (int c = 0; c < columns; c++) {
        int left = c * width / columns;
        int right = Math.max(left + 1, (c + 1) * width / columns);
        double sum = 0;
        for (int y = top; y < bottom; y++) {
          for (int i = y * width + left; i < y * width + right; i++) {
            sum += values[i];
          }
        }
        means[r * columns + c] = sum / ((bottom - top) * (right - left));
      }
    }
    return means;
  }
}
