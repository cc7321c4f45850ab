package io.waip.cost.online;

/**
 * Factors by which a model runs slower while another runs beside it, one for each ordered pair.
 *
 * <p>Learned like an {@link OnlineCorrection}: the factor of a pair is shrunk to what slows this
 * model, to what that neighbour does to others, and to the mean over all pairs.
 *
 * <p>Constant time. Single thread; allocates nothing after construction.
 */
public final class InterferenceFactors {
  private final ShrunkTable pairs;

  /**
   * Begins with factors of 1.
   *
   * @param models number of models, {@code >= 1}
   * @throws IllegalArgumentException if there is none
   */
  public InterferenceFactors(int models, CorrectionSettings settings) {
    if (models < 1) {
      throw new IllegalArgumentException("models must be >= 1, are " + models);
    }
    pairs = new ShrunkTable(models, models, settings);
  }

  /**
   * Learns from an execution beside another one.
   *
   * @param model that was measured
   * @param neighbour that ran beside it; it may be another instance of the same model
   * @param logResidual {@code ln(measured / predicted)} by the prediction for running alone,
   *     corrected, finite
   * @throws IllegalArgumentException if it is not
   */
  public void executed(int model, int neighbour, double logResidual) {
    pairs.add(model, neighbour, logResidual);
  }

  /** Returns the factor on the next predicted median of a model beside another, {@code > 0}. */
  public double factor(int model, int neighbour) {
    return Math.exp(pairs.estimate(model, neighbour));
  }
}
