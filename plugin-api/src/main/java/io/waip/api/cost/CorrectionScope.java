package io.waip.api.cost;

/**
 * What a {@link LatencyCorrection} will see.
 *
 * @param variants curves of the cost model, {@code >= 1}
 * @param maxBatch largest batch told apart, {@code >= 1}
 * @param maxLength largest length told apart, {@code >= 1}
 */
public record CorrectionScope(int variants, int maxBatch, int maxLength) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public CorrectionScope {
    if (variants < 1 || maxBatch < 1 || maxLength < 1) {
      throw new IllegalArgumentException(
          "variants, largest batch and length must be >= 1, are %d, %d, %d"
              .formatted(variants, maxBatch, maxLength));
    }
  }
}
