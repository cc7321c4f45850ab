package io.waip.cost.fit;

import java.util.Arrays;

/**
 * A component fitted to a part of the shapes of a design, and its leave-one-out error there.
 *
 * <p>With {@code P} the inverse of the covariance of all shapes, {@code S} those of the part and
 * {@code H} those held out, the inverse of the covariance of {@code S} is {@code P_SS - P_SH
 * P_HH^-1 P_HS}. The error of kriging at shape {@code i} from the others of {@code S} is {@code
 * pull_i / inverse_ii} (Dubrule, Cross validation of kriging in a unique neighborhood, Mathematical
 * Geology, 1983); the law is not fitted again for it.
 */
final class ComponentFit {
  private final FormDesign design;
  private final int[] rows;
  private final int[] held;
  private final double[] coefficients;
  private final double[] pulls;
  private final double[] variances;

  private ComponentFit(FormDesign design, int[] rows, int[] held, double[] coefficients) {
    this.design = design;
    this.rows = rows;
    this.held = held;
    this.coefficients = coefficients;
    pulls = new double[design.size()];
    variances = new double[design.size()];
    krige(residuals());
  }

  /**
   * Fits one form.
   *
   * @param held ascending rows of the design to leave out; fewer than all
   */
  static ComponentFit of(FormDesign design, int[] held, RidgePoint ridge) {
    int[] rows = others(design.size(), held);
    return new ComponentFit(design, rows, held, LawFit.fit(design, rows, ridge));
  }

  /**
   * Returns a component of given coefficients, with the field of the shapes about its law.
   *
   * @param held ascending rows of the design to leave out; fewer than all
   */
  static Component restore(FormDesign design, int[] held, double[] coefficients) {
    int[] rows = others(design.size(), held);
    return new ComponentFit(design, rows, held, coefficients).component();
  }

  Component component() {
    return new Component(coefficients, pulls);
  }

  /** Returns the root mean square of the leave-one-out errors, log units. */
  double leaveOneOutError() {
    double sum = 0;
    for (int row : rows) {
      double error = pulls[row] / variances[row];
      sum += error * error;
    }
    return Math.sqrt(sum / rows.length);
  }

  private double[] residuals() {
    double[] residuals = new double[design.size()];
    for (int row : rows) {
      double law = Component.dot(coefficients, design.factors(row));
      residuals[row] = Math.log(design.nanos(row) / law);
    }
    return residuals;
  }

  private void krige(double[] residuals) {
    double[][] precision = design.precision();
    Cholesky heldPart = Cholesky.of(part(precision));
    double[] seen = new double[held.length];
    for (int h = 0; h < held.length; h++) {
      seen[h] = Component.dot(precision[held[h]], residuals);
    }
    double[] correction = heldPart.solve(seen);
    for (int row : rows) {
      double[] toHeld = new double[held.length];
      for (int h = 0; h < held.length; h++) {
        toHeld[h] = precision[row][held[h]];
      }
      pulls[row] = Component.dot(precision[row], residuals) - Component.dot(toHeld, correction);
      variances[row] = precision[row][row] - Component.dot(toHeld, heldPart.solve(toHeld));
    }
  }

  private double[][] part(double[][] precision) {
    double[][] part = new double[held.length][held.length];
    for (int i = 0; i < held.length; i++) {
      for (int j = 0; j < held.length; j++) {
        part[i][j] = precision[held[i]][held[j]];
      }
    }
    return part;
  }

  private static int[] others(int size, int[] held) {
    boolean[] out = new boolean[size];
    for (int row : held) {
      out[row] = true;
    }
    int[] others = new int[size];
    int count = 0;
    for (int row = 0; row < size; row++) {
      if (!out[row]) {
        others[count++] = row;
      }
    }
    return Arrays.copyOf(others, count);
  }
}
