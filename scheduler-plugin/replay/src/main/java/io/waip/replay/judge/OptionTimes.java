package io.waip.replay.judge;

import io.waip.api.plan.PlacementOption;

/** Execution times of placed options. Stateless; the same question has the same answer. */
@FunctionalInterface
public interface OptionTimes {
  /**
   * Returns the median execution time, non-decreasing in batch and length.
   *
   * @param option that runs
   * @param batch requests, {@code >= 1}
   * @param length padded length, {@code >= 1}
   * @return nanoseconds, {@code > 0}
   */
  long medianNanos(PlacementOption option, int batch, int length);
}
