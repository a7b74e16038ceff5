package io.andon.detection.vector;

import static io.andon.detection.vector.VectorKernels.FLOATS;
import static io.andon.detection.vector.VectorKernels.LANES;

import io.andon.detection.kernel.FlowStep;
import io.andon.detection.kernel.FlowWarp;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Goes over a row several times, each time with little to do, since the compiler keeps the vectors
 * of small methods in registers: fetch, slopes, their products in and out of the sums of columns,
 * means, step. Rows have room for whole vectors, so that there is no rest of a row to be done one
 * by one.
 */
final class VectorFlowStep implements FlowStep {
  /** Side of a window, pixels. */
  private static final int SIDE = 11;

  private static final int HALF = SIDE / 2;

  /** xx, yy, xy, xt, yt. */
  private static final int PRODUCTS = 5;

  /** A row and its neighbours. */
  private static final int FETCHED = 3;

  /** Rows around those that neighbours are fetched from. */
  private static final int NEAR_ROWS = 3;

  private final int width;
  private final int height;

  /** Pixels of a row up to whole vectors, the first of which may begin at the second pixel. */
  private final int padded;

  /** Places a product has in a row: half a window before the pixels, room for vectors behind. */
  private final int stride;

  /** A quarter where there are pixels on both sides, else 0. */
  private final float[] inside;

  /** The columns' numbers. */
  private final float[] columns;

  private final float[][] warped;
  private final float[] crossings = new float[NEAR_ROWS * LANES];
  private final float[] alongX;
  private final float[] alongY;
  private final float[] time;

  /**
   * Products of as many rows as a window has: the row that enters takes the leaving one's place.
   */
  private final float[][] rows;

  private final float[] sums;
  private final float[] two;
  private final float[] four;
  private final float[] means;
  private final float[] determinants;

  VectorFlowStep(int width, int height) {
    this.width = width;
    this.height = height;
    padded = (width + LANES) / LANES * LANES;
    stride = padded + LANES + 2 * SIDE;
    inside = new float[rowLength()];
    columns = new float[rowLength()];
    Arrays.fill(inside, 1, width - 1, 1f / 4);
    for (int x = 0; x < columns.length; x++) {
      columns[x] = x;
    }
    warped = new float[FETCHED][rowLength()];
    alongX = new float[rowLength()];
    alongY = new float[rowLength()];
    time = new float[rowLength()];
    int places = PRODUCTS * stride + LANES;
    rows = new float[SIDE][places];
    sums = new float[places];
    two = new float[places];
    four = new float[places];
    means = new float[places];
    determinants = new float[rowLength()];
  }

  /** A vector that begins at the last whole one's second pixel reads two beyond its end. */
  @Override
  public int rowLength() {
    return padded + LANES;
  }

  @Override
  public void fill(byte[] picture, float[][] rows) {
    for (int y = 0; y < height; y++) {
      Bytes.widenUnsigned(picture, y * width, rows[y], 0, width);
    }
  }

  @Override
  public void lengths(float[][] u, float[][] v, float[] lengths) {
    for (int y = 0; y < height; y++) {
      lengths(u[y], v[y], lengths, y * width, width);
    }
  }

  private static void lengths(float[] u, float[] v, float[] lengths, int at, int width) {
    int x = 0;
    for (; x + LANES <= width; x += LANES) {
      FloatVector alongX = FloatVector.fromArray(FLOATS, u, x);
      FloatVector alongY = FloatVector.fromArray(FLOATS, v, x);
      alongX.mul(alongX).add(alongY.mul(alongY)).sqrt().intoArray(lengths, at + x);
    }
    for (; x < width; x++) {
      lengths[at + x] = (float) Math.sqrt(u[x] * u[x] + v[x] * v[x]);
    }
  }

  @Override
  public void take(float[][] before, float[][] after, float shared, float[][] u, float[][] v) {
    Arrays.fill(sums, 0);
    for (float[] row : rows) {
      Arrays.fill(row, 0);
    }
    fetch(after, 0, u, v);
    for (int y = 0; y < Math.min(HALF, height); y++) {
      enter(before, after, y, shared, u, v);
    }
    for (int y = 0; y < height; y++) {
      if (y + HALF < height) {
        enter(before, after, y + HALF, shared, u, v);
      } else {
        leave(rows[(y + HALF) % SIDE], sums);
      }
      fillMeans(sums, two, four, means);
      add(u[y], v[y]);
    }
  }

  /** Lets a row into the windows and the one that is a window's side above it out of them. */
  private void enter(
      float[][] before, float[][] after, int y, float shared, float[][] u, float[][] v) {
    if (y + 1 < height) {
      fetch(after, y + 1, u, v);
    }
    float[] row = rows[y % SIDE];
    if (y == 0 || y == height - 1) {
      leave(row, sums);
      Arrays.fill(row, 0);
    } else {
      enter(
          before[y - 1],
          before[y],
          before[y + 1],
          warped[(y - 1) % FETCHED],
          warped[y % FETCHED],
          warped[(y + 1) % FETCHED],
          shared,
          row);
    }
  }

