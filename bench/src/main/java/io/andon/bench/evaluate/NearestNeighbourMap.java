package io.andon.bench.evaluate;

import io.andon.detection.Observation;
import java.util.SplittableRandom;

/**
 * The plainest patch memory, to compare with: a cell's heat is the distance to the nearest of all
 * normal cells, wherever they were seen (a random sample of them).
 */
final class NearestNeighbourMap {
  private static final int MOST_CELLS = 2_048;

  private final SplittableRandom random;
  private final byte[][] bank = new byte[MOST_CELLS][];
  private long offered;
  private float[] transposed = new float[0];
  private float[] halfNorms = new float[0];

  /**
   * @param seed decides which normal cells are kept
   */
  NearestNeighbourMap(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Offers the cells of a normal picture (reservoir sampling). */
  void learn(Observation normal) {
    int channels = normal.channels();
    for (int cell = 0; cell < normal.rows() * normal.columns(); cell++) {
      long place = offered < MOST_CELLS ? offered : random.nextLong(offered + 1);
      offered++;
      if (place < MOST_CELLS) {
        byte[] features = new byte[channels];
        System.arraycopy(normal.patches(), cell * channels, features, 0, channels);
        bank[(int) place] = features;
      }
    }
    transposed = new float[0];
  }

  /** Heat of every cell, row-major: Euclidean distances in int8 steps. */
  double[] of(Observation frame) {
    int size = (int) Math.min(MOST_CELLS, offered);
    int channels = frame.channels();
    if (transposed.length == 0) {
      transpose(size, channels);
    }
    double[] heat = new double[frame.rows() * frame.columns()];
    float[] sums = new float[size];
    for (int cell = 0; cell < heat.length; cell++) {
      System.arraycopy(halfNorms, 0, sums, 0, size);
      double norm = 0;
      for (int d = 0; d < channels; d++) {
        float value = frame.patches()[cell * channels + d];
        norm += value * value;
        int row = d * size;
        for (int i = 0; i < size; i++) {
          sums[i] -= value * transposed[row + i];
        }
      }
      float least = Float.MAX_VALUE;
      for (int i = 0; i < size; i++) {
        least = Math.min(least, sums[i]);
      }
      heat[cell] = Math.sqrt(Math.max(0, norm + 2 * least));
    }
    return heat;
  }

  /** Dimension by dimension, so that the inner loop runs over neighbours. */
  private void transpose(int size, int channels) {
    transposed = new float[size * channels];
    halfNorms = new float[size];
    for (int i = 0; i < size; i++) {
      float squares = 0;
      for (int d = 0; d < channels; d++) {
        float value = bank[i][d];
        transposed[d * size + i] = value;
        squares += value * value;
      }
      halfNorms[i] = squares / 2;
    }
  }
}
