package io.waip.replay.spec;

import io.waip.api.cost.LatencyModel;
import java.util.List;

/**
 * Execution times of all variants of a replay.
 *
 * @param variants by variant index, service by service; a single one holds for every variant
 */
public record CostTable(List<CostSpec> variants) implements LatencyModel {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public CostTable {
    variants = List.copyOf(variants);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("a cost table needs at least one variant");
    }
  }

  /** Returns the same times for every variant. */
  public static CostTable of(CostSpec cost) {
    return new CostTable(List.of(cost));
  }

  /** Returns the times of a variant. */
  public CostSpec variant(int index) {
    return variants.get(variants.size() == 1 ? 0 : index);
  }

  @Override
  public long medianNanos(int variant, int batch, int length) {
    return variant(variant).medianNanos(variant, batch, length);
  }
}
