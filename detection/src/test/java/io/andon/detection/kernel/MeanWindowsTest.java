package io.andon.detection.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Means of windows of 11 x 11, whatever the picture's size. */
class MeanWindowsTest {
  private static final int HALF = 5;
  private static final int PLANES = 2;

  private final Random random = new Random(42);

  @ParameterizedTest
  @CsvSource({"1, 1", "8, 4", "3, 5", "20, 6", "11, 10", "12, 11", "9, 12", "30, 13", "17, 30"})
  void everyPixelGetsTheMeanOfItsWindow(int width, int height) {
    MeanWindows windows = new MeanWindows(PLANES, width, height);
    // The second picture meets what the first one left.
    for (int picture = 0; picture < 2; picture++) {
      float[][][] values = values(width, height);
      // Rows of zeros take the place of whatever was there.
      values[0][height - 1] = new float[width];
      values[1][height - 1] = new float[width];
      for (int y = 0; y < Math.min(HALF, height); y++) {
        put(windows, values, y);
      }
      windows.start();
      for (int y = 0; y < height; y++) {
        if (y + HALF < height) {
          put(windows, values, y + HALF);
        }
        windows.advance();
        for (int plane = 0; plane < PLANES; plane++) {
          float[] means = new float[width];
          windows.take(plane, means);
          for (int x = 0; x < width; x++) {
            assertThat(means[x])
                .as("plane %d, row %d, column %d", plane, y, x)
                .isCloseTo((float) mean(values[plane], x, y), within(1e-3f));
          }
        }
      }
    }
  }

  private static void put(MeanWindows windows, float[][][] values, int y) {
    if (y == values[0].length - 1) {
      windows.putZeros(y);
      return;
    }
    for (int plane = 0; plane < PLANES; plane++) {
      windows.put(plane, y, values[plane][y]);
    }
  }

  private float[][][] values(int width, int height) {
    float[][][] values = new float[PLANES][height][width];
    for (float[][] plane : values) {
      for (float[] row : plane) {
        for (int x = 0; x < width; x++) {
          row[x] = 100 * random.nextFloat();
        }
      }
    }
    return values;
  }

  private static double mean(float[][] plane, int x, int y) {
    double sum = 0;
    for (int row = Math.max(0, y - HALF); row <= Math.min(plane.length - 1, y + HALF); row++) {
      for (int i = Math.max(0, x - HALF); i <= Math.min(plane[row].length - 1, x + HALF); i++) {
        sum += plane[row][i];
      }
    }
    return sum / (11 * 11);
  }
}
