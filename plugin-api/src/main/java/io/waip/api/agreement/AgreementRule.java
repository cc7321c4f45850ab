package io.waip.api.agreement;

/**
 * How the agreement of a service's variants with their reference is measured.
 *
 * @param output name of the {@code float32} output that is compared, not blank
 * @param measure says whether two answers agree
 * @param sample share of the answers that are compared, {@code (0, 1]}
 * @param risk chance that a bound is ever above the truth, and that a sound variant is said to have
 *     fallen within a horizon, {@code (0, 1)}
 * @param seed of the draw
 */
public record AgreementRule(
    String output, AgreementMeasure measure, double sample, double risk, long seed) {
  /** Share of the answers that are compared where none is given. */
  public static final double DEFAULT_SAMPLE = 0.01;

  /** Risk where none is given. */
  public static final double DEFAULT_RISK = 0.01;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public AgreementRule {
    if (output.isBlank()) {
      throw new IllegalArgumentException("agreement.output must name an output");
    }
    if (!(sample > 0 && sample <= 1)) {
      throw new IllegalArgumentException("agreement.sample must be in (0, 1], is " + sample);
    }
    if (!(risk > 0 && risk < 1)) {
      throw new IllegalArgumentException("agreement.risk must be in (0, 1), is " + risk);
    }
  }
}
