package io.andon.detection.kernel;

import java.util.Arrays;

/**
 * Compares by plain loops. The prototypes are laid out for it: of each row of the grid and each
 * feature, the values of all prototypes of that row side by side, so that all cells of a row meet
 * the prototypes of three neighbouring columns in one loop.
 *
 * <p>The compiler turns a loop into vector instructions only if it is short, reads and writes
 * arrays of their own and all of them at one index, or whole vectors behind it. So slots are kept
 * in banks of a vector's width, and neighbouring columns are a bank apart.
 */
final class PrototypeLanes implements PrototypeSearch {
  /** Floats of a vector with AVX2; with longer or shorter ones the results are the same. */
  private static final int BANK = 8;

  /** Features that are taken at once, so that sums are loaded and stored less often. */
  private static final int PASS = 3;

  /** Scratch that holds nothing between calls: one for each thread is enough. */
  private static final ThreadLocal<Scratch> SCRATCH =
      ThreadLocal.withInitial(() -> new Scratch(1, 1));

  private final int rows;
  private final int columns;
  private final int channels;
  private final int capacity;

  /** Floats of a bank: a column more on the left and on the right. */
  private final int stride;

  /** Floats of all banks. */
  private final int lane;

  /** Features, with more up to whole passes. */
  private final int features;

  /** A lane for each row and feature; what is more than the features is zeros. */
  private final float[][] values;

  /** For each row what every prototype starts from: half its square, negative. */
  private final float[][] starts;

