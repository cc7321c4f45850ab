package io.waip.scheduler.plan;

import java.util.List;

/**
 * The bucket edges that pad known lengths least: for runtimes that compile or capture a graph for
 * each shape, so that every batch is padded to one of few lengths.
 *
 * <p>Excess is counted for each length by itself, {@code edge - length}; the batch former sees to
 * it that few batches mix buckets.
 *
 * @param edges ascending multiples of the step; the last is not below the longest length
 * @param excessElements what padding each length to its edge adds
 */
public record LengthBuckets(List<Integer> edges, long excessElements) {
  /**
   * Edges are multiples of this where nothing else is asked for, elements: the length of a tensor
   * of 16-bit elements is then a multiple of 16 bytes, which tensor cores want (NVIDIA, Matrix
   * Multiplication Background User's Guide, DU-09799-001, 2023, section 2.2).
   */
  public static final int DEFAULT_STEP = 8;

  /** Copies the list. */
  public LengthBuckets {
    edges = List.copyOf(edges);
  }

  /**
   * Finds the edges with the least excess, by dynamic programming: exact.
   *
   * <p>O(lengths · log lengths + count · candidates · log candidates) time and O(count ·
   * candidates) memory, where candidates are the distinct lengths once rounded up to the step.
   *
   * @param lengths one for each request, each {@code >= 1}, in any order; not changed
   * @param count most edges, {@code >= 1}; fewer are given where fewer leave no more excess
   * @param step edges are multiples of it, {@code >= 1}
   * @throws IllegalArgumentException if there is no length, a number is below 1, or the longest
   *     length rounded up to the step is no int
   */
  public static LengthBuckets of(int[] lengths, int count, int step) {
    if (lengths.length == 0 || count < 1 || step < 1) {
      throw new IllegalArgumentException(
          "lengths, count and step must be >= 1, are %d, %d and %d"
              .formatted(lengths.length, count, step));
    }
    return new EdgeSearch(lengths, step).best(count);
  }
}
