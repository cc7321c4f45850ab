package io.waip.api.resource;

import java.util.Optional;

/**
 * What is known of a variant's appetite for memory.
 *
 * @param variant name, not blank
 * @param weightBytes all weights
 * @param kv shape of its cache of keys and values; empty where it keeps none
 * @param workspaceBytes what an execution takes besides, on each device
 */
public record ModelFacts(
    String variant, Figure weightBytes, Optional<KvShape> kv, Figure workspaceBytes) {
  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public ModelFacts {
    if (variant.isBlank()) {
      throw new IllegalArgumentException("a variant must have a name");
    }
  }

  /**
   * Returns the bytes of weights.
   *
   * @param parameters number of weights
   * @param bitsPerWeight scales and zero points of groups included, {@code > 0}: 4-bit weights with
   *     a 16-bit scale and zero point for each 128 take 4.25
   * @throws IllegalArgumentException if the bits are not positive
   */
  public static Figure weightBytes(Figure parameters, double bitsPerWeight) {
    if (!(bitsPerWeight > 0)) {
      throw new IllegalArgumentException("bits of a weight must be > 0, are " + bitsPerWeight);
    }
    return parameters.times(bitsPerWeight / Byte.SIZE);
  }
}
