package io.andon.detection.kernel;

/**
 * Short loops over arrays that are all read and written at one index, what lies beside it being
 * copied first: only such loops does the compiler turn into vector instructions.
 */
final class PlainFlowStep implements FlowStep {
  /** A row and its neighbours. */
  private static final int FETCHED = 3;

  private final int width;
  private final int height;

  /** The last rows of the later picture, fetched along the flow. */
  private final float[][] warped;

  private final Gradients gradients;
  private final MeanWindows windows;
  private final Solution solution;

  PlainFlowStep(int width, int height) {
    this.width = width;
    this.height = height;
    warped = new float[FETCHED][width];
    gradients = new Gradients(width);
    windows = new MeanWindows(Gradients.PRODUCTS, width, height);
    solution = new Solution(width);
  }

  @Override
  public int rowLength() {
    return width;
  }

  @Override
  public void fill(byte[] picture, float[][] rows) {
    for (int y = 0; y < height; y++) {
      fill(picture, y * width, rows[y]);
    }
  }

  private static void fill(byte[] picture, int from, float[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] = picture[from + x] & 0xff;
    }
  }

  @Override
  public void lengths(float[][] u, float[][] v, float[] lengths) {
    for (int y = 0; y < height; y++) {
      lengths(u[y], v[y], lengths, y * width);
    }
  }

  private static void lengths(float[] u, float[] v, float[] lengths, int at) {
    for (int x = 0; x < u.length; x++) {
      lengths[at + x] = (float) Math.sqrt(u[x] * u[x] + v[x] * v[x]);
    }
  }

  @Override
  public void take(float[][] before, float[][] after, float shared, float[][] u, float[][] v) {
    warp(after, 0, u, v);
    for (int y = 0; y < Math.min(MeanWindows.HALF, height); y++) {
      tell(before, after, y, shared, u, v);
    }
    windows.start();
    // A row's flow is changed long after the row was fetched by it.
    for (int y = 0; y < height; y++) {
      if (y + MeanWindows.HALF < height) {
        tell(before, after, y + MeanWindows.HALF, shared, u, v);
      }
      windows.advance();
      solution.add(windows, u[y], v[y]);
    }
  }

  /** Tells a row's gradients, for which the row below is fetched; nothing at the edge. */
  private void tell(
      float[][] before, float[][] after, int y, float shared, float[][] u, float[][] v) {
    if (y + 1 < height) {
      warp(after, y + 1, u, v);
    }
    if (y == 0 || y == height - 1) {
      windows.putZeros(y);
    } else {
      gradients.tell(before, warped, y, shared, windows);
    }
  }

  private void warp(float[][] after, int y, float[][] u, float[][] v) {
    FlowWarp.fetch(after, width, y, u[y], v[y], warped[y % FETCHED], 0, width);
  }

  /** Products of the gradients over x, y and time, row by row. */
  private static final class Gradients {
    /** xx, yy, xy, xt, yt. */
    static final int PRODUCTS = 5;

    private final int width;
    private final float[][] beside = new float[4][];
    private final float[] x;
    private final float[] y;
    private final float[] time;
    private final float[] product;

    Gradients(int width) {
      this.width = width;
      for (int i = 0; i < beside.length; i++) {
        beside[i] = new float[width];
      }
      x = new float[width];
      y = new float[width];
      time = new float[width];
      product = new float[width];
    }

    /**
     * Tells those of a row.
     *
     * @param after three rows of the later picture, each in its place modulo three
     */
    void tell(float[][] before, float[][] after, int row, float shared, MeanWindows to) {
      float[] same = after[row % FETCHED];
      float[] above = after[(row - 1) % FETCHED];
      float[] below = after[(row + 1) % FETCHED];
      System.arraycopy(before[row], 1, beside[0], 0, width - 1);
      System.arraycopy(same, 1, beside[1], 0, width - 1);
      System.arraycopy(before[row], 0, beside[2], 1, width - 1);
      System.arraycopy(same, 0, beside[3], 1, width - 1);
      slope(x, beside[0], beside[1], beside[2], beside[3]);
      slope(y, before[row + 1], below, before[row - 1], above);
      step(time, before[row], same, shared);
      x[0] = 0;
      x[width - 1] = 0;
      y[0] = 0;
      y[width - 1] = 0;
      put(x, x, to, 0, row);
      put(y, y, to, 1, row);
      put(x, y, to, 2, row);
      put(x, time, to, 3, row);
      put(y, time, to, 4, row);
    }

    private void put(float[] a, float[] b, MeanWindows to, int plane, int row) {
      for (int i = 0; i < product.length; i++) {
        product[i] = a[i] * b[i];
      }
      to.put(plane, row, product);
    }

    private static void slope(float[] to, float[] a, float[] b, float[] c, float[] d) {
      for (int i = 0; i < to.length; i++) {
        to[i] = (a[i] + b[i] - c[i] - d[i]) / 4;
      }
    }

    private static void step(float[] to, float[] before, float[] after, float shared) {
      for (int i = 0; i < to.length; i++) {
        to[i] = after[i] - before[i] - shared;
      }
    }
  }

  /** The step that the gradients of a row's windows ask for. */
  private static final class Solution {
    private final float[][] products = new float[Gradients.PRODUCTS][];
    private final float[] determinant;
    private final float[] step;

    Solution(int width) {
      for (int i = 0; i < products.length; i++) {
        products[i] = new float[width];
      }
      determinant = new float[width];
      step = new float[width];
    }

    /** Adds the step to a row's flow. */
    void add(MeanWindows means, float[] u, float[] v) {
      for (int i = 0; i < products.length; i++) {
        means.take(i, products[i]);
      }
      float[] xx = products[0];
      float[] yy = products[1];
      float[] xy = products[2];
      float[] xt = products[3];
      float[] yt = products[4];
      raise(xx);
      raise(yy);
      cross(determinant, xx, yy, xy, xy);
      cross(step, xy, yt, yy, xt);
      addShare(u, step, determinant);
      cross(step, xy, xt, xx, yt);
      addShare(v, step, determinant);
    }

    private static void raise(float[] values) {
      for (int i = 0; i < values.length; i++) {
        values[i] += FLAT;
      }
    }

    private static void cross(float[] to, float[] a, float[] b, float[] c, float[] d) {
      for (int i = 0; i < to.length; i++) {
        to[i] = a[i] * b[i] - c[i] * d[i];
      }
    }

    private static void addShare(float[] to, float[] step, float[] determinant) {
      for (int i = 0; i < to.length; i++) {
        to[i] += Math.max(-LONGEST, Math.min(LONGEST, step[i] / determinant[i]));
      }
    }
  }
}
