package io.andon.bench.budget;

import io.andon.detection.FrameStamp;
import io.andon.detection.Observation;

/** One picture of a simulated station in the making: features by cell, brightness by pixel. */
final class StationCanvas {
  static final int ROWS = 3;
  static final int COLUMNS = 5;
  static final int CHANNELS = 8;
  static final int CELLS = ROWS * COLUMNS;
  static final int PIXELS_A_CELL = 4;
  static final int LUMA_WIDTH = COLUMNS * PIXELS_A_CELL;
  static final int LUMA_HEIGHT = ROWS * PIXELS_A_CELL;

  /** Features, cell by cell. */
  final float[] values = new float[CELLS * CHANNELS];

  /** Brightness, row by row. */
  final double[] brightness = new double[LUMA_WIDTH * LUMA_HEIGHT];

  /** Moves a cell's features along a direction. */
  void shift(int cell, float[] direction, double amount) {
    for (int i = 0; i < CHANNELS; i++) {
      values[cell * CHANNELS + i] += (float) (amount * direction[i]);
    }
  }

  /** Puts a look in front of a cell, as far as it covers it. */
  void mix(int cell, float[] look, float[] behind, double covered) {
    for (int i = 0; i < CHANNELS; i++) {
      int at = cell * CHANNELS + i;
      values[at] += (float) (covered * (look[i] - behind[i]));
    }
  }

  /** Changes the brightness of a cell. */
  void lighten(int cell, double amount) {
    for (int y = 0; y < PIXELS_A_CELL; y++) {
      for (int x = 0; x < PIXELS_A_CELL; x++) {
        brightness[pixel(cell / COLUMNS, cell % COLUMNS, y, x)] += amount;
      }
    }
  }

  /** Changes the brightness of a row's cell as far as something from left to right covers it. */
  void lightenColumns(int row, int column, double left, double right, double amount) {
    for (int x = 0; x < PIXELS_A_CELL; x++) {
      double from = column + (double) x / PIXELS_A_CELL;
      double covered = PIXELS_A_CELL * overlap(left, right, from, from + 1.0 / PIXELS_A_CELL);
      for (int y = 0; y < PIXELS_A_CELL; y++) {
        brightness[pixel(row, column, y, x)] += covered * amount;
      }
    }
  }

  /** Changes the brightness of a column's cell as far as something from the top reaches it. */
  void lightenRows(int row, int column, double reach, double amount) {
    for (int y = 0; y < PIXELS_A_CELL; y++) {
      double from = row + (double) y / PIXELS_A_CELL;
      double covered = PIXELS_A_CELL * overlap(0, reach, from, from + 1.0 / PIXELS_A_CELL);
      for (int x = 0; x < PIXELS_A_CELL; x++) {
        brightness[pixel(row, column, y, x)] += covered * amount;
      }
    }
  }

  private static int pixel(int row, int column, int y, int x) {
    return (row * PIXELS_A_CELL + y) * LUMA_WIDTH + column * PIXELS_A_CELL + x;
  }

  static int cellOf(int pixel) {
    return pixel / LUMA_WIDTH / PIXELS_A_CELL * COLUMNS + pixel % LUMA_WIDTH / PIXELS_A_CELL;
  }

  static double overlap(double a, double b, double c, double d) {
    return Math.max(0, Math.min(b, d) - Math.max(a, c));
  }

  static double clip(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }

  /**
   * The picture as a frame.
   *
   * @param micros capture time
   * @param frame number of the frame
   */
  Observation observation(long micros, long frame) {
    byte[] patches = new byte[values.length];
    byte[] pooled = new byte[CHANNELS];
    float[] sums = new float[CHANNELS];
    for (int i = 0; i < values.length; i++) {
      patches[i] = (byte) Math.round(clip(values[i], -127, 127));
      sums[i % CHANNELS] += values[i];
    }
    for (int i = 0; i < CHANNELS; i++) {
      pooled[i] = (byte) Math.round(clip(4 * sums[i] / CELLS, -127, 127));
    }
    byte[] luma = new byte[brightness.length];
    for (int i = 0; i < luma.length; i++) {
      luma[i] = (byte) Math.round(clip(brightness[i], 0, 255));
    }
    FrameStamp stamp = new FrameStamp(micros, 1, frame, 0, frame);
    return new Observation(
        stamp,
        "simulated@1/int8/" + CHANNELS,
        640,
        480,
        ROWS,
        COLUMNS,
        CHANNELS,
        patches,
        pooled,
        LUMA_WIDTH,
        LUMA_HEIGHT,
        luma,
        false);
  }
}
