package io.waip.cli.config;

import io.waip.api.agreement.AgreementMeasure;
import io.waip.api.agreement.AgreementRule;
import io.waip.onnxruntime.agreement.AbsoluteAgreement;
import io.waip.onnxruntime.agreement.ArgmaxAgreement;
import io.waip.onnxruntime.agreement.CosineAgreement;

/**
 * How the agreement of a service's variants with their reference is measured.
 *
 * @param measure what is compared
 * @param output name of the output that is compared
 * @param threshold least cosine or largest difference; 0 where the measure has none
 * @param sample share of the answers, {@code (0, 1]}
 * @param risk chance that a bound is ever above the truth, {@code (0, 1)}
 */
public record AgreementSettings(
    Measure measure, String output, double threshold, double sample, double risk) {
  /** What is compared. */
  public enum Measure {
    /** The angle between embeddings. */
    COSINE,
    /** The class that scores highest. */
    ARGMAX,
    /** The largest difference of a value. */
    ABSOLUTE
  }

  /**
   * Returns the rule the drivers take.
   *
   * @param seed of the draw
   */
  public AgreementRule rule(long seed) {
    AgreementMeasure compared =
        switch (measure) {
          case COSINE -> new CosineAgreement(threshold);
          case ARGMAX -> new ArgmaxAgreement();
          case ABSOLUTE -> new AbsoluteAgreement(threshold);
        };
    return new AgreementRule(output, compared, sample, risk, seed);
  }
}
