package io.andon.detection;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Movement between two frames: the mean absolute step of brightness in each block of a grid, after
 * the step that the whole picture shares (its median) is taken off, so that a change of light is no
 * movement.
 */
final class LumaMotion {
  private static final int SIGMA_MEMORY = 400;

  private final int width;
  private final int height;
  private final double noiseFloor;
  private final double[] steps;
  private byte @Nullable [] previous;
  private double sigma;
  private int sigmaFrames;

  LumaMotion(int width, int height, double noiseFloor) {
    this.width = width;
    this.height = height;
    this.noiseFloor = noiseFloor;
    steps = new double[width * height];
  }

  /** Takes the next picture; false if there is no movement to speak of before it. */
  boolean advance(byte[] luma, boolean continuous) {
    byte[] before = previous;
    previous = luma.clone();
    if (before == null || !continuous || Arrays.equals(before, luma)) {
      return false;
    }
    int shared = medianStep(before, luma);
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.abs((luma[i] & 0xff) - (before[i] & 0xff) - shared);
    }
    return true;
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

  /** Usual mean step of a normal picture, never below the noise floor. */
  double sigma() {
    return Math.max(noiseFloor, sigma);
  }

  /** Learns the usual mean step from a normal picture's blocks. */
  void learnSigma(double[] blocks) {
    double sum = 0;
    for (double block : blocks) {
      sum += block;
    }
    sigmaFrames = Math.min(SIGMA_MEMORY, sigmaFrames + 1);
    sigma += (sum / blocks.length - sigma) / sigmaFrames;
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
    out.putDouble(sigma);
    out.putInt(sigmaFrames);
  }

  void read(SnapshotReader in) throws SnapshotException {
    byte[] luma = in.takeBytes("previous luma", 0, width * height);
    if (luma.length != 0 && luma.length != width * height) {
      throw SnapshotReader.corrupt("previous luma has " + luma.length + " values");
    }
    previous = luma.length == 0 ? null : luma;
    sigma = in.takeDouble();
    sigmaFrames = in.takeInt("sigma frames", 0, SIGMA_MEMORY);
  }
}
