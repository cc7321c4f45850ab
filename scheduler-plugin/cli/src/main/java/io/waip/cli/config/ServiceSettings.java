package io.waip.cli.config;

import java.util.List;
import java.util.Optional;

/**
 * A service: the name clients call and the variants that may answer.
 *
 * @param name distinct among services
 * @param objective what it promises
 * @param lengths how its requests' length is read and padded; empty when all have one length
 * @param variants at least one, models distinct
 * @param expected what plans are made for where no requests are recorded
 * @param agreement how the quality of its variants is measured; empty where it is not
 * @param bitEqual whether answers must be bit-equal to the model run alone, so that requests are
 *     never padded or mixed with others
 */
public record ServiceSettings(
    String name,
    ObjectiveSettings objective,
    Optional<LengthSettings> lengths,
    List<VariantSettings> variants,
    Optional<ExpectedLoad> expected,
    Optional<AgreementSettings> agreement,
    boolean bitEqual) {

  /** Most models answer within rounding of the same values in any batch. */
  public static final boolean DEFAULT_BIT_EQUAL = false;

  /** Copies the list. */
  public ServiceSettings {
    variants = List.copyOf(variants);
  }
}
