package io.andon.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scenes of a still set: the signatures of many single pictures, compared by the Mahalanobis
 * distance of their own covariance, to the few nearest of them. Parts of one kind differ from each
 * other in a few ways that go together; a defect that no single cell gives away differs in another.
 *
 * <p>The covariance is learnt again whenever the pictures have grown by an eighth. A signature is
 * of two blocks, means and deviations ({@link SceneSignature}); to each axis a share of the mean
 * variance of its block is added, after Ledoit and Wolf (2004), so that few pictures do not make
 * directions without any variance. One odd picture among the normal ones must not hide all that
 * resemble it: from some dozens of pictures on, the distance is the mean of that to several.
 */
final class WhitenedScene implements SceneMemory {
  private static final double SHRINKAGE = 0.1;

  /** A variance that is nothing but the rounding of int8 values. */
  private static final double ROUNDING = 1.0 / 12;

  private static final int GROWTH = 8;
  private static final int MOST_SIGNATURES = 1_024;
  private static final int MOST_NEIGHBOURS = 3;
  private static final int PICTURES_A_NEIGHBOUR = 64;

  private final int values;
  private final int capacity;
  private final List<byte[]> signatures = new ArrayList<>();
  private final List<float[]> whitened = new ArrayList<>();

  /** Its remainder by the capacity is the next one's place: the oldest's, once all are taken. */
  private long learnt;

  private long fitted;
  private @Nullable Covariance covariance;

  /**
   * @param values values of a signature, even
   * @param capacity signatures that are kept, 1..1,024; the oldest makes room
   */
  WhitenedScene(int values, int capacity) {
    this.values = values;
    this.capacity = capacity;
  }

  @Override
  public double distance(byte[] signature) {
    if (covariance == null) {
      return 0;
    }
    float[] at = covariance.whitened(signature);
    int neighbours = Math.min(MOST_NEIGHBOURS, 1 + signatures.size() / PICTURES_A_NEIGHBOUR);
    double[] nearest = new double[neighbours];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (float[] other : whitened) {
      insert(nearest, squared(at, other));
    }
    double sum = 0;
    for (double square : nearest) {
      sum += Math.sqrt(square);
    }
    return sum / neighbours;
  }

  private static void insert(double[] ascending, double value) {
    for (int i = ascending.length - 1; i >= 0 && value < ascending[i]; i--) {
      if (i + 1 < ascending.length) {
        ascending[i + 1] = ascending[i];
      }
      ascending[i] = value;
    }
  }

