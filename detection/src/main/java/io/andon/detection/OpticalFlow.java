package io.andon.detection;

import java.util.Arrays;

/**
 * How far things have moved between two pictures: dense optical flow after Lucas and Kanade (IJCAI
 * 1981), coarse to fine over a pyramid of brightness planes (Bouguet, 2000), one step a level. The
 * usual residual is regularised, so that where there is no structure there is no flow. Speed is
 * what tells a cyclist among walkers, whatever both look like.
 *
 * <p>Strict float arithmetic in a fixed order. Loops are short and go over arrays that are all read
 * and written at one index, what lies beside it being copied first: only such loops does the
 * compiler turn into vector instructions.
 */
final class OpticalFlow {
  private static final int LEVELS = 3;
  private static final int SMALLEST_SIDE = 24;

  /** Pictures smaller than this show no movement worth the name. */
  private static final int SMALLEST_PICTURE = 8;

  /** Squared brightness gradient below which a window counts as flat. */
  private static final float FLAT = 4;

  /** Longest step of one level, pixels. */
  private static final float LONGEST = 2;

  /** A megabyte of scratch that holds nothing between calls: one for each thread is enough. */
  private static final ThreadLocal<OpticalFlow> SCRATCH =
      ThreadLocal.withInitial(() -> new OpticalFlow(1, 1));

  private final int width;
  private final int height;
  private final Level[] levels;
  private final float[][][] earlier;
  private final float[][][] later;

  private OpticalFlow(int width, int height) {
    this.width = width;
    this.height = height;
    int count = width < SMALLEST_PICTURE || height < SMALLEST_PICTURE ? 0 : 1;
    while (count > 0
        && count < LEVELS
        && (width >> count) >= SMALLEST_SIDE
        && (height >> count) >= SMALLEST_SIDE) {
      count++;
    }
    levels = new Level[count];
    earlier = new float[count][][];
    later = new float[count][][];
    for (int i = 0; i < count; i++) {
      levels[i] = new Level(width >> i, height >> i);
      earlier[i] = new float[height >> i][width >> i];
      later[i] = new float[height >> i][width >> i];
    }
  }

  /**
   * Mean speed in each block of a grid between two pictures.
   *
   * @param before {@code height * width} brightness values 0..255
   * @param after the same, of the next picture
   * @param shared step of brightness that the whole picture shares; it is no movement
   * @return pixels a picture, {@code rows * columns}, row-major; 0 where the picture is too small
   */
  static double[] speeds(
      byte[] before, byte[] after, int width, int height, float shared, int rows, int columns) {
    OpticalFlow flow = SCRATCH.get();
    if (flow.width != width || flow.height != height) {
      flow = new OpticalFlow(width, height);
      SCRATCH.set(flow);
    }
    if (flow.levels.length == 0) {
      return new double[rows * columns];
    }
    flow.follow(before, after, shared);
    return BlockMeans.of(flow.levels[0].speeds(), width, height, rows, columns);
  }

  private void follow(byte[] before, byte[] after, float shared) {
    fill(earlier, before);
    fill(later, after);
    for (int i = levels.length - 1; i >= 0; i--) {
      Level level = levels[i];
      if (i == levels.length - 1) {
        level.start();
      } else {
        level.startFrom(levels[i + 1]);
      }
      level.step(earlier[i], later[i], shared);
    }
  }

  private void fill(float[][][] pyramid, byte[] luma) {
    for (int y = 0; y < height; y++) {
      fill(pyramid[0][y], luma, y * width);
    }
    for (int i = 1; i < pyramid.length; i++) {
      for (int y = 0; y < pyramid[i].length; y++) {
        halve(pyramid[i - 1][2 * y], pyramid[i - 1][2 * y + 1], pyramid[i][y]);
      }
    }
  }

  private static void fill(float[] row, byte[] luma, int from) {
    for (int x = 0; x < row.length; x++) {
      row[x] = luma[from + x] & 0xff;
    }
  }

