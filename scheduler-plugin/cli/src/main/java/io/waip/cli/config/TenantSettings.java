package io.waip.cli.config;

import java.util.OptionalDouble;

/**
 * A payer, isolated from the others.
 *
 * @param name distinct among tenants
 * @param weight share of contended capacity relative to other tenants, {@code > 0}
 * @param ratePerSecond admitted requests per second, {@code > 0}; empty for no limit
 * @param moneyPerDay spending bound in the currency of the prices, {@code >= 0}; empty for none
 * @param shedFirst whether its requests are shed before those of other tenants
 */
public record TenantSettings(
    String name,
    double weight,
    OptionalDouble ratePerSecond,
    OptionalDouble moneyPerDay,
    boolean shedFirst) {

  /** Equal shares. */
  public static final double DEFAULT_WEIGHT = 1;

  /** Shedding follows deadlines and shares alone. */
  public static final boolean DEFAULT_SHED_FIRST = false;

  /** The only tenant of a configuration that names none. */
  public static final TenantSettings DEFAULT =
      new TenantSettings(
          "default",
          DEFAULT_WEIGHT,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          DEFAULT_SHED_FIRST);
}
