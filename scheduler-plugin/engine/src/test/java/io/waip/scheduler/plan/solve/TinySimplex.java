package io.waip.scheduler.plan.solve;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A textbook simplex over a dense tableau, with Bland's rule: {@code max c x, A x <= b, x >= 0}. It
 * shares nothing with the solver that it judges.
 */
public final class TinySimplex {
  private static final double EPSILON = 1e-9;

  private final double[][] tableau;
  private final int[] basis;
  private final int columns;

  /** Rows hold the factors and, last, the right side. */
  private TinySimplex(List<double[]> rows, int variables) {
    columns = variables + rows.size() + 1;
    tableau = new double[rows.size() + 1][columns + 1];
    basis = new int[rows.size()];
    for (int r = 0; r < rows.size(); r++) {
      System.arraycopy(rows.get(r), 0, tableau[r], 0, variables);
      tableau[r][variables + r] = 1;
      tableau[r][columns - 1] = -1;
      tableau[r][columns] = rows.get(r)[variables];
      basis[r] = variables + r;
    }
  }

  /** Returns the optimum; empty where nothing is feasible. */
  public static OptionalDouble maximise(double[] objective, List<double[]> rows) {
    TinySimplex simplex = new TinySimplex(rows, objective.length);
    return simplex.feasible()
        ? OptionalDouble.of(simplex.optimum(objective))
        : OptionalDouble.empty();
  }

  private boolean feasible() {
    int worst = 0;
    for (int r = 1; r < basis.length; r++) {
      worst = tableau[r][columns] < tableau[worst][columns] ? r : worst;
    }
    if (basis.length == 0 || tableau[worst][columns] >= 0) {
      return true;
    }
    tableau[basis.length][columns - 1] = 1;
    pivot(worst, columns - 1);
    iterate(columns);
    if (tableau[basis.length][columns] < -EPSILON) {
      return false;
    }
    for (int r = 0; r < basis.length; r++) {
      for (int c = 0; basis[r] == columns - 1 && c < columns - 1; c++) {
        if (Math.abs(tableau[r][c]) > EPSILON) {
          pivot(r, c);
        }
      }
    }
    return true;
  }

  private double optimum(double[] objective) {
    double[] last = tableau[basis.length];
    Arrays.fill(last, 0);
    for (int c = 0; c < objective.length; c++) {
      last[c] = -objective[c];
    }
    for (int r = 0; r < basis.length; r++) {
      double factor = last[basis[r]];
      for (int c = 0; c <= columns; c++) {
        last[c] -= factor * tableau[r][c];
      }
    }
    iterate(columns - 1);
    return last[columns];
  }

  private void iterate(int usable) {
    for (int entering = entering(usable); entering >= 0; entering = entering(usable)) {
      int leaving = -1;
      for (int r = 0; r < basis.length; r++) {
        if (tableau[r][entering] > EPSILON && (leaving < 0 || precedes(r, leaving, entering))) {
          leaving = r;
        }
      }
      if (leaving < 0) {
        throw new IllegalStateException("unbounded");
      }
      pivot(leaving, entering);
    }
  }

  private boolean precedes(int row, int other, int entering) {
    double difference =
        tableau[row][columns] / tableau[row][entering]
            - tableau[other][columns] / tableau[other][entering];
    return difference < -1e-12 || (difference <= 1e-12 && basis[row] < basis[other]);
  }

  private int entering(int usable) {
    for (int c = 0; c < usable; c++) {
      if (tableau[basis.length][c] < -EPSILON) {
        return c;
      }
    }
    return -1;
  }

  private void pivot(int row, int column) {
    double by = tableau[row][column];
    for (int c = 0; c <= columns; c++) {
      tableau[row][c] /= by;
    }
    for (int r = 0; r <= basis.length; r++) {
      double factor = tableau[r][column];
      if (r != row && factor != 0) {
        for (int c = 0; c <= columns; c++) {
          tableau[r][c] -= factor * tableau[row][c];
        }
      }
    }
    basis[row] = column;
  }
}
