package io.andon.embedding.model.importer;

import io.andon.embedding.model.Whitening;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * PCA whitening with shrinkage: the directions of most variance, each divided by the root of its
 * variance plus a share of the mean variance, so that directions of little variance (which hold
 * more noise than picture) are not blown up to the size of the others.
 */
final class WhiteningEstimate {
  private final int outputs;
  private final double shrinkage;
  private final float step;

  /**
   * @param outputs dimensions to keep
   * @param shrinkage what is added to each variance, as a share of the mean variance
   * @param step what one int8 step is worth, standard deviations
   */
  WhiteningEstimate(int outputs, double shrinkage, float step) {
    this.outputs = outputs;
    this.shrinkage = shrinkage;
    this.step = step;
  }

  Whitening of(CovarianceAccumulator samples, String id, String provenance) {
    double[][] covariance = samples.covariance();
    int inputs = covariance.length;
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
    double[] variances = eigen.getRealEigenvalues();
    double total = 0;
    for (double variance : variances) {
      total += variance;
    }
    double added = shrinkage * total / inputs;
    float[] matrix = new float[outputs * inputs];
    for (int out = 0; out < outputs; out++) {
      double[] direction = eigen.getEigenvector(out).toArray();
      double gain = signOf(direction) / Math.sqrt(Math.max(0, variances[out]) + added);
      for (int in = 0; in < inputs; in++) {
        matrix[out * inputs + in] = (float) (direction[in] * gain);
      }
    }
    float[] mean = new float[inputs];
    double[] exact = samples.mean();
    for (int in = 0; in < inputs; in++) {
      mean[in] = (float) exact[in];
    }
    return new Whitening(id, inputs, outputs, step, mean, matrix, provenance);
  }

  /** An eigenvector's sign is free; the largest component is made positive. */
  private static double signOf(double[] direction) {
    double largest = 0;
    for (double component : direction) {
      if (Math.abs(component) > Math.abs(largest)) {
        largest = component;
      }
    }
    return largest < 0 ? -1 : 1;
  }
}
