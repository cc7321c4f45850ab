package io.waip.cost.fit;

/**
 * What the residual of one shape says of another: the covariance of log residuals, a sum of
 * exponentials of the distance in log work, seen through each of the law's tiles, and of the
 * distance in log batch and log length.
 *
 * <p>The best guess under it is kriging (Matheron, Principles of Geostatistics, Economic Geology,
 * 1963). Along one axis and without noise it is nearly linear interpolation of the log residual
 * over the log of the work, falling back to the law away from all points.
 *
 * @param tokenDeviation standard deviation of the part that depends on the work, {@code > 0}
 * @param shapeDeviation standard deviation of the part that depends on batch and length apart
 * @param range log units over which a covariance falls by the factor e, {@code > 0}
 * @param noise standard deviation of what is of one point alone, {@code > 0}
 */
record ResidualField(double tokenDeviation, double shapeDeviation, double range, double noise) {
  /**
   * Values between which the error hardly moves; chosen on the profiles of Vidur and the tables of
   * Splitwise (docs/cost-models.md).
   */
  static final ResidualField DEFAULT = new ResidualField(0.2, 0.1, 3, 0.04);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is not positive and finite
   */
  ResidualField {
    for (double part : new double[] {tokenDeviation, shapeDeviation, range, noise}) {
      if (!(part > 0) || part == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "the parts of a residual field must be positive and finite, one is " + part);
      }
    }
  }

  /**
   * Returns where a shape lies: batch, length, and work in tiles of each period, each to the power
   * {@code 1 / range}, so that a covariance is a ratio.
   */
  double[] position(LawForm form, int batch, int length) {
    double[] position = new double[2 + form.periods().size()];
    position[0] = Math.pow(batch, 1 / range);
    position[1] = Math.pow(length, 1 / range);
    double work = LawTerm.work(form.phase(), batch, length);
    for (int p = 0; p < form.periods().size(); p++) {
      position[2 + p] = Math.pow(LawTerm.tiles(work, form.periods().get(p)), 1 / range);
    }
    return position;
  }

  /** Returns the covariance of two positions under one form, without the noise. */
  double covariance(double[] a, double[] b) {
    double sum = 0;
    for (int p = 2; p < a.length; p++) {
      sum += decay(a[p], b[p]);
    }
    return tokenDeviation * tokenDeviation / (a.length - 2) * sum
        + shapeDeviation * shapeDeviation * decay(a[0], b[0]) * decay(a[1], b[1]);
  }

  /** Returns {@code exp(-|log x - log y| / range)}. */
  private static double decay(double a, double b) {
    return a < b ? a / b : b / a;
  }
}
