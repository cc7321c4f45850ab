package io.waip.scheduler.plan.apply;

import java.util.Optional;

/**
 * A window that has ended, and what planning makes of it.
 *
 * @param endNanos when it ended; grows from window to window
 * @param usual requests that arrived under the plan in force, or under the one before where another
 *     one is in its canary
 * @param trial requests that arrived under a plan in its canary; {@link ArmCount#NONE} without one
 * @param usualForecast what the plan of {@code usual} is predicted to make of this window's
 *     requests, after the fact
 * @param trialForecast the same of the plan in its canary; empty without one
 * @param candidate the best plan found for this window; empty where none was sought
 * @param forbidden why the plan in force, or the one in its canary, must not serve on: a floor or a
 *     rule that it breaks by what is known now; empty where it may
 * @param <P> a plan; equal plans do the same
 */
public record PlanWindow<P>(
    long endNanos,
    ArmCount usual,
    ArmCount trial,
    PlanForecast usualForecast,
    Optional<PlanForecast> trialForecast,
    Optional<Candidate<P>> candidate,
    String forbidden) {
  /**
   * A plan that might take the place of the one in force.
   *
   * @param forecast for the same window
   * @param switchLoss share of the value that changing to it costs, spread over the time for which
   *     plans hold, {@code >= 0}
   * @param canBeSliced whether it can take turns with the plan in force within seconds; a plan that
   *     loads models cannot
   */
  public record Candidate<P>(
      P plan, PlanForecast forecast, double switchLoss, boolean canBeSliced) {}

  /** Makes a window without a plan in its canary. */
  public static <P> PlanWindow<P> of(
      long endNanos, ArmCount counts, PlanForecast forecast, Optional<Candidate<P>> candidate) {
    return new PlanWindow<>(
        endNanos, counts, ArmCount.NONE, forecast, Optional.empty(), candidate, "");
  }

  /** Returns the same with a plan in force that must not serve on. */
  public PlanWindow<P> forbidding(String why) {
    return new PlanWindow<>(endNanos, usual, trial, usualForecast, trialForecast, candidate, why);
  }
}
