package io.andon.detection;

import io.andon.detection.kernel.Kernels;
import io.andon.detection.kernel.Projection;
import java.util.Arrays;
import java.util.List;

/**
 * A camera's own view of its patch features. Normal features fill some directions of the space and
 * leave others nearly empty; what is abnormal shows in the empty ones first. So features are turned
 * onto the principal axes of this camera's normal cells, only the axes of least variance are kept,
 * and each is scaled to unit variance (plus a share of the mean variance, so that axes that hold
 * nothing but rounding are not blown up), then rounded to int8. Learnt once from a few normal
 * pictures and not changed afterwards: prototypes of two projections can't be compared.
 *
 * <p>After the Mahalanobis distance of PaDiM (arXiv 2011.08785), with one covariance for the whole
 * picture, and Rippel et al. (2005.14140), who found the directions of least variance to tell most.
 * Deterministic: covariances are exact integer sums, the rest is strict floating point in a fixed
 * order.
 */
final class FeatureWhitening {
  /** Most values a projected cell has. */
  static final int MAX_OUTPUTS = 64;

  /** int8 steps of one standard deviation. */
  private static final float STEPS = 20;

  private static final double SHRINKAGE = 0.1;

  /** A variance that is nothing but the rounding of int8 features. */
  private static final double ROUNDING = 1.0 / 12;

  /**
   * Added to a spread, in int8 steps, so that an axis which pictures hardly show is not blown up.
   */
  private static final double LEAST_SPREAD = 10;

  /** Share of a picture's cells below one deviation under the median, and above one over it. */
  private static final double TAIL = 0.16;

  private static final int VALUES = 256;

  private final int inputs;
  private final int outputs;

  /** {@code inputs} rows of {@code outputs} values. */
  private final float[][] matrix;

  private final float[] bias;
  private final Projection projection;