  private void enter(
      float[] beforeAbove,
      float[] before,
      float[] beforeBelow,
      float[] afterAbove,
      float[] after,
      float[] afterBelow,
      float shared,
      float[] row) {
    slopes(before, after, beforeAbove, beforeBelow, afterAbove, afterBelow);
    for (int x = 1; x < width - 1; x += LANES) {
      FloatVector.fromArray(FLOATS, after, x)
          .sub(FloatVector.fromArray(FLOATS, before, x))
          .sub(shared)
          .intoArray(time, x);
    }
    exchange(row, sums, HALF, alongX, alongX);
    exchange(row, sums, HALF + stride, alongY, alongY);
    exchange(row, sums, HALF + 2 * stride, alongX, alongY);
    exchange(row, sums, HALF + 3 * stride, alongX, time);
    exchange(row, sums, HALF + 4 * stride, alongY, time);
  }

  /** Slopes of brightness along x and y, means of both pictures'; none at the edge. */
  private void slopes(
      float[] before,
      float[] after,
      float[] beforeAbove,
      float[] beforeBelow,
      float[] afterAbove,
      float[] afterBelow) {
    for (int x = 1; x < width - 1; x += LANES) {
      FloatVector within = FloatVector.fromArray(FLOATS, inside, x);
      FloatVector.fromArray(FLOATS, before, x + 1)
          .add(FloatVector.fromArray(FLOATS, after, x + 1))
          .sub(FloatVector.fromArray(FLOATS, before, x - 1))
          .sub(FloatVector.fromArray(FLOATS, after, x - 1))
          .mul(within)
          .intoArray(alongX, x);
      FloatVector.fromArray(FLOATS, beforeBelow, x)
          .add(FloatVector.fromArray(FLOATS, afterBelow, x))
          .sub(FloatVector.fromArray(FLOATS, beforeAbove, x))
          .sub(FloatVector.fromArray(FLOATS, afterAbove, x))
          .mul(within)
          .intoArray(alongY, x);
    }
  }

  /** Products of two slopes enter the sums, and those in their place leave them. */
  private void exchange(float[] row, float[] sums, int from, float[] one, float[] other) {
    for (int x = 1; x < width - 1; x += LANES) {
      FloatVector entering =
          FloatVector.fromArray(FLOATS, one, x).mul(FloatVector.fromArray(FLOATS, other, x));
      FloatVector leaving = FloatVector.fromArray(FLOATS, row, from + x);
      FloatVector.fromArray(FLOATS, sums, from + x)
          .add(entering)
          .sub(leaving)
          .intoArray(sums, from + x);
      entering.intoArray(row, from + x);
    }
  }

