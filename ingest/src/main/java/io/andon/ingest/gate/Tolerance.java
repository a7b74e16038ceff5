package io.andon.ingest.gate;

import io.andon.ingest.settings.GateProfile;

/**
 * How much a block may differ before it counts as changed.
 *
 * @param mean difference of a block's mean, in medians of what noise makes of it: 10 of them are
 *     6.7 standard deviations of normal noise
 * @param absolute mean absolute difference of a block's pixels beyond the median of that, in
 *     standard deviations of white noise over so many pixels
 * @param spread how many times noisier than half of the blocks a block is believed to be
 * @param mostMean most noise that is believed, as the median difference of two pixels, grey levels
 * @param mostAbsolute the same as the mean difference of two pixels
 * @param blocks changed blocks that make a picture a changed one
 */
record Tolerance(
    double mean, double absolute, double spread, double mostMean, double mostAbsolute, int blocks) {
  /** Standard deviation of an absolute normal value over its mean. */
  private static final double VARIATION = 0.756;

  static Tolerance of(GateProfile profile) {
    return profile == GateProfile.AGGRESSIVE
        ? new Tolerance(20, 16, 4, 4.8, 6, 2)
        : new Tolerance(10, 8, 3, 3.2, 4, 1);
  }

  /** How many times its median the mean absolute difference over so many pixels may be. */
  float absoluteFactor(int pixels) {
    return (float) (1 + absolute * VARIATION / Math.sqrt(pixels));
  }
}