  private FeatureWhitening(int inputs, int outputs, float[][] matrix, float[] bias) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.matrix = matrix;
    this.bias = bias;
    projection = Kernels.best().projection(matrix, bias);
  }

  /** How many values a cell of so many channels is projected to. */
  static int outputs(int channels) {
    return Math.min(MAX_OUTPUTS, channels);
  }

  /** The projection that changes nothing, for baselines that were learnt before there was one. */
  static FeatureWhitening identity(int channels) {
    float[][] matrix = new float[channels][channels];
    for (int i = 0; i < channels; i++) {
      matrix[i][i] = 1;
    }
    return new FeatureWhitening(channels, channels, matrix, new float[channels]);
  }

  /**
   * Learns a projection from pictures that show what is normal.
   *
   * @param grids patch features of each picture, at least one, {@code cells * channels} values each
   * @param channels values a cell, 1 or more
   */
  static FeatureWhitening of(List<byte[]> grids, int channels) {
    long[] sums = new long[channels];
    long[] products = new long[channels * channels];
    long cells = 0;
    for (byte[] grid : grids) {
      cells += grid.length / channels;
      accumulate(grid, channels, sums, products);
    }
    double[] mean = new double[channels];
    for (int i = 0; i < channels; i++) {
      mean[i] = (double) sums[i] / cells;
    }
    double[][] covariance = new double[channels][channels];
    double trace = 0;
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j <= i; j++) {
        // cells² * covariance is an exact integer: no cancellation.
        double scaled = (double) (cells * products[i * channels + j] - sums[i] * sums[j]);
        covariance[i][j] = scaled / cells / cells;
        covariance[j][i] = covariance[i][j];
      }
      trace += covariance[i][i];
    }
    return of(mean, covariance, SHRINKAGE * trace / channels + ROUNDING);
  }

  /**
   * The same axes, each scaled to what it spreads over within a picture, the outermost cells left
   * out, rather than to its deviation over all cells. A few cells, as a part's edge, or a few
   * pictures make up most of the deviation of some axes, on which all other cells are alike: a
   * defect there would count for little. The mean square of the gains is one, so that values fill
   * int8 as before.
   *
   * @param grids patch features of the pictures it was learnt from
   */
  FeatureWhitening scaledToSpreadOf(List<byte[]> grids) {
    double[] logs = new double[outputs];
    for (byte[] grid : grids) {
      byte[] seen = project(grid);
      for (int i = 0; i < outputs; i++) {
        logs[i] += StrictMath.log(spread(seen, i) + LEAST_SPREAD);
      }
    }
    double[] gains = new double[outputs];
    double squares = 0;
    for (int i = 0; i < outputs; i++) {
      gains[i] = StrictMath.exp(-logs[i] / grids.size());
      squares += gains[i] * gains[i];
    }
    double mean = Math.sqrt(squares / outputs);
    float[][] scaled = new float[inputs][outputs];
    float[] shifts = new float[outputs];
    for (int i = 0; i < outputs; i++) {
      double gain = gains[i] / mean;
      for (int in = 0; in < inputs; in++) {
        scaled[in][i] = (float) (matrix[in][i] * gain);
      }
      shifts[i] = (float) (bias[i] * gain);
    }
    return new FeatureWhitening(inputs, outputs, scaled, shifts);
  }

  /** Half of what lies between the tails of one output's values, in int8 steps. */
  private double spread(byte[] seen, int output) {
    int[] counts = new int[VALUES];
    for (int at = output; at < seen.length; at += outputs) {
      counts[seen[at] - Byte.MIN_VALUE]++;
    }
    int cells = seen.length / outputs;
    int tail = (int) (TAIL * cells);
    return (ranked(counts, cells - 1 - tail) - ranked(counts, tail)) / 2.0;
  }

  /** The value that so many others come before. */
  private static int ranked(int[] counts, int rank) {
    int value = 0;
    int seen = counts[0];
    while (seen <= rank) {
      value++;
      seen += counts[value];
    }
    return value;
  }

  private static void accumulate(byte[] grid, int channels, long[] sums, long[] products) {
    int[] row = new int[channels];
    for (int at = 0; at < grid.length; at += channels) {
      for (int i = 0; i < channels; i++) {
        row[i] = grid[at + i];
        sums[i] += row[i];
      }
      for (int i = 0; i < channels; i++) {
        long value = row[i];
        int offset = i * channels;
        for (int j = 0; j <= i; j++) {
          products[offset + j] += value * row[j];
        }
      }
    }
  }

  private static FeatureWhitening of(double[] mean, double[][] covariance, double added) {
    int inputs = mean.length;
    int outputs = outputs(inputs);
    SymmetricEigen eigen = SymmetricEigen.of(covariance);
    float[][] matrix = new float[inputs][outputs];
    float[] bias = new float[outputs];
    for (int out = 0; out < outputs; out++) {
      double gain = STEPS / Math.sqrt(Math.max(0, eigen.value(out)) + added);
      double shift = 0;
      for (int in = 0; in < inputs; in++) {
        double weight = eigen.vector(out, in) * gain;
        matrix[in][out] = (float) weight;
        shift -= weight * mean[in];
      }
      bias[out] = (float) shift;
    }
    return new FeatureWhitening(inputs, outputs, matrix, bias);
  }

  /** Whether both project every grid alike, bit for bit. */
  boolean isSameAs(FeatureWhitening other) {
    return Arrays.deepEquals(matrix, other.matrix) && Arrays.equals(bias, other.bias);
  }

  /** Values a projected cell has. */
  int outputs() {
    return outputs;
  }

  /** The projected grid, {@code cells * outputs} values. */
  byte[] project(byte[] grid) {
    return projection.project(grid);
  }

  void write(SnapshotWriter out) {
    out.putInt(inputs);
    out.putInt(outputs);
    for (float[] row : matrix) {
      for (float value : row) {
        out.putInt(Float.floatToIntBits(value));
      }
    }
    for (float value : bias) {
      out.putInt(Float.floatToIntBits(value));
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param channels values a cell has
   */
  static FeatureWhitening read(SnapshotReader in, int channels) throws SnapshotException {
    int inputs = in.takeInt("whitening inputs", channels, channels);
    int outputs = in.takeInt("whitening outputs", 1, channels);
    float[][] matrix = new float[inputs][outputs];
    float[] bias = new float[outputs];
    for (float[] row : matrix) {
      for (int i = 0; i < outputs; i++) {
        row[i] = Float.intBitsToFloat(in.takeInt());
      }
    }
    for (int i = 0; i < bias.length; i++) {
      bias[i] = Float.intBitsToFloat(in.takeInt());
    }
    return new FeatureWhitening(inputs, outputs, matrix, bias);
  }
}
