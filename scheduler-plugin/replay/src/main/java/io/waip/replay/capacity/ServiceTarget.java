package io.waip.replay.capacity;

import io.waip.replay.spec.ServiceSpec;

/**
 * A service and how many of its requests have to meet their objective.
 *
 * @param service with its latency objective, and its cost on devices that have none of their own
 * @param attainment share of all its requests to be completed in time, {@code (0, 1)}: the
 *     percentile of the objective over 100
 */
public record ServiceTarget(ServiceSpec service, double attainment) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is left
   */
  public ServiceTarget {
    if (!(attainment > 0 && attainment < 1)) {
      throw new IllegalArgumentException(
          "target of '%s' must be in (0, 1), is %s".formatted(service.name(), attainment));
    }
  }

  /** Returns the same target with a longer latency objective, at most the longest there is. */
  ServiceTarget loosened(long nanos) {
    long longer = Math.min(ServiceSpec.LONGEST_SLO_NANOS, service.sloNanos() + nanos);
    return new ServiceTarget(
        new ServiceSpec(service.name(), service.share(), longer, service.cost()), attainment);
  }
}
