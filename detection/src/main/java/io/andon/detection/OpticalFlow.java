package io.andon.detection;

import io.andon.detection.kernel.FlowStep;
import io.andon.detection.kernel.Kernels;
import java.util.Arrays;

/**
 * How far things have moved between two pictures: dense optical flow after Lucas and Kanade (IJCAI
 * 1981), coarse to fine over a pyramid of brightness planes (Bouguet, 2000), one step a level. The
 * usual residual is regularised, so that where there is no structure there is no flow. Speed is
 * what tells a cyclist among walkers, whatever both look like.
 *
 * <p>Strict float arithmetic in a fixed order.
 */
final class OpticalFlow {
  private static final int LEVELS = 3;
  private static final int SMALLEST_SIDE = 24;

  /** Pictures smaller than this show no movement worth the name. */
  private static final int SMALLEST_PICTURE = 8;

  /** A megabyte of scratch that holds nothing between calls: one for each thread is enough. */
  private static final ThreadLocal<OpticalFlow> SCRATCH =
      ThreadLocal.withInitial(() -> new OpticalFlow(1, 1));

  private final int width;
  private final int height;
  private final Level[] levels;
  private final float[][][] earlier;
  private final float[][][] later;
  private final CameraShift camera;

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
      earlier[i] = levels[i].plane();
      later[i] = levels[i].plane();
    }
    camera = new CameraShift(width, height, count);
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
    camera.find(earlier, later);
    for (int i = levels.length - 1; i >= 0; i--) {
      Level level = levels[i];
      if (i == levels.length - 1) {
        level.start(camera.x() / (1 << i), camera.y() / (1 << i));
      } else {
        level.startFrom(levels[i + 1]);
      }
      level.step.take(earlier[i], later[i], shared, level.u, level.v);
    }
    levels[0].takeOff(camera.x(), camera.y());
  }

  private void fill(float[][][] pyramid, byte[] luma) {
    levels[0].step.fill(luma, pyramid[0]);
    for (int i = 1; i < pyramid.length; i++) {
      for (int y = 0; y < pyramid[i].length; y++) {
        halve(pyramid[i - 1][2 * y], pyramid[i - 1][2 * y + 1], pyramid[i][y], width >> i);
      }
    }
  }

  private static void halve(float[] above, float[] below, float[] to, int width) {
    for (int x = 0; x < width; x++) {
      to[x] = (above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1]) / 4;
    }
  }

  /** One size of picture, with room for what is computed on it. */
  private static final class Level {
    private final int width;
    private final int height;
    private final FlowStep step;
    private final float[][] u;
    private final float[][] v;
    private final float[] speeds;

    Level(int width, int height) {
      this.width = width;
      this.height = height;
      step = Kernels.best().flowStep(width, height);
      u = plane();
      v = plane();
      speeds = new float[width * height];
    }

    /** Rows of values. */
    float[][] plane() {
      return new float[height][step.rowLength()];
    }

    /** The same flow everywhere. */
    void start(float alongX, float alongY) {
      for (int y = 0; y < height; y++) {
        Arrays.fill(u[y], alongX);
        Arrays.fill(v[y], alongY);
      }
    }

    /** Tells the flow against a shift of the whole picture. */
    void takeOff(float alongX, float alongY) {
      if (alongX == 0 && alongY == 0) {
        return;
      }
      for (int y = 0; y < height; y++) {
        takeOff(alongX, u[y]);
        takeOff(alongY, v[y]);
      }
    }

    private static void takeOff(float shared, float[] from) {
      for (int x = 0; x < from.length; x++) {
        from[x] -= shared;
      }
    }

    /** Twice the coarser level's flow, each of its pixels spread over two by two. */
    void startFrom(Level coarser) {
      for (int y = 0; y < height; y++) {
        if (y % 2 == 1 || y / 2 == coarser.height) {
          System.arraycopy(u[y - 1], 0, u[y], 0, width);
          System.arraycopy(v[y - 1], 0, v[y], 0, width);
        } else {
          spreadTwice(coarser.u[y / 2], u[y], coarser.width);
          spreadTwice(coarser.v[y / 2], v[y], coarser.width);
        }
      }
    }

    private void spreadTwice(float[] coarser, float[] to, int pixels) {
      for (int x = 0; x < pixels; x++) {
        float twice = 2 * coarser[x];
        to[2 * x] = twice;
        to[2 * x + 1] = twice;
      }
      if (width > 2 * pixels) {
        to[2 * pixels] = to[2 * pixels - 1];
      }
    }

    float[] speeds() {
      step.lengths(u, v, speeds);
      return speeds;
    }
  }
}
