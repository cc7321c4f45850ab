package io.waip.api.deployment;

/**
 * A payer, isolated from the others.
 *
 * @param name not blank
 * @param weight share of contended capacity relative to other tenants, {@code > 0}
 * @param ratePerSecond admitted requests per second, {@code > 0}; infinite for no limit
 * @param burst requests admitted at once after idleness, {@code >= 1}
 */
public record Tenant(String name, double weight, double ratePerSecond, double burst) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Tenant {
    if (name.isBlank()) {
      throw new IllegalArgumentException("tenant must have a name");
    }
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("weight must be positive and finite, is " + weight);
    }
    if (!(ratePerSecond > 0)) {
      throw new IllegalArgumentException("rate must be positive, is " + ratePerSecond);
    }
    if (!(burst >= 1)) {
      throw new IllegalArgumentException("burst must be >= 1, is " + burst);
    }
  }

  /** Returns a tenant with weight 1 and no rate limit. */
  public static Tenant unlimited(String name) {
    return new Tenant(name, 1, Double.POSITIVE_INFINITY, 1);
  }
}
