package io.waip.cost.fit;

/** A fitted law with the residual field of the shapes it was fitted to. Immutable. */
final class Component {
  private final double[] coefficients;
  private final double[] pulls;

  /**
   * Takes the parts.
   *
   * @param coefficients of the terms of the form, nanoseconds {@code >= 0}; not copied
   * @param pulls weight of the covariance with each shape of the design, 0 for shapes held out; not
   *     copied
   */
  Component(double[] coefficients, double[] pulls) {
    this.coefficients = coefficients;
    this.pulls = pulls;
  }

  /** Returns the coefficients of the terms; not to be changed. */
  double[] coefficients() {
    return coefficients;
  }

  /** Returns the log of the predicted nanoseconds. */
  double logNanos(Sight sight) {
    return Math.log(dot(coefficients, sight.factors())) + dot(pulls, sight.covariances());
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
