package io.andon.embedding.model.importer;

/** Mean and covariance of vectors in one pass, by Welford's update. */
final class CovarianceAccumulator {
  private final int dimensions;
  private final double[] mean;
  private final double[] before;
  private final double[][] products;
  private long count;

  CovarianceAccumulator(int dimensions) {
    this.dimensions = dimensions;
    this.mean = new double[dimensions];
    this.before = new double[dimensions];
    this.products = new double[dimensions][dimensions];
  }

  /** Takes the vector that starts at an offset. */
  void add(float[] values, int offset) {
    count++;
    for (int i = 0; i < dimensions; i++) {
      before[i] = values[offset + i] - mean[i];
      mean[i] += before[i] / count;
    }
    for (int i = 0; i < dimensions; i++) {
      double after = values[offset + i] - mean[i];
      for (int j = 0; j <= i; j++) {
        products[i][j] += after * before[j];
      }
    }
  }

  long count() {
    return count;
  }

  double[] mean() {
    return mean.clone();
  }

  /** The full, symmetric covariance. */
  double[][] covariance() {
    double[][] covariance = new double[dimensions][dimensions];
    for (int i = 0; i < dimensions; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = products[i][j] / (count - 1);
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }
}
