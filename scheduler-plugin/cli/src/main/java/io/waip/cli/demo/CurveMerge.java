package io.waip.cli.demo;

import io.waip.api.cost.CostPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins two measurements of the same curve.
 *
 * <p>On a shared machine a measurement may fall into a slow phase; a limit computed from it could
 * be exceeded. The lower median of each shape keeps it a limit.
 */
final class CurveMerge {
  private record Shape(int variant, int batch, int length) {}

  private CurveMerge() {}

  /** Returns every shape of either, with its lower median. */
  static List<CostPoint> lower(List<CostPoint> before, List<CostPoint> after) {
    Map<Shape, CostPoint> points = new LinkedHashMap<>();
    before.forEach(point -> keepLower(points, point));
    after.forEach(point -> keepLower(points, point));
    return List.copyOf(points.values());
  }

  private static void keepLower(Map<Shape, CostPoint> points, CostPoint point) {
    Shape shape = new Shape(point.variant(), point.batch(), point.length());
    points.merge(shape, point, (a, b) -> a.nanos() <= b.nanos() ? a : b);
  }
}
