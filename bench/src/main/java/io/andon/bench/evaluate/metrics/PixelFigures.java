package io.andon.bench.evaluate.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Pixel AUROC and AUPRO of many pictures in bounded memory. Values are counted in bins as wide as
 * 0.05 % of the value, and those of one bin are tied.
 *
 * <p>AUPRO is after Bergmann et al. (IJCV 2021): the mean share of each connected region that is
 * found, over the false-positive rate of normal pixels, integrated up to a limit and divided by it.
 */
public final class PixelFigures {
  private static final int DROPPED_BITS = 12;
  private static final int BINS = 1 << (32 - DROPPED_BITS);

  private final long[] normal = new long[BINS];
  private final long[] anomalous = new long[BINS];
  private final double[] overlap = new double[BINS];
  private long normals;
  private long anomalies;
  private long regions;

  /**
   * Adds a picture.
   *
   * @param heat a value a pixel, row-major, not NaN
   * @param mask true where anomalous; null for a picture that is normal all over
   */
  public void add(float[] heat, int width, int height, boolean @Nullable [] mask) {
    if (mask == null) {
      for (float value : heat) {
        normal[bin(value)]++;
      }
      normals += heat.length;
      return;
    }
    Regions found = Regions.of(mask, width, height);
    regions += found.count();
    for (int pixel = 0; pixel < heat.length; pixel++) {
      int bin = bin(heat[pixel]);
      int size = found.sizeAt(pixel);
      if (size == 0) {
        normal[bin]++;
        normals++;
      } else {
        anomalous[bin]++;
        anomalies++;
        overlap[bin] += 1.0 / size;
      }
    }
  }

  /**
   * Floats in the order of their bits: the sign is turned for positives, all bits for negatives.
   */
  private static int bin(float value) {
    int bits = Float.floatToIntBits(value);
    int ordered = bits >= 0 ? bits ^ Integer.MIN_VALUE : ~bits;
    return ordered >>> DROPPED_BITS;
  }

  /** Whether there are pixels of both kinds. */
  public boolean isMeasured() {
    return normals > 0 && anomalies > 0;
  }

  /** Area under the ROC of all pixels; NaN if a class is empty. */
  public double auroc() {
    double wins = 0;
    long below = 0;
    for (int bin = 0; bin < BINS; bin++) {
      wins += anomalous[bin] * (below + normal[bin] / 2.0);
      below += normal[bin];
    }
    return wins / ((double) normals * anomalies);
  }

  /**
   * Normalised area under the per-region overlap.
   *
   * @param limit highest false-positive rate, above 0, at most 1
   * @return 0..1; NaN if there are no regions or no normal pixels
   */
  public double aupro(double limit) {
    if (!isMeasured()) {
      return Double.NaN;
    }
    double area = 0;
    double rate = 0;
    double found = 0;
    long above = 0;
    double overlapping = 0;
    for (int bin = BINS - 1; bin >= 0; bin--) {
      if (normal[bin] == 0 && anomalous[bin] == 0) {
        continue;
      }
      above += normal[bin];
      overlapping += overlap[bin];
      double nextRate = (double) above / normals;
      double nextFound = overlapping / regions;
      if (nextRate >= limit) {
        double part = (limit - rate) / (nextRate - rate);
        double atLimit = found + part * (nextFound - found);
        return (area + (limit - rate) * (found + atLimit) / 2) / limit;
      }
      area += (nextRate - rate) * (found + nextFound) / 2;
      rate = nextRate;
      found = nextFound;
    }
    return area / limit;
  }
}