  private static double squared(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Half with as many pictures as values: fewer say little of how the values go together. */
  @Override
  public double share() {
    return (double) signatures.size() / (signatures.size() + values);
  }

  @Override
  public void learn(byte[] signature, FrameStamp stamp) {
    byte[] kept = signature.clone();
    int place = (int) (learnt % capacity);
    if (place < signatures.size()) {
      signatures.set(place, kept);
    } else {
      signatures.add(kept);
      whitened.add(new float[0]);
    }
    learnt++;
    if (covariance == null || learnt >= fitted + Math.max(1, fitted / GROWTH)) {
      covariance = Covariance.of(signatures, values);
      fitted = learnt;
      whitenAll();
    } else {
      whitened.set(place, covariance.whitened(kept));
    }
  }

  private void whitenAll() {
    if (covariance != null) {
      for (int i = 0; i < signatures.size(); i++) {
        whitened.set(i, covariance.whitened(signatures.get(i)));
      }
    }
  }

  @Override
  public void write(SnapshotWriter out) {
    out.putInt(signatures.size());
    for (byte[] signature : signatures) {
      out.putBytes(signature);
    }
    out.putLong(learnt);
    out.putLong(fitted);
    out.putBoolean(covariance != null);
    if (covariance != null) {
      covariance.write(out);
    }
  }

  /** What was written under another capacity is kept as far as it fits, the newest of it. */
  @Override
  public void read(SnapshotReader in) throws SnapshotException {
    int count = in.takeInt("scene signatures", 0, MOST_SIGNATURES);
    for (int i = 0; i < count; i++) {
      signatures.add(in.takeBytes("scene signature", values, values));
      whitened.add(new float[0]);
    }
    learnt = in.takeLong();
    fitted = in.takeLong();
    covariance = in.takeBoolean() ? Covariance.read(in, values) : null;
    boolean cameRound = learnt != count;
    if (count > capacity || (cameRound && count < capacity)) {
      refill();
    }
    whitenAll();
  }

  /** Brings the oldest to the first place, of as many as fit, and counts on from there. */
  private void refill() {
    Collections.rotate(signatures, -Math.floorMod(learnt, Math.max(1, signatures.size())));
    int tooMany = Math.max(0, signatures.size() - capacity);
    signatures.subList(0, tooMany).clear();
    whitened.subList(0, tooMany).clear();
    learnt = signatures.size();
    fitted = learnt;
    covariance = signatures.isEmpty() ? null : Covariance.of(signatures, values);
  }

  /** Mean and Cholesky factor of a covariance. */
  private static final class Covariance {
    private final double[] mean;

    /** Lower triangle, row by row. */
    private final double[] factor;

    private Covariance(double[] mean, double[] factor) {
      this.mean = mean;
      this.factor = factor;
    }

    static Covariance of(List<byte[]> signatures, int values) {
      int n = signatures.size();
      int[] sums = new int[values];
      // Exact: at most 1,024 products of int8 values.
      int[] products = new int[row(values)];
      for (byte[] signature : signatures) {
        for (int i = 0; i < values; i++) {
          sums[i] += signature[i];
          int at = row(i);
          for (int j = 0; j <= i; j++) {
            products[at + j] += signature[i] * signature[j];
          }
        }
      }
      double[] mean = new double[values];
      double[] lower = new double[row(values)];
      for (int i = 0; i < values; i++) {
        mean[i] = (double) sums[i] / n;
        for (int j = 0; j <= i; j++) {
          long scaled = (long) n * products[row(i) + j] - (long) sums[i] * sums[j];
          lower[row(i) + j] = (double) scaled / n / n;
        }
      }
      shrink(lower, values);
      factorise(lower, values);
      return new Covariance(mean, lower);
    }

    private static int row(int i) {
      return i * (i + 1) / 2;
    }

    private static void shrink(double[] lower, int values) {
      int half = values / 2;
      for (int block = 0; block < 2; block++) {
        double trace = 0;
        for (int i = block * half; i < (block + 1) * half; i++) {
          trace += lower[row(i) + i];
        }
        for (int i = block * half; i < (block + 1) * half; i++) {
          lower[row(i) + i] += SHRINKAGE * trace / half + ROUNDING;
        }
      }
    }

    private static void factorise(double[] lower, int values) {
      for (int i = 0; i < values; i++) {
        for (int j = 0; j <= i; j++) {
          double rest = lower[row(i) + j];
          for (int k = 0; k < j; k++) {
            rest -= lower[row(i) + k] * lower[row(j) + k];
          }
          lower[row(i) + j] = i == j ? Math.sqrt(rest) : rest / lower[row(j) + j];
        }
      }
    }

    /** The signature in coordinates in which normal ones have unit variance. */
    float[] whitened(byte[] signature) {
      double[] solved = new double[mean.length];
      float[] result = new float[mean.length];
      for (int i = 0; i < mean.length; i++) {
        double rest = signature[i] - mean[i];
        int at = row(i);
        for (int k = 0; k < i; k++) {
          rest -= factor[at + k] * solved[k];
        }
        solved[i] = rest / factor[at + i];
        result[i] = (float) solved[i];
      }
      return result;
    }

    void write(SnapshotWriter out) {
      for (double value : mean) {
        out.putDouble(value);
      }
      for (double value : factor) {
        out.putDouble(value);
      }
    }

    static Covariance read(SnapshotReader in, int values) throws SnapshotException {
      double[] mean = new double[values];
      double[] factor = new double[row(values)];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = in.takeDouble();
      }
      for (int i = 0; i < factor.length; i++) {
        factor[i] = in.takeDouble();
      }
      return new Covariance(mean, factor);
    }
  }
}
