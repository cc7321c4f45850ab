package io.waip.triton;

import java.util.Optional;

/**
 * A model of the server that may answer for a service.
 *
 * @param model its name, not blank
 * @param quality agreement with the reference, {@code [0, 1]}
 * @param device what it runs on; models on one device share its executions, so that together they
 *     get no more children at once than one of them has instances
 * @param cost what its execution times are predicted from at first; empty where nothing is known
 */
public record VariantSpec(String model, double quality, String device, Optional<KnownCost> cost) {
  /** Makes a variant on a device of its own of which nothing is known. */
  public VariantSpec(String model, double quality) {
    this(model, quality, model);
  }

  /** Makes a variant of which nothing is known. */
  public VariantSpec(String model, double quality, String device) {
    this(model, quality, device, Optional.empty());
  }

  /** Returns this starting from a cost model. */
  public VariantSpec startingFrom(KnownCost known) {
    return new VariantSpec(model, quality, device, Optional.of(known));
  }
}
