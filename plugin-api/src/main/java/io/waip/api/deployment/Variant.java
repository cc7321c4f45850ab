package io.waip.api.deployment;

/**
 * One concrete form of a service's model: a quantization on a back end.
 *
 * @param model name of the concrete model, not blank
 * @param quality agreement with the reference variant, {@code [0, 1]}; the reference has 1
 * @param maxBatch largest batch it runs, {@code >= 1}
 * @param maxLength longest input it accepts, {@code >= 1}
 */
public record Variant(String model, double quality, int maxBatch, int maxLength) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Variant {
    if (model.isBlank()) {
      throw new IllegalArgumentException("model must have a name");
    }
    if (!(quality >= 0 && quality <= 1)) {
      throw new IllegalArgumentException("quality must be in [0, 1], is " + quality);
    }
    if (maxBatch < 1 || maxLength < 1) {
      throw new IllegalArgumentException(
          "max_batch and max_length must be >= 1, are " + maxBatch + " and " + maxLength);
    }
  }
}
