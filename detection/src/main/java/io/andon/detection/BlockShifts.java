package io.andon.detection;

import java.util.Arrays;

/**
 * How the blocks of a picture have moved against a shift of the whole, after Lucas and Kanade
 * (IJCAI 1981): each block has the products of its gradients over x, y and time, the later picture
 * being fetched along the shift. Each value is taken against its mean over the block, so that light
 * that changes here or there is no movement.
 *
 * <p>Strict arithmetic in a fixed order. Loops over whole rows, which the compiler turns into
 * vector instructions, add up columns; only the sums of columns are added up block by block.
 */
final class BlockShifts {
  /** Side of a block, pixels. */
  private static final int SIDE = 8;

  /** Pixels of a block. */
  private static final int PIXELS = SIDE * SIDE;

  /** A row and its neighbours. */
  private static final int FETCHED = 3;

  /** x, y, time; xx, yy, xy, xt, yt, tt. */
  private static final int SUMS = 9;

  /** Squared gradient, in the direction of the least, below which it counts as flat. */
  private static final double FLAT = 0.5;

  /** Variance of brightness that comes of whole numbers, in means of four of them. */
  private static final double ROUNDING = 0.04;

  /**
   * A block tells a shift from none where it is so many standard deviations of what it measures.
   */
  private static final int DISTINCT = 4;

  private final int width;
  private final int height;
  private final int rows;
  private final int columns;
  private final float[][] fetched;
  private final float[] mixed;
  private final float[] alongX;
  private final float[] alongY;
  private final float[] time;
  private final float[][] sums;
  private final double[] xx;
  private final double[] yy;
  private final double[] xy;
  private final double[] xt;
  private final double[] yt;
  private final double[] tt;
  private float x;
  private float y;

  /** What blocks say of a shift. */
  enum Vote {
    /** The block can't tell it from none. */
    NONE,
    /** The block has moved as the shift says, or nearly so. */
    FOR,
    /** The block has rather stood still, or moved elsewhere. */
    AGAINST
  }

  /**
   * @param width pixels, at least 3
   * @param height pixels, at least 3
   */
  BlockShifts(int width, int height) {
    this.width = width;
    this.height = height;
    rows = (height - 2) / SIDE;
    columns = (width - 2) / SIDE;
    fetched = new float[FETCHED][width];
    mixed = new float[width];
    alongX = new float[width];
    alongY = new float[width];
    time = new float[width];
    sums = new float[SUMS][width];
    int blocks = rows * columns;
    xx = new double[blocks];
    yy = new double[blocks];
    xy = new double[blocks];
    xt = new double[blocks];
    yt = new double[blocks];
    tt = new double[blocks];
  }

  /** Blocks lie among the pixels that have neighbours, from edge to edge. */
  private static int start(int block, int blocks, int pixels) {
    return blocks == 1 ? 1 : 1 + block * (pixels - 2 - SIDE) / (blocks - 1);
  }

  int count() {
    return rows * columns;
  }

  /** Whether a block is in the outermost row or column. */
  boolean isAtEdge(int block) {
    int row = block / columns;
    int column = block % columns;
    return row == 0 || row == rows - 1 || column == 0 || column == columns - 1;
  }

  /**
   * Compares two pictures.
   *
   * @param before rows of the earlier picture, brightness 0..255
   * @param after rows of the later one
   * @param x shift along x that the later picture is fetched by, pixels
   * @param y shift along y
   */
  void compare(float[][] before, float[][] after, float x, float y) {
    this.x = x;
    this.y = y;
    for (int row = 0; row < rows; row++) {
      for (float[] sum : sums) {
        Arrays.fill(sum, 0);
      }
      int from = start(row, rows, height);
      fetch(after, from - 1);
      fetch(after, from);
      for (int at = from; at < from + SIDE; at++) {
        fetch(after, at + 1);
        add(before, at);
      }
      gather(row);
    }
  }

  /** Fetches a row along the shift, between four pixels each; beyond the edge, the edge. */
  private void fetch(float[][] after, int row) {
    float[] to = fetched[row % FETCHED];
    float fromY = Math.max(0, Math.min(height - 1, row + y));
    int above = Math.min(height - 2, (int) fromY);
    between(after[above], after[above + 1], fromY - above, mixed);
    int left = (int) Math.floor(x);
    int from = Math.max(0, -left);
    int end = Math.min(width, width - 1 - left);
    between(mixed, left, x - left, to, from, end);
    Arrays.fill(to, 0, from, mixed[0]);
    Arrays.fill(to, end, width, mixed[width - 1]);
  }

