package io.waip.cost.fit;

import io.waip.cost.fit.LawTerm.Kind;
import java.util.Arrays;

/**
 * Fits the coefficients of a form by non-negative weighted least squares on the relative error:
 * minimises {@code sum w_i * (c(b_i, L_i) / y_i - 1)^2}, {@code w_i} the trust in a point.
 *
 * <p>The coefficients of a spectrum are more than few points settle. Each is pulled to zero in
 * proportion to its square, which spreads the weight over ridges and tiles that explain the points
 * equally well, and the time of one token is pulled to that of {@link RidgePoint#tokens} tokens at
 * full speed.
 */
final class LawFit {
  /** Chosen on the profiles of Vidur; see docs/cost-models.md. */
  private static final double SHRINKAGE = 0.35;

  /** Slope over the slope through the origin, where the points show none. */
  private static final double LEAST_SLOPE = 0.1;

  private final LawForm form;
  private final double[][] gram;
  private final double[] moment;

  private LawFit(LawForm form) {
    this.form = form;
    int size = form.terms().size();
    gram = new double[size][size];
    moment = new double[size];
  }

  /**
   * Fits one form.
   *
   * @param design factors of the form at each shape
   * @param rows shapes to fit to, at least one
   * @return a coefficient for each term, nanoseconds {@code >= 0}, one of them above 0
   */
  static double[] fit(FormDesign design, int[] rows, RidgePoint ridge) {
    LawFit fit = new LawFit(design.form());
    for (int row : rows) {
      fit.add(design.factors(row), design.nanos(row), design.trust(row));
    }
    if (design.form().isSpectrum()) {
      fit.addBeliefs(design, rows, ridge);
    }
    return NonNegativeLeastSquares.solve(fit.gram, fit.moment);
  }

  private void add(double[] factors, double nanos, double trust) {
    double[] row = new double[factors.length];
    double weight = Math.sqrt(trust);
    for (int j = 0; j < row.length; j++) {
      row[j] = weight * factors[j] / nanos;
      moment[j] += weight * row[j];
    }
    addSquares(row);
  }

  private void addSquares(double[] row) {
    for (int i = 0; i < row.length; i++) {
      for (int j = 0; j < row.length; j++) {
        gram[i][j] += row[i] * row[j];
      }
    }
  }

  private void addBeliefs(FormDesign design, int[] rows, RidgePoint ridge) {
    double slope = slope(design, rows);
    double floor = ridge.tokens() * slope;
    double medianLength = design.medianLength(rows);
    double[] atOne = form.factors(1, 1);
    double[] belief = new double[atOne.length];
    for (int j = 0; j < belief.length; j++) {
      Kind kind = form.terms().get(j).kind();
      double scale =
          switch (kind) {
            case CONSTANT -> 1 / floor;
            case ROOFLINE, REQUESTS -> 1 / slope;
            case ELEMENTS, SQUARES -> medianLength / slope;
          };
      gram[j][j] += SHRINKAGE * SHRINKAGE * scale * scale;
      double grows = kind == Kind.ROOFLINE ? ridge.tokens() : 0;
      boolean ofFloor = kind == Kind.ROOFLINE || kind == Kind.CONSTANT;
      belief[j] = ofFloor ? ridge.weight() * (atOne[j] - grows) / floor : 0;
    }
    addSquares(belief);
  }

  /** Returns nanoseconds for each token at full speed: the slope of the best straight line. */
  private static double slope(FormDesign design, int[] rows) {
    double[][] g = new double[2][2];
    double[] m = new double[2];
    double[] rates = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double nanos = design.nanos(rows[i]);
      double[] row = {1 / nanos, design.work(rows[i]) / nanos};
      for (int j = 0; j < 2; j++) {
        m[j] += row[j];
        g[j][0] += row[j] * row[0];
        g[j][1] += row[j] * row[1];
      }
      rates[i] = 1 / row[1];
    }
    double slope = NonNegativeLeastSquares.solve(g, m)[1];
    Arrays.sort(rates);
    return slope > 0 ? slope : LEAST_SLOPE * rates[rates.length / 2];
  }
}
