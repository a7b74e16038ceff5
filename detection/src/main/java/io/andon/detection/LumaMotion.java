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

  private final int fullWidth;
  private final int fullHeight;
  private final int block;
  private final int width;
  private final int height;
  private final double[] steps;
  private final OpticalFlow flow;
  private byte @Nullable [] previous;

  LumaMotion(int width, int height) {
    fullWidth = width;
    fullHeight = height;
    block = width * height > COARSE_PIXELS ? 2 : 1;
    this.width = width / block;
    this.height = height / block;
    steps = new double[this.width * this.height];
    flow = new OpticalFlow(width, height);
  }

  /** Takes the next picture; false if there is no movement to speak of before it. */
  boolean advance(byte[] luma, boolean continuous) {
    byte[] before = previous;
    previous = luma.clone();
    if (before == null || !continuous || Arrays.equals(before, luma)) {
      flow.start(luma);
      return false;
    }
    int shared = medianStep(before, luma);
    fillSteps(before, luma, shared);
    flow.advance(luma, shared);
    return true;
  }

  private void fillSteps(byte[] before, byte[] luma, int shared) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int sum = 0;
        for (int row = y * block; row < (y + 1) * block; row++) {
          for (int i = row * fullWidth + x * block; i < row * fullWidth + (x + 1) * block; i++) {
            sum += (luma[i] & 0xff) - (before[i] & 0xff) - shared;
          }
        }
        steps[y * width + x] = Math.abs((double) sum) / (block * block);
      }
    }
  }

  /** Mean speed in each block, pixels a frame, {@code rows * columns} values, row-major. */
  double[] speeds(int rows, int columns) {
    return flow.speeds(rows, columns);
  }

  /** Forgets the last picture, so that nothing is compared with it. */
  void interrupt() {
    previous = null;
  }

  /** Mean step of each block, {@code rows * columns} values, row-major. */
  double[] blocks(int rows, int columns) {
    double[] means = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      int top = r * height / rows;
      int bottom = Math.max(top + 1, (r + 1) * height / rows);
      for (int c = 0; c < columns; c++) {
        int left = c * width / columns;
        int right = Math.max(left + 1, (c + 1) * width / columns);
        means[r * columns + c] = mean(top, bottom, left, right);
      }
    }
    return means;
  }

  private double mean(int top, int bottom, int left, int right) {
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += steps[y * width + x];
      }
    }
    return sum / ((bottom - top) * (right - left));
  }

  private static int medianStep(byte[] before, byte[] after) {
    int[] histogram = new int[511];
    for (int i = 0; i < before.length; i++) {
      histogram[(after[i] & 0xff) - (before[i] & 0xff) + 255]++;
    }
    int below = 0;
    int step = 0;
    while (below + histogram[step] <= before.length / 2) {
      below += histogram[step++];
    }
    return step - 255;
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
    if (previous != null) {
      flow.start(previous);
    }
    if (in.version() == SnapshotFormat.FIRST_VERSION) {
      in.takeDouble(); // the usual step, which speeds are no longer set against
      in.takeInt();
    }
  }
}
