package io.waip.cost;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LinearLaw} for each variant.
 *
 * <p>The form that can be given on the command line. Real curves bend (tile quantisation, caches),
 * so measured points are better served by {@link GridLatencyModel}: on published profiles of
 * accelerators a line is off by 5 % in the mean and by 15 to 26 % at the 99th percentile (Agrawal
 * and others, Vidur: A Large-Scale Simulation Framework for LLM Inference, MLSys 2024, its MLP
 * tables).
 *
 * <p>Immutable; any thread. A prediction allocates nothing.
 */
public final class LinearLatencyModel implements LatencyModel {
  private final @Nullable LinearLaw[] laws;

  private LinearLatencyModel(@Nullable LinearLaw[] laws) {
    this.laws = laws;
  }

  /**
   * Returns a model with these laws; the position in the list is the variant.
   *
   * @throws IllegalArgumentException if the list is empty
   */
  public static LinearLatencyModel of(List<LinearLaw> laws) {
    if (laws.isEmpty()) {
      throw new IllegalArgumentException("a linear model needs at least one law");
    }
    return new LinearLatencyModel(laws.toArray(LinearLaw[]::new));
  }

  /**
   * Fits each variant by non-negative least squares on the relative error.
   *
   * @throws IllegalArgumentException if there is no point
   */
  public static LinearLatencyModel fit(List<CostPoint> points) {
    NavigableMap<Integer, List<CostPoint>> sorted = PointTable.byVariant(points);
    @Nullable LinearLaw[] laws = new LinearLaw[sorted.lastKey() + 1];
    sorted.forEach((variant, own) -> laws[variant] = LinearFit.of(own));
    return new LinearLatencyModel(laws);
  }

  /** Returns the law of a variant, or null where nothing is known of it. */
  public @Nullable LinearLaw law(int variant) {
    return variant >= 0 && variant < laws.length ? laws[variant] : null;
  }

  @Override
  public long medianNanos(int variant, int batch, int length) {
    LinearLaw law = law(variant);
    return law == null ? UNKNOWN_NANOS : Nanos.whole(law.nanos(batch, length));
  }
}
