package io.andon.detection;

/**
 * Eigenvalues and vectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan,
 * Matrix Computations, 8.5), smallest value first. Only additions, multiplications, divisions and
 * square roots in a fixed order, so every JVM gives the same bits. Some 60 ms for 120 rows.
 */
final class SymmetricEigen {
  private static final int MAX_SWEEPS = 30;
  private static final double NEGLIGIBLE = 1e-20;

  private final double[] values;
  private final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /** The decomposition; the matrix is overwritten. */
  static SymmetricEigen of(double[][] matrix) {
    int n = matrix.length;
    double[][] vectors = new double[n][n];
    double total = 0;
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
      for (double value : matrix[i]) {
        total += value * value;
      }
    }
    for (int sweep = 0; sweep < MAX_SWEEPS && offDiagonal(matrix) > NEGLIGIBLE * total; sweep++) {
      for (int p = 0; p < n - 1; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(matrix, vectors, p, q);
        }
      }
    }
    return sorted(matrix, vectors);
  }

  private static double offDiagonal(double[][] matrix) {
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += 2 * matrix[i][j] * matrix[i][j];
      }
    }
    return sum;
  }

  /** Makes element (p, q) zero; vectors are kept as rows. */
  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    double element = a[p][q];
    if (element == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * element);
    double t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (double[] row : a) {
      double before = row[p];
      row[p] = c * before - s * row[q];
      row[q] = s * before + c * row[q];
    }
    turn(a[p], a[q], c, s);
    turn(vectors[p], vectors[q], c, s);
    a[p][q] = 0;
    a[q][p] = 0;
  }

  private static void turn(double[] first, double[] second, double c, double s) {
    for (int i = 0; i < first.length; i++) {
      double before = first[i];
      first[i] = c * before - s * second[i];
      second[i] = s * before + c * second[i];
    }
  }

  private static SymmetricEigen sorted(double[][] matrix, double[][] vectors) {
    int n = matrix.length;
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double value = matrix[i][i];
      double[] vector = vectors[i];
      int at = i;
      while (at > 0 && values[at - 1] > value) {
        values[at] = values[at - 1];
        vectors[at] = vectors[at - 1];
        at--;
      }
      values[at] = value;
      vectors[at] = vector;
    }
    return new SymmetricEigen(values, vectors);
  }

  /** Eigenvalue number {@code i}, counted from the smallest. */
  double value(int i) {
    return values[i];
  }

  /** Component {@code component} of the unit vector that belongs to {@link #value value(i)}. */
  double vector(int i, int component) {
    return vectors[i][component];
  }
}
