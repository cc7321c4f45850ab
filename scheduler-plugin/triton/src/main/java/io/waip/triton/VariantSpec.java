package io.waip.triton;

/**
 * A model of the server that may answer for a service.
 *
 * @param model its name, not blank
 * @param quality agreement with the reference, {@code [0, 1]}
 * @param device what it runs on; models on one device share its executions, so that together they
 *     get no more children at once than one of them has instances
 */
public record VariantSpec(String model, double quality, String device) {
  /** Makes a variant on a device of its own. */
  public VariantSpec(String model, double quality) {
    this(model, quality, model);
  }
}
