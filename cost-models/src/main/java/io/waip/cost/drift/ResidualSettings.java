package io.waip.cost.drift;

/**
 * Settings of a {@link ResidualStream}.
 *
 * @param creepDelta tolerance of the test for small lasting changes, log residual, {@code [0, 1]}
 * @param jumpDelta tolerance of the test for jumps, log residual, {@code [0, 1]}: it finds twice
 *     this soonest
 * @param budget false alarms both tests may give together
 */
public record ResidualSettings(double creepDelta, double jumpDelta, FalseAlarmBudget budget) {
  /** Half a per cent and five per cent, a false alarm in ten hours. */
  public static final ResidualSettings DEFAULT =
      new ResidualSettings(PageHinkley.DEFAULT_DELTA, 0.05, new FalseAlarmBudget(0.1));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public ResidualSettings {
    require(creepDelta, "creep delta");
    require(jumpDelta, "jump delta");
  }

  private static void require(double delta, String name) {
    if (!(delta >= 0 && delta <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], is " + delta);
    }
  }

  /** Returns these for one of {@code parts} streams that share the budget. */
  public ResidualSettings dividedBy(int parts) {
    return new ResidualSettings(creepDelta, jumpDelta, budget.dividedBy(parts));
  }
}
