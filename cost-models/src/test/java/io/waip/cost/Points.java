package io.waip.cost;

import io.waip.api.cost.CostPoint;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Measured points for tests. */
final class Points {
  static final int MAX_BATCH = 40;
  static final int MAX_LENGTH = 60;

  private Points() {}

  static CostPoint point(int batch, int length, double nanos) {
    return new CostPoint(0, batch, length, nanos, 10);
  }

  /** Exact points of a law on every combination of these batches and lengths. */
  static List<CostPoint> grid(LinearLaw law, int[] batches, int[] lengths) {
    List<CostPoint> points = new ArrayList<>();
    for (int batch : batches) {
      for (int length : lengths) {
        points.add(point(batch, length, law.nanos(batch, length)));
      }
    }
    return points;
  }

  /** Any points of the variants 0 to 2: sparse, repeated, not monotone, 1 ns to 0.1 s. */
  static Arbitrary<List<CostPoint>> any() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(1, MAX_BATCH),
            Arbitraries.integers().between(1, MAX_LENGTH),
            Arbitraries.doubles().between(1, 1e8),
            Arbitraries.integers().between(1, 50))
        .as(CostPoint::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }
}
