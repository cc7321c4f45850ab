package io.waip.scheduler.plan.shift;

import io.waip.api.resource.EnergyTerms;
import java.util.List;

/**
 * A stretch of time in which nothing that a plan depends on changes.
 *
 * @param startSeconds since the epoch
 * @param endSeconds {@code > startSeconds}
 * @param pools what each pool of the problem has, in its order
 */
public record ShiftSlot(long startSeconds, long endSeconds, List<Supply> pools) {
  /**
   * What a pool has in a slot.
   *
   * @param spareDevices that interactive work does not need, {@code >= 0}
   * @param terms of energy
   */
  public record Supply(double spareDevices, EnergyTerms terms) {}

  /**
   * Copies the list and checks the times.
   *
   * @throws IllegalArgumentException if the slot has no length
   */
  public ShiftSlot {
    pools = List.copyOf(pools);
    if (endSeconds <= startSeconds) {
      throw new IllegalArgumentException(
          "a slot must end after its start %d, ends at %d".formatted(startSeconds, endSeconds));
    }
  }
}
