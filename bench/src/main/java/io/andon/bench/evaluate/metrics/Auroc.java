package io.andon.bench.evaluate.metrics;

import java.util.Arrays;

/**
 * Area under the receiver operating characteristic: the probability that an anomalous one scores
 * higher than a normal one, ties counted half (Mann-Whitney). Its standard error is after DeLong et
 * al. (Biometrics 1988), by midranks (Sun and Xu 2014), O(n log n).
 */
public final class Auroc {
  private Auroc() {}

  /**
   * The area.
   *
   * @param scores finite scores, higher is more anomalous
   * @param anomalous the truth, as many as scores
   * @return 0..1; NaN if one of the classes is empty
   */
  public static double of(double[] scores, boolean[] anomalous) {
    double[] ranks = midranks(scores);
    double sum = 0;
    long positives = 0;
    for (int i = 0; i < scores.length; i++) {
      if (anomalous[i]) {
        sum += ranks[i];
        positives++;
      }
    }
    long negatives = scores.length - positives;
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    return (sum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }

  /**
   * DeLong's standard error of the area; it takes the scores to be independent of each other.
   *
   * @return 0 or more; NaN if a class has fewer than two members
   */
  public static double standardError(double[] scores, boolean[] anomalous) {
    double[] positive = select(scores, anomalous, true);
    double[] negative = select(scores, anomalous, false);
    if (positive.length < 2 || negative.length < 2) {
      return Double.NaN;
    }
    double[] both = Arrays.copyOf(positive, scores.length);
    System.arraycopy(negative, 0, both, positive.length, negative.length);
    double[] overall = midranks(both);
    double[] amongPositive = midranks(positive);
    double[] amongNegative = midranks(negative);
    double[] ofPositive = new double[positive.length];
    for (int i = 0; i < positive.length; i++) {
      ofPositive[i] = (overall[i] - amongPositive[i]) / negative.length;
    }
    double[] ofNegative = new double[negative.length];
    for (int i = 0; i < negative.length; i++) {
      double above = overall[positive.length + i] - amongNegative[i];
      ofNegative[i] = 1 - above / positive.length;
    }
    return Math.sqrt(
        variance(ofPositive) / positive.length + variance(ofNegative) / negative.length);
  }

  /** Ranks from 1; equal scores share the mean of their ranks. */
  private static double[] midranks(double[] scores) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    double[] ranks = new double[scores.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  private static double[] select(double[] scores, boolean[] anomalous, boolean wanted) {
    double[] selected = new double[scores.length];
    int n = 0;
    for (int i = 0; i < scores.length; i++) {
      if (anomalous[i] == wanted) {
        selected[n++] = scores[i];
      }
    }
    return Arrays.copyOf(selected, n);
  }

  private static double variance(double[] values) {
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double delta = values[i] - mean;
      mean += delta / (i + 1);
      squares += delta * (values[i] - mean);
    }
    return squares / (values.length - 1);
  }
}
