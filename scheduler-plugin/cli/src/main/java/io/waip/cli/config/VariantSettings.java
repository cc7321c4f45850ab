package io.waip.cli.config;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One concrete form of a service's model.
 *
 * @param model name of the concrete model, distinct in its service
 * @param quality agreement with the reference, {@code [0, 1]}; empty when it is measured by shadow
 *     agreement
 * @param costModel what its execution times are predicted from at first
 * @param shadowModel predicts its execution times beside what is planned with
 * @param execution what a plan needs to know of running it
 */
public record VariantSettings(
    String model,
    OptionalDouble quality,
    Optional<CostModelSettings> costModel,
    Optional<CostModelSettings> shadowModel,
    ExecutionSettings execution) {
  /** Makes a variant of which no execution times are known. */
  VariantSettings(String model, OptionalDouble quality) {
    this(model, quality, Optional.empty(), Optional.empty(), ExecutionSettings.DEFAULT);
  }
}
