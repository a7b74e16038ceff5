package io.andon.bench.evaluate.metrics;

/** How often something may happen that was seen so many times. */
public final class PoissonBound {
  private static final double LEVEL = 0.05;

  private PoissonBound() {}

  /**
   * The upper 95 % bound of a Poisson rate (Garwood 1936): the rate at which so few would be seen
   * with probability 5 %. With none seen it is 3.0 / time, the rule of three.
   *
   * @param seen how many were seen, 0 or more
   * @param time in what time
   * @return a rate in 1/time; infinite if the time is 0
   */
  public static double upper95(int seen, double time) {
    if (time <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 0;
    double high = 10 + 4.0 * seen;
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (atMost(seen, middle) > LEVEL) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high / time;
  }

  private static double atMost(int seen, double mean) {
    double log = -mean;
    double sum = Math.exp(log);
    for (int k = 1; k <= seen; k++) {
      log += Math.log(mean / k);
      sum += Math.exp(log);
    }
    return sum;
  }
}
