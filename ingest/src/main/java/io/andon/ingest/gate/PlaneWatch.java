package io.andon.ingest.gate;

import java.util.Arrays;

/**
 * One plane of a camera's pictures against the same plane of the picture that was sent last, block
 * by block. A block has changed if the difference of its means, or the mean absolute difference of
 * its pixels, is more than noise explains: a significance test for each block, as Aach, Kaup and
 * Mester do it (Statistical model-based change detection in moving video, Signal Processing 31,
 * 1993), with noise that is learnt. The mean sees weak changes that fill a block (light, drift),
 * the pixels see what moves within one. Nothing is allocated once the size is known.
 */
final class PlaneWatch {
  private static final double LEAST_MEAN = 0.64;
  private static final double LEAST_ABSOLUTE = 0.6;

  /** Medians of means are learnt less exactly than those of many pixels. */
  private static final double QUIET_MEAN = 0.9;

  private static final double QUIET_ABSOLUTE = 0.95;

  private final Tolerance tolerance;
  private final int block;
  private final int width;
  private final int height;
  private final int columns;
  private final byte[] reference;
  private final NoiseLevels means;
  private final NoiseLevels absolutes;
  private final int[] sums;
  private final int[] absoluteSums;

  /**
   * @param width pixels
   * @param height pixels
   * @param block side of a block, pixels; blocks at the right and lower edge may be smaller
   */
  PlaneWatch(Tolerance tolerance, int width, int height, int block) {
    this.tolerance = tolerance;
    this.block = block;
    this.width = width;
    this.height = height;
    columns = (width + block - 1) / block;
    int blocks = columns * ((height + block - 1) / block);
    reference = new byte[width * height];
    means =
        new NoiseLevels(blocks, LEAST_MEAN, QUIET_MEAN, tolerance.spread(), tolerance.mostMean());
    absolutes =
        new NoiseLevels(
            blocks, LEAST_ABSOLUTE, QUIET_ABSOLUTE, tolerance.spread(), tolerance.mostAbsolute());
    sums = new int[columns];
    absoluteSums = new int[columns];
  }

  /** Takes a plane for the one that others are set against. */
  void refer(byte[] picture, int offset) {
    System.arraycopy(picture, offset, reference, 0, reference.length);
  }

  /**
   * Counts the blocks that differ from the reference by more than noise.
   *
   * @param offset where the plane begins
   * @param learn whether it is learnt from them what is usual
   */
  int changedBlocks(byte[] picture, int offset, boolean learn) {
    means.begin(learn);
    absolutes.begin(learn);
    int changed = 0;
    for (int top = 0, first = 0; top < height; top += block, first += columns) {
      int bottom = Math.min(height, top + block);
      sumDifferences(picture, offset, top, bottom);
      for (int column = 0; column < columns; column++) {
        int pixels = (bottom - top) * (Math.min(width, (column + 1) * block) - column * block);
        // The mean of a smaller block is noisier: times the root of its pixels all are alike.
        float mean = (float) (Math.abs(sums[column]) / Math.sqrt(pixels));
        float absolute = (float) absoluteSums[column] / pixels;
        int i = first + column;
        if (mean > tolerance.mean() * means.of(i)
            || absolute > tolerance.absoluteFactor(pixels) * absolutes.of(i)) {
          changed++;
        }
        if (learn) {
          means.learn(i, mean);
          absolutes.learn(i, absolute);
        }
      }
    }
    if (learn) {
      means.end();
      absolutes.end();
    }
    return changed;
  }

  private void sumDifferences(byte[] picture, int offset, int top, int bottom) {
    Arrays.fill(sums, 0);
    Arrays.fill(absoluteSums, 0);
    for (int y = top; y < bottom; y++) {
      for (int column = 0, left = 0; left < width; column++, left += block) {
        int right = y * width + Math.min(width, left + block);
        int sum = 0;
        int absolute = 0;
        for (int i = y * width + left; i < right; i++) {
          int difference = (picture[offset + i] & 0xff) - (reference[i] & 0xff);
          sum += difference;
          absolute += Math.abs(difference);
        }
        sums[column] += sum;
        absoluteSums[column] += absolute;
      }
    }
  }
}
