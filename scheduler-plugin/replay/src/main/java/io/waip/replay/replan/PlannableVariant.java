package io.waip.replay.replan;

import io.waip.api.resource.Figure;
import java.util.List;

/**
 * A variant that plans may use.
 *
 * @param model its name
 * @param quality lower bound, {@code [0, 1]} where known
 * @param memoryBytes on each device of an instance
 * @param maxBatch largest batch, {@code >= 1}
 * @param hasLengths whether its times depend on the length
 * @param ways at least one
 */
public record PlannableVariant(
    String model,
    Figure quality,
    Figure memoryBytes,
    int maxBatch,
    boolean hasLengths,
    List<WayToRun> ways) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the largest batch is below 1
   */
  public PlannableVariant {
    ways = List.copyOf(ways);
    if (maxBatch < 1) {
      throw new IllegalArgumentException("max batch must be >= 1, is " + maxBatch);
    }
  }
}
