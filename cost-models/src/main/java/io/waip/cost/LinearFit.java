package io.waip.cost;

import io.waip.api.cost.CostPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits a {@link LinearLaw} by non-negative weighted least squares on the relative error.
 *
 * <p>Minimises {@code sum w_i * (c(b_i, L_i) / y_i - 1)^2} with {@code w_i = n_i / (n_i + 4)}, so
 * that a point of few samples counts less and a slow shape counts no more than a quick one. The
 * three coefficients have seven sets that may be positive; each is solved by its normal equations
 * and the best one without a negative coefficient is the optimum of the constrained problem (Lawson
 * and Hanson, Solving Least Squares Problems, 1974, chapter 23: at the optimum the positive
 * coefficients solve the unconstrained problem of their own columns).
 *
 * <p>Where the points leave the law open (one point, or one batch size only), the law that grows
 * fastest with the batch is taken, so that an unmeasured batch is not thought to be free.
 */
final class LinearFit {
  /** A point of this many samples has half the weight of an exact one. */
  private static final double SHRINKAGE_SAMPLES = 4;

  /** Two fits whose mean squared relative errors differ by less explain the points equally. */
  private static final double EQUAL_ERROR = 1e-12;

  /** Pivots below this share of the diagonal mean that columns depend on each other. */
  private static final double SINGULAR = 1e-12;

  private static final int COEFFICIENTS = 3;

  /** Sets of positive coefficients, as bits alpha 1, beta 2, gamma 4; fastest growing first. */
  private static final int[] SETS = {4, 2, 6, 5, 3, 7, 1};

  private final double[][] gram = new double[COEFFICIENTS][COEFFICIENTS];
  private final double[] moment = new double[COEFFICIENTS];
  private double weight;

  private LinearFit(List<CostPoint> points) {
    for (CostPoint point : points) {
      double w = point.samples() / (point.samples() + SHRINKAGE_SAMPLES);
      double[] row = {
        1 / point.nanos(),
        point.batch() / point.nanos(),
        (double) point.batch() * point.length() / point.nanos()
      };
      for (int i = 0; i < COEFFICIENTS; i++) {
        moment[i] += w * row[i];
        for (int j = 0; j < COEFFICIENTS; j++) {
          gram[i][j] += w * row[i] * row[j];
        }
      }
      weight += w;
    }
  }

  /**
   * Fits one variant.
   *
   * @param points at least one, all of the same variant
   */
  static LinearLaw of(List<CostPoint> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a fit needs at least one point");
    }
    return new LinearFit(points).best();
  }

  private LinearLaw best() {
    double[] best = {0, 0, 0};
    double bestError = Double.POSITIVE_INFINITY;
    for (int set : SETS) {
      double[] trial = solve(set);
      if (trial != null && isNonNegative(trial)) {
        double error = meanSquaredError(trial);
        if (error < bestError - EQUAL_ERROR) {
          best = trial;
          bestError = error;
        }
      }
    }
    return new LinearLaw(best[0], best[1], best[2]);
  }

  private double meanSquaredError(double[] c) {
    double sum = weight;
    for (int i = 0; i < COEFFICIENTS; i++) {
      sum -= 2 * c[i] * moment[i];
      for (int j = 0; j < COEFFICIENTS; j++) {
        sum += c[i] * gram[i][j] * c[j];
      }
    }
    return Math.max(0, sum) / weight;
  }

  /** Solves the normal equations of the columns in {@code set}; null if they are dependent. */
  private double @Nullable [] solve(int set) {
    double[][] a = new double[COEFFICIENTS][COEFFICIENTS];
    double[] x = new double[COEFFICIENTS];
    for (int i = 0; i < COEFFICIENTS; i++) {
      boolean in = (set >> i & 1) != 0;
      x[i] = in ? moment[i] : 0;
      for (int j = 0; j < COEFFICIENTS; j++) {
        a[i][j] = in && (set >> j & 1) != 0 ? gram[i][j] : 0;
      }
      a[i][i] = in ? gram[i][i] : 1;
    }
    return eliminate(a, x) ? x : null;
  }

  /** Gauss-Jordan without row exchange: the matrix is symmetric and positive. */
  private static boolean eliminate(double[][] a, double[] x) {
    double[] diagonal = new double[COEFFICIENTS];
    for (int i = 0; i < COEFFICIENTS; i++) {
      diagonal[i] = a[i][i];
    }
    for (int pivot = 0; pivot < COEFFICIENTS; pivot++) {
      if (a[pivot][pivot] <= SINGULAR * diagonal[pivot]) {
        return false;
      }
      for (int i = 0; i < COEFFICIENTS; i++) {
        double factor = i == pivot ? 0 : a[i][pivot] / a[pivot][pivot];
        for (int j = 0; j < COEFFICIENTS; j++) {
          a[i][j] -= factor * a[pivot][j];
        }
        x[i] -= factor * x[pivot];
      }
    }
    for (int i = 0; i < COEFFICIENTS; i++) {
      x[i] /= a[i][i];
    }
    return true;
  }

  private static boolean isNonNegative(double[] c) {
    return c[0] >= 0 && c[1] >= 0 && c[2] >= 0 && c[0] + c[1] + c[2] > 0;
  }
}