  private static void leave(float[] row, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] -= row[i];
    }
  }

  /** Means of a row's windows: sums of eleven columns, as 8 + 2 + 1. */
  private static void fillMeans(float[] sums, float[] two, float[] four, float[] means) {
    int end = means.length - 2 * LANES - SIDE;
    for (int i = 0; i < end + LANES; i += LANES) {
      FloatVector.fromArray(FLOATS, sums, i)
          .add(FloatVector.fromArray(FLOATS, sums, i + 1))
          .intoArray(two, i);
    }
    for (int i = 0; i < end + LANES; i += LANES) {
      FloatVector.fromArray(FLOATS, two, i)
          .add(FloatVector.fromArray(FLOATS, two, i + 2))
          .intoArray(four, i);
    }
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, four, i)
          .add(FloatVector.fromArray(FLOATS, four, i + 4))
          .add(FloatVector.fromArray(FLOATS, two, i + 8))
          .add(FloatVector.fromArray(FLOATS, sums, i + 10))
          .mul(1f / (SIDE * SIDE))
          .intoArray(means, i);
    }
  }

  /** The step of a row, told from its means. */
  private void add(float[] u, float[] v) {
    for (int x = 0; x < width; x += LANES) {
      FloatVector xx = FloatVector.fromArray(FLOATS, means, x).add(FLAT);
      FloatVector yy = FloatVector.fromArray(FLOATS, means, x + stride).add(FLAT);
      FloatVector xy = FloatVector.fromArray(FLOATS, means, x + 2 * stride);
      xx.intoArray(means, x);
      yy.intoArray(means, x + stride);
      xx.mul(yy).sub(xy.mul(xy)).intoArray(determinants, x);
    }
    add(u, means, 2 * stride, 4 * stride, stride, 3 * stride, determinants);
    add(v, means, 2 * stride, 3 * stride, 0, 4 * stride, determinants);
  }

  /** Adds a bounded share of a determinant, a x b - c x d, to the flow. */
  private void add(float[] flow, float[] of, int a, int b, int c, int d, float[] determinants) {
    for (int x = 0; x < width; x += LANES) {
      FloatVector step =
          FloatVector.fromArray(FLOATS, of, a + x)
              .mul(FloatVector.fromArray(FLOATS, of, b + x))
              .sub(
                  FloatVector.fromArray(FLOATS, of, c + x)
                      .mul(FloatVector.fromArray(FLOATS, of, d + x)))
              .div(FloatVector.fromArray(FLOATS, determinants, x));
      FloatVector.fromArray(FLOATS, flow, x)
          .add(step.min(LONGEST).max(-LONGEST))
          .intoArray(flow, x);
    }
  }

  /** Fetches a row along its flow; the last vector but one pixel may come twice. */
  private void fetch(float[][] after, int y, float[][] u, float[][] v) {
    float[] alongRow = u[y];
    float[] alongColumn = v[y];
    float[] to = warped[y % FETCHED];
    if (width < LANES + 2) {
      FlowWarp.fetch(after, width, y, alongRow, alongColumn, to, 0, width);
      return;
    }
    FlowWarp.fetch(after, width, y, alongRow, alongColumn, to, 0, 1);
    int last = width - LANES - 1;
    for (int x = 1; x < last; x += LANES) {
      fetchTogether(after, y, alongRow, alongColumn, to, x);
    }
    fetchTogether(after, y, alongRow, alongColumn, to, last);
    FlowWarp.fetch(after, width, y, alongRow, alongColumn, to, width - 1, width);
  }

  private void fetchTogether(float[][] after, int y, float[] u, float[] v, float[] to, int x) {
    // The flow of one of the neighbours, to the nearest pixel: mostly those of the others are
    // less than a pixel from it.
    int column = x + nearest(u[x + LANES / 2]) - 1;
    int row = y + nearest(v[x + LANES / 2]) - 1;
    boolean near =
        column >= 0
            && column + LANES + 2 <= width
            && row >= 0
            && row + 2 < height
            && isWithin(columns, x, column, u)
            && isWithin(v, x, y, row);
    if (near) {
      fetchNear(after, row, column, x, y, u, v, to);
    } else {
      FlowWarp.fetch(after, width, y, u, v, to, x, x + LANES);
    }
  }

  private static int nearest(float flow) {
    return (int) (flow + 16384.5f) - 16384;
  }

  private static boolean isWithin(float[] columns, int x, int column, float[] u) {
    FloatVector right =
        FloatVector.fromArray(FLOATS, columns, x)
            .add(FloatVector.fromArray(FLOATS, u, x))
            .sub(FloatVector.fromArray(FLOATS, columns, column));
    return right.compare(VectorOperators.GE, 0).and(right.compare(VectorOperators.LT, 2)).allTrue();
  }

  private static boolean isWithin(float[] v, int x, int y, int row) {
    FloatVector down = FloatVector.fromArray(FLOATS, v, x).add(y).sub(row);
    return down.compare(VectorOperators.GE, 0).and(down.compare(VectorOperators.LT, 2)).allTrue();
  }

  /**
   * Fetches a vector of pixels whose flow leads less than two pixels beyond {@code row} and {@code
   * column}, each from four of the pixels of three rows around it.
   */
  private void fetchNear(
      float[][] after, int row, int column, int x, int y, float[] u, float[] v, float[] to) {
    for (int i = 0; i < NEAR_ROWS; i++) {
      cross(after[row + i], column, columns, x, u, crossings, i * LANES);
    }
    FloatVector down = FloatVector.fromArray(FLOATS, v, x).add(y).sub(row);
    VectorMask<Float> further = down.compare(VectorOperators.GE, 1);
    down = down.blend(down.sub(1), further);
    FloatVector first = FloatVector.fromArray(FLOATS, crossings, 0);
    FloatVector second = FloatVector.fromArray(FLOATS, crossings, LANES);
    FloatVector third = FloatVector.fromArray(FLOATS, crossings, 2 * LANES);
    FloatVector upper = first.blend(second, further);
    FloatVector lower = second.blend(third, further);
    upper.add(down.mul(lower.sub(upper))).intoArray(to, x);
  }

  /**
   * Where the flow of a vector of pixels crosses a row: between two of the three pixels around
   * each.
   */
  private static void cross(
      float[] row, int column, float[] columns, int x, float[] u, float[] to, int at) {
    FloatVector right =
        FloatVector.fromArray(FLOATS, columns, x)
            .add(FloatVector.fromArray(FLOATS, u, x))
            .sub(FloatVector.fromArray(FLOATS, columns, column));
    VectorMask<Float> further = right.compare(VectorOperators.GE, 1);
    right = right.blend(right.sub(1), further);
    FloatVector middle = FloatVector.fromArray(FLOATS, row, column + 1);
    FloatVector near = FloatVector.fromArray(FLOATS, row, column).blend(middle, further);
    FloatVector far = middle.blend(FloatVector.fromArray(FLOATS, row, column + 2), further);
    near.add(right.mul(far.sub(near))).intoArray(to, at);
  }
}
