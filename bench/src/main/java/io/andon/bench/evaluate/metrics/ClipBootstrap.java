package io.andon.bench.evaluate.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Standard error of a micro AUROC over frames that come in clips: whole clips are drawn anew, with
 * replacement, because the frames of one clip are correlated.
 */
public final class ClipBootstrap {
  private static final int DRAWS = 2_000;

  private ClipBootstrap() {}

  /**
   * The standard deviation of the area over the draws that hold both classes.
   *
   * @param scores finite scores
   * @param anomalous the truth
   * @param clip which clip each frame is of, 0..clips-1
   * @param clips number of clips
   * @param seed decides the draws
   * @return 0 or more; NaN with fewer than two clips
   */
  public static double standardError(
      double[] scores, boolean[] anomalous, int[] clip, int clips, long seed) {
    if (clips < 2) {
      return Double.NaN;
    }
    double[][] wins = new double[clips][clips];
    double[][] positive = new double[clips][];
    double[][] negative = new double[clips][];
    for (int c = 0; c < clips; c++) {
      positive[c] = sorted(scores, anomalous, clip, c, true);
      negative[c] = sorted(scores, anomalous, clip, c, false);
    }
    for (int p = 0; p < clips; p++) {
      for (int n = 0; n < clips; n++) {
        wins[p][n] = wins(positive[p], negative[n]);
      }
    }
    SplittableRandom random = new SplittableRandom(seed);
    double mean = 0;
    double squares = 0;
    int used = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] times = new int[clips];
      for (int i = 0; i < clips; i++) {
        times[random.nextInt(clips)]++;
      }
      double area = area(times, wins, positive, negative);
      if (!Double.isNaN(area)) {
        double delta = area - mean;
        mean += delta / ++used;
        squares += delta * (area - mean);
      }
    }
    return used < 2 ? Double.NaN : Math.sqrt(squares / (used - 1));
  }

  private static double area(
      int[] times, double[][] wins, double[][] positive, double[][] negative) {
    double sum = 0;
    double positives = 0;
    double negatives = 0;
    for (int p = 0; p < times.length; p++) {
      positives += (double) times[p] * positive[p].length;
      negatives += (double) times[p] * negative[p].length;
      for (int n = 0; n < times.length; n++) {
        sum += (double) times[p] * times[n] * wins[p][n];
      }
    }
    return positives == 0 || negatives == 0 ? Double.NaN : sum / (positives * negatives);
  }

  private static double[] sorted(
      double[] scores, boolean[] anomalous, int[] clip, int wanted, boolean positive) {
    double[] selected = new double[scores.length];
    int n = 0;
    for (int i = 0; i < scores.length; i++) {
      if (clip[i] == wanted && anomalous[i] == positive) {
        selected[n++] = scores[i];
      }
    }
    double[] sorted = Arrays.copyOf(selected, n);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Pairs in which the positive one is higher; ties count half. Both sorted. */
  private static double wins(double[] positive, double[] negative) {
    double wins = 0;
    int below = 0;
    int upTo = 0;
    for (double score : positive) {
      while (below < negative.length && negative[below] < score) {
        below++;
      }
      while (upTo < negative.length && negative[upTo] <= score) {
        upTo++;
      }
      wins += (below + upTo) / 2.0;
    }
    return wins;
  }
}
