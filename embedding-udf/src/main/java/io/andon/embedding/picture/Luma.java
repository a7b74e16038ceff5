package io.andon.embedding.picture;

import io.andon.embedding.LumaPlane;

/** Makes the small luma plane of a picture. */
final class Luma {
  /** Bytes of a plane at most; it travels with every embedding. */
  static final int LARGEST = 40_960;

  private Luma() {}

  /**
   * Brightness (BT.601 weights in 1/256) averaged over square blocks. A block has sides of 2
   * pixels, or of the next power of two that keeps the plane within {@link #LARGEST} bytes; pixels
   * beyond the last whole block are left out.
   *
   * @param rgb {@code height * width * 3} bytes
   */
  static LumaPlane of(int width, int height, byte[] rgb) {
    int block = 2;
    while ((width / block) * (height / block) > LARGEST) {
      block *= 2;
    }
    block = Math.max(1, Math.min(block, Math.min(width, height)));
    int columns = width / block;
    int rows = height / block;
    byte[] values = new byte[columns * rows];
    if (block == 2) {
      halves(rgb, width, columns, rows, values);
      return new LumaPlane(columns, rows, values);
    }
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[row * columns + column] =
            (byte) block(rgb, width, column * block, row * block, block);
      }
    }
    return new LumaPlane(columns, rows, values);
  }

  /** Blocks of 2 by 2, which pictures of the usual sizes have. */
  private static void halves(byte[] rgb, int width, int columns, int rows, byte[] values) {
    int to = 0;
    for (int row = 0; row < rows; row++) {
      int upper = row * 2 * width * 3;
      int lower = upper + width * 3;
      for (int column = 0; column < columns; column++) {
        int red = four(rgb, upper, lower);
        int green = four(rgb, upper + 1, lower + 1);
        int blue = four(rgb, upper + 2, lower + 2);
        values[to++] = (byte) ((77 * red + 150 * green + 29 * blue + 512) >> 10);
        upper += 6;
        lower += 6;
      }
    }
  }

  private static int four(byte[] rgb, int upper, int lower) {
    return (rgb[upper] & 0xFF)
        + (rgb[upper + 3] & 0xFF)
        + (rgb[lower] & 0xFF)
        + (rgb[lower + 3] & 0xFF);
  }

  private static int block(byte[] rgb, int width, int left, int top, int side) {
    int sum = 0;
    for (int y = top; y < top + side; y++) {
      int at = (y * width + left) * 3;
      for (int x = 0; x < side; x++, at += 3) {
        sum += 77 * (rgb[at] & 0xFF) + 150 * (rgb[at + 1] & 0xFF) + 29 * (rgb[at + 2] & 0xFF);
      }
    }
    int weight = side * side * 256;
    return (sum + weight / 2) / weight;
  }
}
