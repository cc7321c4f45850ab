package io.waip.cost.fit;

/**
 * A symmetric positive matrix as the product of a triangle and its mirror.
 *
 * <p>A pivot that rounding has made too small is raised to a share of its diagonal, which leaves
 * the solution of dependent columns finite.
 */
final class Cholesky {
  private static final double LEAST_PIVOT = 1e-13;

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /**
   * Takes a matrix apart.
   *
   * @param matrix square and symmetric, its diagonal {@code > 0}; not changed
   */
  static Cholesky of(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] =
            i == j ? Math.sqrt(Math.max(sum, LEAST_PIVOT * matrix[i][i])) : sum / lower[j][j];
      }
    }
    return new Cholesky(lower);
  }

  /** Returns x with {@code A x = right}. */
  double[] solve(double[] right) {
    int n = lower.length;
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }

  /** Returns the inverse of the matrix. */
  double[][] inverse() {
    int n = lower.length;
    double[][] inverse = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      inverse[i] = solve(unit);
    }
    return inverse;
  }
}