  PrototypeLanes(int rows, int columns, int channels, int capacity) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    this.capacity = capacity;
    stride = (columns + 2) * BANK;
    lane = (capacity + BANK - 1) / BANK * stride;
    features = (channels + PASS - 1) / PASS * PASS;
    values = new float[rows * features][lane + 2 * BANK];
    starts = new float[rows][lane + 2 * BANK];
    for (float[] start : starts) {
      Arrays.fill(start, ABSENT);
    }
  }

  private int place(int slot, int column) {
    return slot / BANK * stride + column * BANK + slot % BANK;
  }

  @Override
  public void put(int cell, int slot, byte[] prototypes, int offset) {
    int row = cell / columns;
    int place = place(slot, cell % columns + 1);
    int squares = 0;
    for (int i = 0; i < channels; i++) {
      int value = prototypes[offset + i];
      squares += value * value;
      values[row * features + i][place] = value;
    }
    starts[row][place] = -squares / 2f;
  }

  @Override
  public void distances(byte[] grid, double[] distances) {
    Scratch scratch = scratch();
    for (int row = 0; row < rows; row++) {
      spread(grid, row * columns * channels, scratch.cell);
      Arrays.fill(scratch.greatest, ABSENT);
      for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        meet(r, scratch);
      }
      for (int column = 0; column < columns; column++) {
        int cell = row * columns + column;
        distances[cell] = distance(grid, cell * channels, scratch.greatest, column);
      }
    }
  }

  @Override
  public void squaresInRow(int row, byte[] grid, int offset, int[] squares) {
    Scratch scratch = scratch();
    spread(grid, offset, scratch.cell);
    System.arraycopy(starts[row], BANK, scratch.same, 0, lane);
    for (int i = 0; i < features; i += PASS) {
      int at = row * features + i;
      addSame(
          lane,
          scratch.same,
          scratch.cell[i],
          scratch.cell[i + 1],
          scratch.cell[i + 2],
          values[at],
          values[at + 1],
          values[at + 2]);
    }
    for (int column = 0; column < columns; column++) {
      int own = PrototypeSearch.square(grid, offset + column * channels, channels);
      for (int slot = 0; slot < capacity; slot++) {
        float product = scratch.same[place(slot, column)];
        squares[column * capacity + slot] = PrototypeSearch.squaredDistance(own, product);
      }
    }
  }

  private Scratch scratch() {
    Scratch scratch = SCRATCH.get();
    if (scratch.lane < lane || scratch.cell.length < features) {
      scratch = new Scratch(Math.max(features, scratch.cell.length), Math.max(lane, scratch.lane));
      SCRATCH.set(scratch);
    }
    return scratch;
  }

  /** Puts the features of a row's cells beside every slot. */
  private void spread(byte[] grid, int offset, float[][] cells) {
    for (int i = 0; i < channels; i++) {
      float[] to = cells[i];
      for (int column = 0; column < columns; column++) {
        spread(grid[offset + column * channels + i], to, column * BANK);
      }
      for (int at = stride; at < lane; at += stride) {
        System.arraycopy(to, 0, to, at, columns * BANK);
      }
    }
  }

  /** A bank of one value; a loop of eight would take several times as long. */
  private static void spread(float value, float[] to, int at) {
    to[at] = value;
    to[at + 1] = value;
    to[at + 2] = value;
    to[at + 3] = value;
    to[at + 4] = value;
    to[at + 5] = value;
    to[at + 6] = value;
    to[at + 7] = value;
  }

  /** A row's cells meet the prototypes of one row: those to the left, of the same column, right. */
  private void meet(int row, Scratch scratch) {
    System.arraycopy(starts[row], 0, scratch.left, 0, lane);
    System.arraycopy(starts[row], BANK, scratch.same, 0, lane);
    System.arraycopy(starts[row], 2 * BANK, scratch.right, 0, lane);
    for (int i = 0; i < features; i += PASS) {
      float[] cell0 = scratch.cell[i];
      float[] cell1 = scratch.cell[i + 1];
      float[] cell2 = scratch.cell[i + 2];
      float[] value0 = values[row * features + i];
      float[] value1 = values[row * features + i + 1];
      float[] value2 = values[row * features + i + 2];
      addLeft(lane, scratch.left, cell0, cell1, cell2, value0, value1, value2);
      addSame(lane, scratch.same, cell0, cell1, cell2, value0, value1, value2);
      addRight(lane, scratch.right, cell0, cell1, cell2, value0, value1, value2);
    }
    keepGreatest(lane, scratch.greatest, scratch.left, scratch.same, scratch.right);
  }

  // Three loops that differ in a constant: with a variable in its place none becomes vectors.

  private static void addLeft(
      int lane,
      float[] sums,
      float[] cell0,
      float[] cell1,
      float[] cell2,
      float[] value0,
      float[] value1,
      float[] value2) {
    for (int i = 0; i < lane; i++) {
      sums[i] += cell0[i] * value0[i] + cell1[i] * value1[i] + cell2[i] * value2[i];
    }
  }

  private static void addSame(
      int lane,
      float[] sums,
      float[] cell0,
      float[] cell1,
      float[] cell2,
      float[] value0,
      float[] value1,
      float[] value2) {
    for (int i = 0; i < lane; i++) {
      sums[i] +=
          cell0[i] * value0[i + BANK] + cell1[i] * value1[i + BANK] + cell2[i] * value2[i + BANK];
    }
  }

  private static void addRight(
      int lane,
      float[] sums,
      float[] cell0,
      float[] cell1,
      float[] cell2,
      float[] value0,
      float[] value1,
      float[] value2) {
    for (int i = 0; i < lane; i++) {
      sums[i] +=
          cell0[i] * value0[i + 2 * BANK]
              + cell1[i] * value1[i + 2 * BANK]
              + cell2[i] * value2[i + 2 * BANK];
    }
  }

  private static void keepGreatest(
      int lane, float[] greatest, float[] left, float[] same, float[] right) {
    for (int i = 0; i < lane; i++) {
      greatest[i] = Math.max(Math.max(greatest[i], left[i]), Math.max(same[i], right[i]));
    }
  }

  private double distance(byte[] grid, int offset, float[] greatest, int column) {
    float most = ABSENT;
    for (int slot = 0; slot < capacity; slot++) {
      most = Math.max(most, greatest[place(slot, column)]);
    }
    return PrototypeSearch.distance(PrototypeSearch.square(grid, offset, channels), most);
  }

  private static final class Scratch {
    final int lane;
    final float[][] cell;
    final float[] left;
    final float[] same;
    final float[] right;
    final float[] greatest;

    Scratch(int features, int lane) {
      this.lane = lane;
      cell = new float[features][lane];
      left = new float[lane];
      same = new float[lane];
      right = new float[lane];
      greatest = new float[lane];
    }
  }
}
