package io.waip.api.cost;

import java.util.List;

/** Fits a latency model; found by {@link java.util.ServiceLoader}. */
public interface LatencyModelFactory {
  /** Returns the name users choose it by. */
  String name();

  /**
   * Fits a model to measured points.
   *
   * @param points at least one for each variant
   * @return a model that answers for every variant in the points, and is unknown for others
   * @throws IllegalArgumentException if there is no point
   */
  LatencyModel fit(List<CostPoint> points);
}
