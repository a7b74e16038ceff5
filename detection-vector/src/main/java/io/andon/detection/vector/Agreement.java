package io.andon.detection.vector;

import io.andon.detection.kernel.FlowStep;
import io.andon.detection.kernel.Kernels;
import io.andon.detection.kernel.PrototypeSearch;
import java.util.Arrays;
import java.util.Random;

/** Whether two kernels give the same bits for one small grid and one small picture. */
final class Agreement {
  private static final int ROWS = 3;
  private static final int COLUMNS = 5;
  private static final int CHANNELS = 64;
  private static final int CAPACITY = 11;
  private static final int INPUTS = 19;
  private static final int OUTPUTS = 45;
  private static final int WIDTH = 29;
  private static final int HEIGHT = 14;

  private Agreement() {}

  static boolean of(Kernels one, Kernels other) {
    byte[] distances = bytes(0, ROWS * COLUMNS * CHANNELS);
    byte[] projected = bytes(1, ROWS * COLUMNS * INPUTS);
    return Arrays.equals(distances(one, distances), distances(other, distances))
        && Arrays.equals(squares(one, distances), squares(other, distances))
        && Arrays.equals(projected(one, projected), projected(other, projected))
        && Arrays.equals(flow(one), flow(other));
  }

  private static double[] distances(Kernels kernels, byte[] grid) {
    double[] distances = new double[ROWS * COLUMNS];
    search(kernels).distances(grid, distances);
    return distances;
  }

  private static int[] squares(Kernels kernels, byte[] grid) {
    int[] squares = new int[COLUMNS * CAPACITY];
    search(kernels).squaresInRow(1, grid, COLUMNS * CHANNELS, squares);
    return squares;
  }

  private static PrototypeSearch search(Kernels kernels) {
    PrototypeSearch search = kernels.prototypeSearch(ROWS, COLUMNS, CHANNELS, CAPACITY);
    byte[] prototypes = bytes(2, ROWS * COLUMNS * CAPACITY * CHANNELS);
    for (int i = 0; i < ROWS * COLUMNS * CAPACITY; i += 2) {
      search.put(i / CAPACITY, i % CAPACITY, prototypes, i * CHANNELS);
    }
    return search;
  }

  private static byte[] projected(Kernels kernels, byte[] grid) {
    Random random = new Random(3);
    float[][] matrix = new float[INPUTS][OUTPUTS];
    float[] bias = new float[OUTPUTS];
    for (int out = 0; out < OUTPUTS; out++) {
      bias[out] = random.nextFloat();
      for (float[] weights : matrix) {
        weights[out] = random.nextFloat() - 0.5f;
      }
    }
    return kernels.projection(matrix, bias).project(grid);
  }

  private static float[] flow(Kernels kernels) {
    FlowStep step = kernels.flowStep(WIDTH, HEIGHT);
    float[][][] planes = new float[4][HEIGHT][step.rowLength()];
    step.fill(bytes(4, WIDTH * HEIGHT), planes[0]);
    step.fill(bytes(5, WIDTH * HEIGHT), planes[1]);
    // The second step goes along the flow of the first.
    step.take(planes[0], planes[1], 1, planes[2], planes[3]);
    step.take(planes[0], planes[1], 1, planes[2], planes[3]);
    float[] lengths = new float[WIDTH * HEIGHT];
    step.lengths(planes[2], planes[3], lengths);
    return lengths;
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
