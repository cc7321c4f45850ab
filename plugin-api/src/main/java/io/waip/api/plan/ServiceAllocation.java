package io.waip.api.plan;

import io.waip.api.resource.Figure;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan serves of a service.
 *
 * @param service name
 * @param servedPerSecond planned rate, {@code >= 0}
 * @param ceilingPerSecond admission ceiling, {@code >= servedPerSecond}: what the loaded devices
 *     serve at most with the same division among variants, while every other service is at its own
 *     ceiling and all limits hold; above it the plan sheds
 * @param fractionByVariant division of the served rate, sums to 1; empty where nothing is served
 * @param quality mean of the lower-bound quality over the served requests; unknown where nothing is
 *     served
 */
public record ServiceAllocation(
    String service,
    double servedPerSecond,
    double ceilingPerSecond,
    SortedMap<String, Double> fractionByVariant,
    Figure quality) {
  /**
   * Copies the map and checks the parts.
   *
   * @throws IllegalArgumentException if a rate is out of range
   */
  public ServiceAllocation {
    fractionByVariant =
        Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Double>) fractionByVariant));
    if (!(servedPerSecond >= 0 && ceilingPerSecond >= servedPerSecond)) {
      throw new IllegalArgumentException(
          "service '%s': served rate must be in [0, ceiling], is %s of %s"
              .formatted(service, servedPerSecond, ceilingPerSecond));
    }
  }
}
