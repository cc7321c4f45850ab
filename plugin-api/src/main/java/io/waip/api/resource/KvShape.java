package io.waip.api.resource;

/**
 * Shape of the cache of keys and values of a decoder.
 *
 * @param layers that attend, {@code >= 1}
 * @param kvHeads heads of keys and values of a layer, {@code >= 1}; fewer than query heads where
 *     queries share them
 * @param headSize elements of a head, {@code >= 1}
 * @param precision of an element
 */
public record KvShape(int layers, int kvHeads, int headSize, Precision precision) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public KvShape {
    if (layers < 1 || kvHeads < 1 || headSize < 1) {
      throw new IllegalArgumentException(
          "layers, kv heads and head size must be >= 1, are %d, %d, %d"
              .formatted(layers, kvHeads, headSize));
    }
  }

  /**
   * Returns the bytes of a token on each of some devices: a key and a value of every head of every
   * layer (Kwon and others, Efficient Memory Management for Large Language Model Serving with
   * PagedAttention, SOSP 2023). Devices share the heads; where there are more devices than heads,
   * heads are kept several times.
   *
   * @param tensorParallel devices, {@code >= 1}
   */
  public double bytesPerToken(int tensorParallel) {
    int heads = (kvHeads + tensorParallel - 1) / tensorParallel;
    return 2.0 * layers * heads * headSize * precision.bytes();
  }
}