  private static void between(float[] above, float[] below, float part, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = above[i] + part * (below[i] - above[i]);
    }
  }

  private static void between(float[] row, int left, float part, float[] to, int from, int end) {
    for (int i = from; i < end; i++) {
      to[i] = row[i + left] + part * (row[i + left + 1] - row[i + left]);
    }
  }

  /** Adds a row's gradients and their products to the sums of columns. */
  private void add(float[][] before, int row) {
    float[] same = fetched[row % FETCHED];
    float[] above = fetched[(row - 1) % FETCHED];
    float[] below = fetched[(row + 1) % FETCHED];
    slopes(before[row], same, alongX);
    slopes(before[row - 1], above, before[row + 1], below, alongY);
    steps(before[row], same, time);
    add(alongX, sums[0], sums[3]);
    add(alongY, sums[1], sums[4]);
    add(time, sums[2], sums[8]);
    addProducts(alongX, alongY, sums[5]);
    addProducts(alongX, time, sums[6]);
    addProducts(alongY, time, sums[7]);
  }

  private static void slopes(float[] before, float[] after, float[] to) {
    for (int i = 1; i < to.length - 1; i++) {
      to[i] = (before[i + 1] + after[i + 1] - before[i - 1] - after[i - 1]) / 4;
    }
  }

  private static void slopes(
      float[] before, float[] after, float[] beforeBelow, float[] afterBelow, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (beforeBelow[i] + afterBelow[i] - before[i] - after[i]) / 4;
    }
  }

  private static void steps(float[] before, float[] after, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = after[i] - before[i];
    }
  }

  private static void add(float[] values, float[] to, float[] squares) {
    for (int i = 0; i < to.length; i++) {
      to[i] += values[i];
      squares[i] += values[i] * values[i];
    }
  }

  private static void addProducts(float[] a, float[] b, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += a[i] * b[i];
    }
  }

  /** Makes covariances of a row of blocks out of the sums of columns. */
  private void gather(int row) {
    for (int column = 0; column < columns; column++) {
      int from = start(column, columns, width);
      int block = row * columns + column;
      double meanX = mean(sums[0], from);
      double meanY = mean(sums[1], from);
      double meanTime = mean(sums[2], from);
      xx[block] = mean(sums[3], from) - meanX * meanX;
      yy[block] = mean(sums[4], from) - meanY * meanY;
      xy[block] = mean(sums[5], from) - meanX * meanY;
      xt[block] = mean(sums[6], from) - meanX * meanTime;
      yt[block] = mean(sums[7], from) - meanY * meanTime;
      tt[block] = mean(sums[8], from) - meanTime * meanTime;
    }
  }

  /** Adds in pairs, none of which waits for another. */
  private static float mean(float[] columns, int at) {
    float left = columns[at] + columns[at + 1] + (columns[at + 2] + columns[at + 3]);
    float right = columns[at + 4] + columns[at + 5] + (columns[at + 6] + columns[at + 7]);
    return (left + right) / PIXELS;
  }

  /** Whether a block has structure in every direction, so that it shows how far it has moved. */
  boolean shows(int block) {
    double half = (xx[block] + yy[block]) / 2;
    double apart = (xx[block] - yy[block]) / 2;
    return half - Math.sqrt(apart * apart + xy[block] * xy[block]) >= FLAT;
  }

  /** How far a block that shows it has moved along x, beyond the shift. */
  float beyondX(int block) {
    return (float) ((xy[block] * yt[block] - yy[block] * xt[block]) / determinant(block, 0));
  }

  /** How far a block that shows it has moved along y, beyond the shift. */
  float beyondY(int block) {
    return (float) ((xy[block] * xt[block] - xx[block] * yt[block]) / determinant(block, 0));
  }

  private double determinant(int block, double raised) {
    return (xx[block] + raised) * (yy[block] + raised) - xy[block] * xy[block];
  }

  /**
   * What a block says of the shift. A block can tell it from none where the change of brightness
   * that lies between the two stands out from the change that no movement of the block explains: by
   * noise alone, or where edges run along the shift, nothing is told.
   */
  Vote vote(int block) {
    double between = x * x * xx[block] + 2 * x * y * xy[block] + y * y * yy[block];
    if (between * PIXELS < DISTINCT * DISTINCT * (unexplained(block) + ROUNDING)) {
      return Vote.NONE;
    }
    // Squared change of brightness: under no shift, less that under this one.
    double gain = between - 2 * (x * xt[block] + y * yt[block]);
    return gain > 0 ? Vote.FOR : Vote.AGAINST;
  }

  /** Mean squared change of brightness under the movement that explains most of it. */
  private double unexplained(int block) {
    double explained =
        ((yy[block] + ROUNDING) * xt[block] * xt[block]
                - 2 * xy[block] * xt[block] * yt[block]
                + (xx[block] + ROUNDING) * yt[block] * yt[block])
            / determinant(block, ROUNDING);
    return Math.max(0, tt[block] - explained);
  }
}
