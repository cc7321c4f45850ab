package io.waip.cost;

import io.waip.api.cost.CostPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Sorts measured points by their variant. */
final class PointTable {
  private PointTable() {}

  /**
   * Returns the points of each variant, in variant order.
   *
   * @throws IllegalArgumentException if there is no point
   */
  static NavigableMap<Integer, List<CostPoint>> byVariant(List<CostPoint> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a cost model needs at least one measured point");
    }
    NavigableMap<Integer, List<CostPoint>> sorted = new TreeMap<>();
    for (CostPoint point : points) {
      sorted.computeIfAbsent(point.variant(), v -> new ArrayList<>()).add(point);
    }
    return sorted;
  }
}
