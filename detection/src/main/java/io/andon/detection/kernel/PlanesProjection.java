package io.andon.detection.kernel;

import java.util.Arrays;

/** Projects all cells of a picture side by side: a plane for each input, a sum for each cell. */
final class PlanesProjection implements Projection {
  /** Scratch that holds nothing between calls: one for each thread is enough. */
  private static final ThreadLocal<Scratch> SCRATCH =
      ThreadLocal.withInitial(() -> new Scratch(1, 1));

  private record Scratch(float[][] planes, float[] sums) {
    Scratch(int inputs, int cells) {
      this(new float[inputs][cells], new float[cells]);
    }
  }

  private final float[][] matrix;
  private final float[] bias;

  PlanesProjection(float[][] matrix, float[] bias) {
    this.matrix = matrix;
    this.bias = bias;
  }

  @Override
  public byte[] project(byte[] grid) {
    int inputs = matrix.length;
    int outputs = bias.length;
    int cells = grid.length / inputs;
    Scratch scratch = scratch(inputs, cells);
    float[][] planes = scratch.planes;
    for (int in = 0; in < inputs; in++) {
      fill(planes[in], grid, in, inputs, cells);
    }
    byte[] projected = new byte[cells * outputs];
    float[] sums = scratch.sums;
    for (int out = 0; out < outputs; out++) {
      Arrays.fill(sums, 0, cells, bias[out]);
      int in = 0;
      for (; in + 3 <= inputs; in += 3) {
        add(
            cells,
            sums,
            planes[in],
            planes[in + 1],
            planes[in + 2],
            matrix[in][out],
            matrix[in + 1][out],
            matrix[in + 2][out]);
      }
      for (; in < inputs; in++) {
        add(cells, sums, planes[in], matrix[in][out]);
      }
      for (int cell = 0; cell < cells; cell++) {
        projected[cell * outputs + out] = Projection.rounded(sums[cell]);
      }
    }
    return projected;
  }

  private static Scratch scratch(int inputs, int cells) {
    Scratch scratch = SCRATCH.get();
    if (scratch.sums.length < cells || scratch.planes.length < inputs) {
      scratch =
          new Scratch(
              Math.max(inputs, scratch.planes.length), Math.max(cells, scratch.sums.length));
      SCRATCH.set(scratch);
    }
    return scratch;
  }

  private static void fill(float[] plane, byte[] grid, int from, int step, int cells) {
    for (int cell = 0; cell < cells; cell++) {
      plane[cell] = grid[from + cell * step];
    }
  }

  /**
   * The same additions in the same order as one input after the other. A plain loop over arrays of
   * their own, read at one index: only such ones does the compiler turn into vector instructions.
   */
  private static void add(
      int cells,
      float[] sums,
      float[] plane0,
      float[] plane1,
      float[] plane2,
      float weight0,
      float weight1,
      float weight2) {
    for (int i = 0; i < cells; i++) {
      sums[i] = sums[i] + weight0 * plane0[i] + weight1 * plane1[i] + weight2 * plane2[i];
    }
  }

  private static void add(int cells, float[] sums, float[] plane, float weight) {
    for (int i = 0; i < cells; i++) {
      sums[i] += weight * plane[i];
    }
  }
}
