package io.waip.replay.limit;

/** The simplex method on a full tableau by Bland's rule, for programs with a few dozen rows. */
final class DenseSimplex {
  private static final double EPSILON = 1e-10;

  private DenseSimplex() {}

  /**
   * Returns the largest {@code c x} with {@code A x <= b} and {@code x >= 0}; b is {@code >= 0}.
   */
  static double maximum(double[] c, double[][] a, double[] b) {
    int n = c.length;
    int m = b.length;
    double[][] tableau = new double[m + 1][n + m + 1];
    int[] basis = new int[m];
    for (int r = 0; r < m; r++) {
      System.arraycopy(a[r], 0, tableau[r], 0, n);
      tableau[r][n + r] = 1;
      tableau[r][n + m] = b[r];
      basis[r] = n + r;
    }
    for (int j = 0; j < n; j++) {
      tableau[m][j] = -c[j];
    }
    for (int j = entering(tableau[m]); j >= 0; j = entering(tableau[m])) {
      pivot(tableau, basis, leaving(tableau, basis, j), j);
    }
    return tableau[m][n + m];
  }

  private static int entering(double[] costs) {
    for (int j = 0; j < costs.length - 1; j++) {
      if (costs[j] < -EPSILON) {
        return j;
      }
    }
    return -1;
  }

  private static int leaving(double[][] tableau, int[] basis, int j) {
    int found = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int r = 0; r < basis.length; r++) {
      if (tableau[r][j] > EPSILON) {
        double ratio = tableau[r][tableau[r].length - 1] / tableau[r][j];
        if (ratio < least - EPSILON || (ratio < least + EPSILON && basis[r] < basis[found])) {
          least = Math.min(least, ratio);
          found = r;
        }
      }
    }
    return found;
  }

  private static void pivot(double[][] tableau, int[] basis, int row, int column) {
    double by = tableau[row][column];
    for (int j = 0; j < tableau[row].length; j++) {
      tableau[row][j] /= by;
    }
    for (int r = 0; r < tableau.length; r++) {
      double factor = tableau[r][column];
      if (r != row && factor != 0) {
        for (int j = 0; j < tableau[r].length; j++) {
          tableau[r][j] -= factor * tableau[row][j];
        }
      }
    }
    basis[row] = column;
  }
}
