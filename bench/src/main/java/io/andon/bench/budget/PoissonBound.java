package io.andon.bench.budget;

/** Exact confidence bound of a Poisson mean (Garwood, Biometrika 1936). */
final class PoissonBound {
  private static final double TAIL = 0.05;

  private PoissonBound() {}

  /** The one-sided upper 95 % bound of the mean when {@code events} were counted. */
  static double upper95(int events) {
    double low = events;
    double high = events + 10 + 5 * Math.sqrt(events);
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (atMost(events, middle) > TAIL) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Probability of at most so many events. */
  private static double atMost(int events, double mean) {
    double logTerm = -mean;
    double sum = StrictMath.exp(logTerm);
    for (int k = 1; k <= events; k++) {
      logTerm += StrictMath.log(mean / k);
      sum += StrictMath.exp(logTerm);
    }
    return sum;
  }
}
