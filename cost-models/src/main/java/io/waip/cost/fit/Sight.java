package io.waip.cost.fit;

/** A shape under one form, seen from the shapes of a {@link FormDesign}. */
final class Sight {
  private final double[] factors;
  private final double[] covariances;

  /**
   * Takes both views.
   *
   * @param factors of the terms of the form; not copied
   * @param covariances with the shapes of the design; not copied
   */
  Sight(double[] factors, double[] covariances) {
    this.factors = factors;
    this.covariances = covariances;
  }

  /** Returns the factors of the terms; not to be changed. */
  double[] factors() {
    return factors;
  }

  /** Returns the covariances with the shapes of the design; not to be changed. */
  double[] covariances() {
    return covariances;
  }
}
