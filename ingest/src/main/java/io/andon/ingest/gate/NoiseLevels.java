package io.andon.ingest.gate;

import java.util.Arrays;

/**
 * How much each block usually differs while nothing happens: running medians, followed by steps of
 * a fixed share up or down (Robbins and Monro 1951; the sign steps of sigma-delta detection,
 * Manzanera and Richefeu, Pattern Recognition Letters 28, 2007), so that what happens in less than
 * half of the pictures does not move them. What happens more often would: so a block is never
 * believed to be much noisier than half of all blocks are, nor noisier than a bound.
 */
final class NoiseLevels {
  private static final double SLOW = 0.02;
  private static final int BINS = 2_048;
  private static final double BINS_A_LEVEL = 128;

  /** Never down to where steps of a share would not lead out again. */
  private static final float LEAST_KEPT = 0.01f;

  private final double least;
  private final double quiet;
  private final double spread;
  private final double most;
  private final float[] usual;
  private final int[] histogram = new int[BINS];
  private float half;
  private int learnt;
  private float step;

  /**
   * @param blocks number of blocks
   * @param least least that half of the blocks are believed to differ by, grey levels
   * @param quiet a block that seems quieter than this share of what half of the blocks show is so
   *     by chance
   * @param spread how many times noisier than half of the blocks a block may be
   * @param most most that a block is believed to differ by, grey levels
   */
  NoiseLevels(int blocks, double least, double quiet, double spread, double most) {
    this.least = least;
    this.quiet = quiet;
    this.spread = spread;
    this.most = most;
    usual = new float[blocks];
  }

  /** To be called before the blocks of a picture are asked for. */
  void begin(boolean learn) {
    half = median();
    learnt += learn ? 1 : 0;
    step = (float) Math.max(SLOW, 0.5 / Math.max(1, learnt));
  }

  /** What a block is believed to differ by, grey levels. */
  float of(int block) {
    double noisiest = Math.min(most, spread * half);
    return (float) Math.min(noisiest, Math.max(quiet * half, usual[block]));
  }

  /** Takes a step towards the median of a block's differences. */
  void learn(int block, float difference) {
    float before = usual[block];
    usual[block] =
        learnt == 1
            ? difference
            : Math.max(LEAST_KEPT, difference > before ? before * (1 + step) : before * (1 - step));
  }

  /** To be called when every block of a picture was learnt from. */
  void end() {
    if (learnt == 1) {
      // A single value of a block says little; what half of them have is a good start for all.
      Arrays.fill(usual, median());
    }
  }

  private float median() {
    Arrays.fill(histogram, 0);
    for (float value : usual) {
      histogram[Math.min(BINS - 1, (int) (value * BINS_A_LEVEL))]++;
    }
    int below = 0;
    int bin = 0;
    while (below + histogram[bin] <= usual.length / 2) {
      below += histogram[bin++];
    }
    return (float) Math.max(least, (bin + 0.5) / BINS_A_LEVEL);
  }
}
