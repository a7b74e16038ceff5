package io.andon.detection;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Movement between two frames, told twice: how fast things move ({@link OpticalFlow}), and the mean
 * absolute step of brightness in each block of a grid, for which noise is averaged out first. The
 * step that the whole picture shares (its median) is taken off both, so that a change of light is
 * no movement.
 */
final class LumaMotion {
  /** Steps of brightness are told on a plane of at most so many pixels. */
  private static final int COARSE_PIXELS = 10_240;

  private static final int LARGEST_STEP = 255;

  /**
   * Most frame intervals over which speed is told. What moved for longer has gone farther than the
   * flow follows it, and would seem slow: learnt as normal, it made usual speeds an alarm.
   */
  private static final int FARTHEST = 4;

  private final int fullWidth;
  private final int fullHeight;
  private final int block;
  private final int width;
  private final int height;
  private final int rows;
  private final int columns;
  private final float[] steps;
  private double[] speeds = new double[0];
  private byte @Nullable [] previous;
  private boolean toldSpeeds;

  /**
   * @param width pixels
   * @param height pixels
   * @param rows rows of the grid that speeds are told on
   * @param columns its columns
   */
  LumaMotion(int width, int height, int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    fullWidth = width;
    fullHeight = height;
    block = width * height > COARSE_PIXELS && width > 1 && height > 1 ? 2 : 1;
    this.width = width / block;
    this.height = height / block;
    steps = new float[this.width * this.height];
  }

  /**
   * Takes the next picture; false if there is no movement to speak of before it.
   *
   * @param intervals frame intervals since the frame before it, 1 or more
   */
  boolean advance(byte[] luma, boolean continuous, int intervals) {
    byte[] before = previous;
    previous = luma.clone();
    if (before == null || !continuous || Arrays.equals(before, luma)) {
      return false;
    }
    int shared = medianStep(before, luma);
    fillSteps(before, luma, shared);
    toldSpeeds = intervals <= FARTHEST;
    if (toldSpeeds) {
      speeds = OpticalFlow.speeds(before, luma, fullWidth, fullHeight, shared, rows, columns);
      for (int cell = 0; intervals > 1 && cell < speeds.length; cell++) {
        speeds[cell] /= intervals;
      }
    }
    return true;
  }

  /** The last picture is there again: nothing moves; false if there is none to go on from. */
  boolean stand(boolean continuous) {
    if (previous == null || !continuous) {
      return false;
    }
    Arrays.fill(steps, 0);
    speeds = new double[rows * columns];
    toldSpeeds = true;
    return true;
  }

  private void fillSteps(byte[] before, byte[] luma, int shared) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * fullWidth + x) * block;
        int sum = (luma[at] & 0xff) - (before[at] & 0xff) - shared;
        if (block == 2) {
          sum += (luma[at + 1] & 0xff) - (before[at + 1] & 0xff) - shared;
          at += fullWidth;
          sum += (luma[at] & 0xff) - (before[at] & 0xff) - shared;
          sum += (luma[at + 1] & 0xff) - (before[at + 1] & 0xff) - shared;
        }
        steps[y * width + x] = Math.abs((float) sum) / (block * block);
      }
    }
  }

  /** Mean speed in each cell of the grid between the last two pictures, pixels a frame interval. */
  double[] speeds() {
    return speeds;
  }

  /** Whether speeds can be told of the last two pictures. */
  boolean tellsSpeeds() {
    return toldSpeeds;
  }

  /** Forgets the last picture, so that nothing is compared with it. */
  void interrupt() {
    previous = null;
  }

  /** Mean step of each block, {@code rows * columns} values, row-major. */
  double[] blocks(int rows, int columns) {
    return BlockMeans.of(steps, width, height, rows, columns);
  }

  private static int medianStep(byte[] before, byte[] after) {
    int[] histogram = histogram(before, after);
    int below = 0;
    int step = 0;
    while (below + histogram[step] <= before.length / 2) {
      below += histogram[step++];
    }
    return step - LARGEST_STEP;
  }

  /**
   * Counts the steps in two histograms by turns: most fall into one place, and would wait there.
   */
  private static int[] histogram(byte[] before, byte[] after) {
    int[] even = new int[2 * LARGEST_STEP + 1];
    int[] odd = new int[2 * LARGEST_STEP + 1];
    int i = 0;
    for (; i + 1 < before.length; i += 2) {
      even[(after[i] & 0xff) - (before[i] & 0xff) + LARGEST_STEP]++;
      odd[(after[i + 1] & 0xff) - (before[i + 1] & 0xff) + LARGEST_STEP]++;
    }
    if (i < before.length) {
      even[(after[i] & 0xff) - (before[i] & 0xff) + LARGEST_STEP]++;
    }
    for (int step = 0; step < even.length; step++) {
      even[step] += odd[step];
    }
    return even;
  }

  void write(SnapshotWriter out) {
    out.putBytes(previous == null ? new byte[0] : previous);
  }

  void read(SnapshotReader in) throws SnapshotException {
    byte[] luma = in.takeBytes("previous luma", 0, fullWidth * fullHeight);
    if (luma.length != 0 && luma.length != fullWidth * fullHeight) {
      throw SnapshotReader.corrupt("previous luma has " + luma.length + " values");
    }
    previous = luma.length == 0 ? null : luma;
    if (in.version() == SnapshotFormat.FIRST_VERSION) {
      in.takeDouble(); // the usual step, which speeds are no longer set against
      in.takeInt();
    }
  }
}
