package io.andon.detection;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Each channel's latest block maxima of one block length, and the tail that is expected beyond
 * them. The tail is exponential above the median of the maxima (peaks over threshold with shape 0,
 * as in SPOT, KDD 2017). Its scale comes from the lower half of the maxima as if they were Gumbel
 * distributed, which maxima tend to be: anomalies that were missed can't reach it. The upper
 * quantiles may raise it, but only twofold; threefold in tiers of longer blocks, where a rare
 * disturbance shows in the last tenth.
 *
 * <p>How little is known enters twice. Maxima that follow each other are correlated, so the sample
 * counts as the smaller one of independent maxima that says as much: n (1 - r) / (1 + r), with r
 * from how often neighbours lie on the same side of the median, which outliers can't sway. And the
 * level is not the quantile of the fitted tail but of the next maximum given the sample: with an
 * exponential tail fitted to n excesses, an excess of x scales is exceeded with probability (1 +
 * x/n)^-n exactly (a ratio of two gamma variables), which is far more than exp(-x) if n is small.
 */
final class MaximaTier {
  /** ln(ln 10) - ln(ln 2): distance between two quantiles of a Gumbel distribution of scale 1. */
  private static final double GUMBEL_MEDIAN_TO_TENTH = 1.2005;

  /** A scale from two quantiles is as uncertain as one from so large a share of the sample. */
  private static final double INFORMATION = 2.0 / 3;

  private static final double FEWEST_EFFECTIVE = 3;

  /** A tier that a longer one has taken over from is trusted so many times its own sample. */
  private static final double OWN_REACH = 2;

  private static final int MAX_SPAN = 120 * 120;

  private final int span;
  private final int fewest;
  private final Rolling[] maxima = new Rolling[Channels.COUNT];
  private final double[] median = new double[Channels.COUNT];
  private final double[] scale = new double[Channels.COUNT];
  private final double[] width = new double[Channels.COUNT];
  private final double[] effective = new double[Channels.COUNT];
  private double[] current = none();
  private int filled;

  /**
   * @param span blocks that come in for each block of this tier
   * @param capacity blocks that are remembered
   * @param fewest blocks before the tier has a say
   */
  MaximaTier(int span, int capacity, int fewest) {
    this.span = span;
    this.fewest = fewest;
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      maxima[channel] = new Rolling(capacity);
    }
  }

  /** Blocks that come in for each block of this tier. */
  int span() {
    return span;
  }

  static double[] none() {
    double[] none = new double[Channels.COUNT];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  /** Raises maxima by values; NaN where there is none. */
  static void raise(double[] maxima, double[] values) {
    for (int channel = 0; channel < maxima.length; channel++) {
      if (values[channel] > maxima[channel] || Double.isNaN(maxima[channel])) {
        maxima[channel] = values[channel];
      }
    }
  }

  /** Adds the maxima of a block that came in. */
  void add(double[] block) {
    raise(current, block);
    if (++filled < span) {
      return;
    }
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      if (!Double.isNaN(current[channel])) {
        maxima[channel].add(current[channel]);
        refresh(channel);
      }
    }
    current = none();
    filled = 0;
  }

  /** Raises the block in progress, which does not end by it. */
  void raiseCurrent(double[] values) {
    raise(current, values);
  }

  private void refresh(int channel) {
    Rolling values = maxima[channel];
    median[channel] = values.quantile(0.5);
    double lower = (median[channel] - values.quantile(0.1)) / GUMBEL_MEDIAN_TO_TENTH;
    width[channel] = lower;
    double upper = Math.max(above(channel, 0.75), above(channel, 0.9));
    if (span > 1) {
      upper = Math.max(upper, above(channel, 0.97));
    }
    scale[channel] = Math.max(lower, Math.min(upper, (span > 1 ? 3 : 2) * lower));
    double r = values.persistence();
    effective[channel] =
        Math.max(FEWEST_EFFECTIVE, INFORMATION * values.size() * (1 - r) / (1 + r));
  }

  /** The tail's scale by one upper quantile. */
  private double above(int channel, double q) {
    double excess = maxima[channel].quantile(q) - median[channel];
    return excess / StrictMath.log(0.5 / (1 - q));
  }

  /** Whether a channel has blocks enough to be judged. */
  boolean isReady(int channel) {
    return maxima[channel].size() >= fewest;
  }

  double median(int channel) {
    return median[channel];
  }

  double scale(int channel) {
    return scale[channel];
  }

  /** The tail's scale by the lower half of the maxima alone. */
  double width(int channel) {
    return width[channel];
  }

  double[] sorted(int channel) {
    return maxima[channel].sorted();
  }

  /**
   * Raw score that the next block of this tier reaches with the given probability.
   *
   * @param p above 0; taken as 0.25 if it is more
   */
  double level(int channel, double p) {
    double n = effective[channel];
    double odds = 0.5 / Math.min(0.25, p);
    return median[channel] + scale[channel] * n * (StrictMath.pow(odds, 1 / n) - 1);
  }

  void write(SnapshotWriter out) {
    for (Rolling channel : maxima) {
      channel.write(out);
    }
  }

  /** The level of a tier that is trusted no further than a multiple of its own sample. */
  double ownLevel(int channel, double p) {
    return level(channel, Math.max(p, 1 / (OWN_REACH * maxima[channel].size())));
  }

  void writePart(SnapshotWriter out) {
    out.putInt(filled);
    writeMaxima(out, current);
  }

  void read(SnapshotReader in) throws SnapshotException {
    for (int channel = 0; channel < Channels.countIn(in); channel++) {
      (isMeasuredAnew(channel, in) ? new Rolling(1) : maxima[channel])
          .read(in, asToday(channel, in));
      if (maxima[channel].size() > 0) {
        refresh(channel);
      }
    }
  }

  void readPart(SnapshotReader in) throws SnapshotException {
    filled = Math.min(span - 1, in.takeInt("blocks of a longer one", 0, MAX_SPAN - 1));
    current = readMaxima(in);
  }

  static void writeMaxima(SnapshotWriter out, double[] values) {
    for (double value : values) {
      out.putDouble(value);
    }
  }

  /**
   * Motion and scene were measured otherwise before version 2: what was normal then says nothing.
   */
  private static boolean isMeasuredAnew(int channel, SnapshotReader in) {
    return in.version() == SnapshotFormat.FIRST_VERSION
        && (channel == Channels.MOTION || channel == Channels.SCENE);
  }

  /** Strange movement was told by its distance, not by the square of it, before version 3. */
  private static DoubleUnaryOperator asToday(int channel, SnapshotReader in) {
    return channel == Channels.ACTIVITY && in.version() < 3
        ? ActivityBand::strangeness
        : DoubleUnaryOperator.identity();
  }

  static double[] readMaxima(SnapshotReader in) throws SnapshotException {
    double[] values = none();
    for (int channel = 0; channel < Channels.countIn(in); channel++) {
      double value = asToday(channel, in).applyAsDouble(in.takeDouble());
      values[channel] = isMeasuredAnew(channel, in) ? Double.NaN : value;
    }
    return values;
  }
}
