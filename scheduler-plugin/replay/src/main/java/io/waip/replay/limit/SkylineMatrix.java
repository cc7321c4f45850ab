package io.waip.replay.limit;

import java.util.Arrays;

/**
 * A symmetric positive definite matrix of which each row keeps the entries from a first column to
 * the diagonal. Its Cholesky factor has the same shape (A. Jennings, "A compact storage scheme for
 * the solution of symmetric linear simultaneous equations", The Computer Journal, 1966), so rows
 * that lie far apart cost nothing. Not safe for several threads.
 */
final class SkylineMatrix {
  private static final double LEAST_PIVOT = 1e-15;

  private final int[] first;
  private final double[][] rows;

  /**
   * Makes a matrix of zeros.
   *
   * @param first column of each row, {@code <=} the row
   */
  SkylineMatrix(int[] first) {
    this.first = first;
    rows = new double[first.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[i - first[i] + 1];
    }
  }

  void clear() {
    for (double[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /** Adds to an entry and, off the diagonal, to its mirror image. */
  void add(int i, int j, double amount) {
    int low = Math.max(i, j);
    rows[low][Math.min(i, j) - first[low]] += amount;
  }

  /**
   * Adds a multiple of {@code v v^T} in some rows and columns.
   *
   * @param indexes ascending from one position to another, the last excluded
   * @param v entry for each of them, from 0 on
   */
  void addOuter(int[] indexes, int from, int to, double[] v, double factor) {
    for (int j = from; j < to; j++) {
      double[] row = rows[indexes[j]];
      int start = first[indexes[j]];
      double share = factor * v[j - from];
      for (int k = from; k <= j; k++) {
        row[indexes[k] - start] += share * v[k - from];
      }
    }
  }

  /** Replaces the matrix by its Cholesky factor. */
  void factorise() {
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      for (int j = first[i]; j < i; j++) {
        row[j - first[i]] = (row[j - first[i]] - dot(i, j)) / rows[j][j - first[j]];
      }
      double own = row[i - first[i]];
      double pivot = own - dot(i, i);
      // A pivot lost to rounding belongs to a row without influence: its unknown becomes 0.
      row[i - first[i]] = pivot > LEAST_PIVOT * own ? Math.sqrt(pivot) : Double.MAX_VALUE;
    }
  }

  /** Multiplies what rows i and j have left of column j. */
  private double dot(int i, int j) {
    double[] one = rows[i];
    double[] other = rows[j];
    int from = Math.max(first[i], first[j]);
    int oneAt = from - first[i];
    int otherAt = from - first[j];
    int count = j - from;
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int k = 0;
    // Four sums, since one would make each addition wait for the one before.
    for (; k + 3 < count; k += 4) {
      sum0 += one[oneAt + k] * other[otherAt + k];
      sum1 += one[oneAt + k + 1] * other[otherAt + k + 1];
      sum2 += one[oneAt + k + 2] * other[otherAt + k + 2];
      sum3 += one[oneAt + k + 3] * other[otherAt + k + 3];
    }
    for (; k < count; k++) {
      sum0 += one[oneAt + k] * other[otherAt + k];
    }
    return sum0 + sum1 + sum2 + sum3;
  }

  /** Solves for a right-hand side, which becomes the solution; after {@link #factorise}. */
  void solve(double[] right) {
    for (int i = 0; i < rows.length; i++) {
      double sum = right[i];
      for (int j = first[i]; j < i; j++) {
        sum -= rows[i][j - first[i]] * right[j];
      }
      right[i] = sum / rows[i][i - first[i]];
    }
    for (int i = rows.length - 1; i >= 0; i--) {
      right[i] /= rows[i][i - first[i]];
      for (int j = first[i]; j < i; j++) {
        right[j] -= rows[i][j - first[i]] * right[i];
      }
    }
  }
}
