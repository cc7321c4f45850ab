package io.waip.api.plan;

import java.util.OptionalDouble;

/**
 * What all used devices together may take.
 *
 * @param moneyPerHour in the currency of the tariffs, finite, {@code >= 0}; empty for no limit
 * @param watts drawn by the devices, finite, {@code >= 0}; empty for no limit
 * @param gramsPerHour carbon dioxide equivalent, finite, {@code >= 0}; empty for no limit
 */
public record PlanningLimits(
    OptionalDouble moneyPerHour, OptionalDouble watts, OptionalDouble gramsPerHour) {
  /** No limit at all. */
  public static final PlanningLimits NONE =
      new PlanningLimits(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public PlanningLimits {
    require("money_per_hour", moneyPerHour);
    require("watts", watts);
    require("grams_per_hour", gramsPerHour);
  }

  private static void require(String name, OptionalDouble limit) {
    double value = limit.orElse(0);
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "limit %s must be finite and >= 0, is %s".formatted(name, value));
    }
  }

  /** Returns the same with another limit of money; empty for none. */
  public PlanningLimits withMoneyPerHour(OptionalDouble limit) {
    return new PlanningLimits(limit, watts, gramsPerHour);
  }

  /** Returns the same with another limit of power; empty for none. */
  public PlanningLimits withWatts(OptionalDouble limit) {
    return new PlanningLimits(moneyPerHour, limit, gramsPerHour);
  }

  /** Returns the same with another limit of carbon; empty for none. */
  public PlanningLimits withGramsPerHour(OptionalDouble limit) {
    return new PlanningLimits(moneyPerHour, watts, limit);
  }
}
