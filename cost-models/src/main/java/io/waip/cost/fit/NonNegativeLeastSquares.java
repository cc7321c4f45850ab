package io.waip.cost.fit;

import java.util.Arrays;

/**
 * Least squares without negative coefficients, from the normal equations: minimises {@code x'Gx -
 * 2m'x} over {@code x >= 0}.
 *
 * <p>The active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974, chapter 23)
 * on the Gram matrix (Bro and de Jong, A fast non-negativity-constrained least squares algorithm,
 * Journal of Chemometrics, 1997). Columns that depend on each other share a coefficient: a
 * thousand-millionth of the diagonal is added to it.
 */
final class NonNegativeLeastSquares {
  private static final double JITTER = 1e-10;
  private static final double TOLERANCE = 1e-9;
  private static final int MAX_STEPS_PER_COLUMN = 10;

  private final double[][] gram;
  private final double[] moment;
  private final boolean[] positive;
  private double[] x;

  private NonNegativeLeastSquares(double[][] gram, double[] moment) {
    this.gram = gram;
    this.moment = moment;
    positive = new boolean[moment.length];
    x = new double[moment.length];
  }

  /**
   * Solves one problem.
   *
   * @param gram symmetric, no negative diagonal; not changed
   * @param moment as long as the matrix is wide; not changed
   */
  static double[] solve(double[][] gram, double[] moment) {
    return new NonNegativeLeastSquares(gram, moment).solve();
  }

  private double[] solve() {
    int budget = MAX_STEPS_PER_COLUMN * moment.length;
    for (int step = 0; step < budget; step++) {
      int next = steepest();
      if (next < 0) {
        break;
      }
      positive[next] = true;
      retreat();
    }
    return x;
  }

  /** Returns the column at zero whose growth lowers the error most, relative to its size. */
  private int steepest() {
    int best = -1;
    double bestGain = TOLERANCE;
    for (int j = 0; j < moment.length; j++) {
      if (!positive[j] && gram[j][j] > 0) {
        double gradient = moment[j];
        for (int k = 0; k < moment.length; k++) {
          gradient -= gram[j][k] * x[k];
        }
        double gain = gradient / Math.sqrt(gram[j][j]);
        if (gain > bestGain) {
          best = j;
          bestGain = gain;
        }
      }
    }
    return best;
  }

  /** Moves to the best point of the positive columns, dropping those that would turn negative. */
  private void retreat() {
    double[] target = unconstrained();
    int limit = firstToVanish(target);
    while (limit >= 0) {
      double step = share(limit, target);
      for (int j = 0; j < x.length; j++) {
        x[j] += step * (target[j] - x[j]);
      }
      positive[limit] = false;
      x[limit] = 0;
      target = unconstrained();
      limit = firstToVanish(target);
    }
    x = target;
  }

  /** Returns the column that reaches zero first on the way to the target; -1 if none does. */
  private int firstToVanish(double[] target) {
    int first = -1;
    for (int j = 0; j < target.length; j++) {
      boolean vanishes = positive[j] && target[j] <= 0;
      if (vanishes && (first < 0 || share(j, target) < share(first, target))) {
        first = j;
      }
    }
    return first;
  }

  /** Returns the share of the way to the target at which a column is zero. */
  private double share(int column, double[] target) {
    return x[column] <= 0 ? 0 : x[column] / (x[column] - target[column]);
  }

  private double[] unconstrained() {
    int[] columns = columns();
    double[][] part = new double[columns.length][columns.length];
    double[] right = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      right[i] = moment[columns[i]];
      for (int j = 0; j < columns.length; j++) {
        part[i][j] = gram[columns[i]][columns[j]];
      }
      part[i][i] *= 1 + JITTER;
    }
    double[] solution = Cholesky.of(part).solve(right);
    double[] whole = new double[moment.length];
    for (int i = 0; i < columns.length; i++) {
      whole[columns[i]] = solution[i];
    }
    return whole;
  }

  private int[] columns() {
    int[] columns = new int[positive.length];
    int count = 0;
    for (int j = 0; j < positive.length; j++) {
      if (positive[j]) {
        columns[count++] = j;
      }
    }
    return Arrays.copyOf(columns, count);
  }
}
