package io.waip.replay.replan;

import io.waip.api.Tier;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Variant;
import java.util.List;

/**
 * A service that plans place.
 *
 * @param name distinct among services
 * @param objective what it promises; the bound of an offline service is not held against it
 * @param isPaddable whether requests of different length may share a batch
 * @param isBucketed whether batches are padded to bucket edges
 * @param promisedPerSecond rate that must be served as far as it is asked, {@code >= 0}
 * @param variants at least one
 */
public record PlannableService(
    String name,
    Objective objective,
    boolean isPaddable,
    boolean isBucketed,
    double promisedPerSecond,
    List<PlannableVariant> variants) {
  /** Copies the list. */
  public PlannableService {
    variants = List.copyOf(variants);
  }

  /** Returns what an answer in time is worth: 4, 2 or 1 by tier. */
  public double valuePerRequest() {
    return 1 << (Tier.COUNT - 1 - objective.tier().ordinal());
  }

  /**
   * Returns it as a window is judged with: plans bring their variants, here one holds the place.
   */
  public Service judged() {
    return new Service(name, objective, isPaddable, List.of(new Variant("planned", 1, 1, 1)));
  }
}
