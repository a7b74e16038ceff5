package io.andon.bench.evaluate;

import io.andon.embedding.InputShape;
import io.andon.embedding.picture.Letterbox;

/**
 * Brings the heat of a grid of cells to the pixels of the picture that it is of, bilinearly between
 * the cells' centres, bars around the picture left out.
 */
final class HeatPicture {
  private final int rows;
  private final int columns;
  private final int width;
  private final int height;
  private final int[] left;
  private final float[] leftShare;
  private final int[] top;
  private final float[] topShare;

  /**
   * @param rows rows of the grid
   * @param columns columns of the grid
   * @param shape the model's input that the grid covers
   * @param width width of the picture that was brought to it, pixels
   * @param height its height, pixels
   */
  HeatPicture(int rows, int columns, InputShape shape, int width, int height) {
    this.rows = rows;
    this.columns = columns;
    this.width = width;
    this.height = height;
    Letterbox box = Letterbox.of(width, height, shape);
    left = new int[width];
    leftShare = new float[width];
    place(left, leftShare, columns, box.left(), box.width(), shape.width());
    top = new int[height];
    topShare = new float[height];
    place(top, topShare, rows, box.top(), box.height(), shape.height());
  }

  private static void place(
      int[] first, float[] share, int cells, int from, int length, int inputLength) {
    for (int i = 0; i < first.length; i++) {
      double input = from + (i + 0.5) * length / first.length;
      double cell = Math.max(0, Math.min(cells - 1.0, input * cells / inputLength - 0.5));
      first[i] = (int) Math.min(cell, Math.max(0, cells - 2));
      share[i] = (float) (1 - (cell - first[i]));
    }
  }

  boolean fits(int pictureWidth, int pictureHeight) {
    return width == pictureWidth && height == pictureHeight;
  }

  /** Heat of every pixel, row-major. */
  float[] of(double[] cells) {
    float[] heat = new float[width * height];
    float[] line = new float[columns + 1];
    for (int y = 0; y < height; y++) {
      int upper = top[y] * columns;
      int lower = Math.min(rows - 1, top[y] + 1) * columns;
      for (int c = 0; c < columns; c++) {
        line[c] = (float) (topShare[y] * cells[upper + c] + (1 - topShare[y]) * cells[lower + c]);
      }
      line[columns] = line[columns - 1];
      for (int x = 0; x < width; x++) {
        int c = left[x];
        heat[y * width + x] = leftShare[x] * line[c] + (1 - leftShare[x]) * line[c + 1];
      }
    }
    return heat;
  }
}
