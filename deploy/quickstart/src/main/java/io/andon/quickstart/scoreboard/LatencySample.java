package io.andon.quickstart.scoreboard;

import java.util.Arrays;

/** The newest latencies, for percentiles. Keeps the last 65,536. Not safe for several threads. */
public final class LatencySample {
  private static final int CAPACITY = 1 << 16;

  private final double[] millis = new double[CAPACITY];
  private long count;

  /** Adds one latency in milliseconds. */
  public void add(double latencyMillis) {
    millis[(int) (count++ % CAPACITY)] = latencyMillis;
  }

  /**
   * A percentile in milliseconds by nearest rank; NaN when there is none yet.
   *
   * @param percent above 0, at most 100
   */
  public double percentileMillis(double percent) {
    int size = (int) Math.min(count, CAPACITY);
    if (size == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(millis, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(percent / 100 * size) - 1];
  }
}