  private static void halve(float[] above, float[] below, float[] to) {
    for (int x = 0; x < to.length; x++) {
      to[x] = (above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1]) / 4;
    }
  }

  /** One size of picture, with room for what is computed on it. */
  private static final class Level {
    /** A row and its neighbours. */
    private static final int FETCHED = 3;

    private final int width;
    private final int height;
    private final float[][] u;
    private final float[][] v;

    /** The last rows of the later picture, fetched along the flow. */
    private final float[][] warped;

    private final Gradients gradients;
    private final MeanWindows windows;
    private final FlowStep step;
    private final float[] speeds;

    Level(int width, int height) {
      this.width = width;
      this.height = height;
      u = new float[height][width];
      v = new float[height][width];
      warped = new float[FETCHED][width];
      gradients = new Gradients(width);
      windows = new MeanWindows(Gradients.PRODUCTS, width, height);
      step = new FlowStep(width);
      speeds = new float[width * height];
    }

    void start() {
      for (int y = 0; y < height; y++) {
        Arrays.fill(u[y], 0);
        Arrays.fill(v[y], 0);
      }
    }

    /** Twice the coarser level's flow, each of its pixels spread over two by two. */
    void startFrom(Level coarser) {
      for (int y = 0; y < height; y++) {
        int from = Math.min(y / 2, coarser.height - 1);
        spreadTwice(coarser.u[from], u[y]);
        spreadTwice(coarser.v[from], v[y]);
      }
    }

    private static void spreadTwice(float[] coarser, float[] to) {
      for (int x = 0; x < coarser.length; x++) {
        float twice = 2 * coarser[x];
        to[2 * x] = twice;
        to[2 * x + 1] = twice;
      }
      if (to.length % 2 == 1) {
        to[to.length - 1] = 2 * coarser[coarser.length - 1];
      }
    }

    void step(float[][] before, float[][] after, float shared) {
      warp(after, 0);
      for (int y = 0; y < Math.min(MeanWindows.HALF, height); y++) {
        tell(before, after, y, shared);
      }
      windows.start();
      // A row's flow is changed long after the row was fetched by it.
      for (int y = 0; y < height; y++) {
        if (y + MeanWindows.HALF < height) {
          tell(before, after, y + MeanWindows.HALF, shared);
        }
        windows.advance();
        step.take(windows, u[y], v[y]);
      }
    }

    /** Tells a row's gradients, for which the row below is fetched; nothing at the edge. */
    private void tell(float[][] before, float[][] after, int y, float shared) {
      if (y + 1 < height) {
        warp(after, y + 1);
      }
      if (y == 0 || y == height - 1) {
        windows.putZeros(y);
      } else {
        gradients.tell(before, warped, y, shared, windows);
      }
    }

    private void warp(float[][] after, int y) {
      warp(after, y, u[y], v[y], warped[y % FETCHED]);
    }

    /** The later picture, each pixel fetched from where the flow says it has gone. */
    private void warp(float[][] after, int y, float[] alongX, float[] alongY, float[] to) {
      float lastX = width - 1;
      float lastY = height - 1;
      for (int x = 0; x < to.length; x++) {
        float fromX = x + alongX[x];
        float fromY = y + alongY[x];
        // Hardly ever true, so cheaper than minima and maxima.
        if (fromX < 0 || fromX > lastX || fromY < 0 || fromY > lastY) {
          fromX = Math.max(0, Math.min(lastX, fromX));
          fromY = Math.max(0, Math.min(lastY, fromY));
        }
        int left = Math.min(width - 2, (int) fromX);
        int top = Math.min(height - 2, (int) fromY);
        float right = fromX - left;
        float down = fromY - top;
        float[] above = after[top];
        float[] below = after[top + 1];
        float upper = above[left] + right * (above[left + 1] - above[left]);
        float lower = below[left] + right * (below[left + 1] - below[left]);
        to[x] = upper + down * (lower - upper);
      }
    }

    float[] speeds() {
      for (int y = 0; y < height; y++) {
        System.arraycopy(step.lengths(u[y], v[y]), 0, speeds, y * width, width);
      }
      return speeds;
    }
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
      float[] same = after[row % Level.FETCHED];
      float[] above = after[(row - 1) % Level.FETCHED];
      float[] below = after[(row + 1) % Level.FETCHED];
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
  private static final class FlowStep {
    private final float[][] products = new float[Gradients.PRODUCTS][];
    private final float[] determinant;
    private final float[] step;

    FlowStep(int width) {
      for (int i = 0; i < products.length; i++) {
        products[i] = new float[width];
      }
      determinant = new float[width];
      step = new float[width];
    }

    /** Takes the step. */
    void take(MeanWindows means, float[] u, float[] v) {
      for (int i = 0; i < products.length; i++) {
        means.take(i, products[i]);
      }
      float[] xx = products[0];
      float[] yy = products[1];
      float[] xy = products[2];
      float[] xt = products[3];
      float[] yt = products[4];
      add(xx, FLAT);
      add(yy, FLAT);
      cross(determinant, xx, yy, xy, xy);
      cross(step, xy, yt, yy, xt);
      addShare(u, step, determinant);
      cross(step, xy, xt, xx, yt);
      addShare(v, step, determinant);
    }

    private static void add(float[] values, float summand) {
      for (int i = 0; i < values.length; i++) {
        values[i] += summand;
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

    /** Lengths of a row's steps. */
    float[] lengths(float[] u, float[] v) {
      for (int i = 0; i < step.length; i++) {
        step[i] = (float) Math.sqrt(u[i] * u[i] + v[i] * v[i]);
      }
      return step;
    }
  }
}
