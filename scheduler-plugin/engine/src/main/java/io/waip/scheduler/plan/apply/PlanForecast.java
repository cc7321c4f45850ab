package io.waip.scheduler.plan.apply;

/**
 * What a plan is predicted to make of the requests of a window.
 *
 * @param servicesBelow services that attain less than the percentile of their objective, {@code >=
 *     0}
 * @param valuePerSecond of the requests answered in time, {@code >= 0}
 * @param costPerHour money and what else the preference weighs
 * @param goodShare of the requests answered in time, {@code [0, 1]}
 */
public record PlanForecast(
    int servicesBelow, double valuePerSecond, double costPerHour, double goodShare) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public PlanForecast {
    if (servicesBelow < 0
        || !(valuePerSecond >= 0)
        || Double.isNaN(costPerHour)
        || !(goodShare >= 0 && goodShare <= 1)) {
      throw new IllegalArgumentException(
          "a forecast needs services and value >= 0, a cost and a share in [0, 1], has %d, %s, %s, %s"
              .formatted(servicesBelow, valuePerSecond, costPerHour, goodShare));
    }
  }

  /**
   * Returns by how much this is better than another, relative to it: in the value served, or where
   * neither serves less than the other by a thousandth, in what it costs.
   *
   * @return 0 where it is worse in services below their objective and not better in value; positive
   *     infinity for value where there was none
   */
  public double gainOver(PlanForecast other) {
    double value = relative(valuePerSecond - other.valuePerSecond, other.valuePerSecond);
    if (Math.abs(value) > SAME_VALUE) {
      return value;
    }
    if (servicesBelow > other.servicesBelow) {
      return 0;
    }
    return relative(other.costPerHour - costPerHour, Math.abs(other.costPerHour));
  }

  private static final double SAME_VALUE = 1e-3;

  private static double relative(double more, double of) {
    if (of > 0) {
      return more / of;
    }
    return more > 0 ? Double.POSITIVE_INFINITY : 0;
  }
}
