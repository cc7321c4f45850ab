package io.waip.api.drift;

/**
 * What a {@link DriftWatch} will see.
 *
 * @param kinds classes of requests, {@code >= 1}; the mix of one cannot drift
 * @param series curves of the cost model, {@code >= 1}
 * @param maxBatch largest batch told apart, {@code >= 1}
 * @param maxLength largest length told apart, {@code >= 1}
 */
public record WatchScope(int kinds, int series, int maxBatch, int maxLength) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public WatchScope {
    if (kinds < 1 || series < 1 || maxBatch < 1 || maxLength < 1) {
      throw new IllegalArgumentException(
          "kinds, series, largest batch and length must be >= 1, are %d, %d, %d, %d"
              .formatted(kinds, series, maxBatch, maxLength));
    }
  }
}
