package io.waip.scheduler.plan.apply;

/**
 * What is in force until the next window ends.
 *
 * @param kind what changed
 * @param usual plan that serves, or serves the rest of the time beside a canary
 * @param trial plan that serves a share of the time; equal to {@code usual} without a canary
 * @param trialShare of the time, {@code [0, 1)}; 0 without a canary
 * @param why one clause for a log
 * @param <P> a plan
 */
public record PlanStep<P>(Kind kind, P usual, P trial, double trialShare, String why) {
  /** What changed. */
  public enum Kind {
    /** Nothing. */
    KEEP,
    /** A candidate serves a share of the time. */
    CANARY,
    /** A candidate took the plan's place. */
    CHANGE,
    /** The plan before is back. */
    ROLL_BACK
  }

  static <P> PlanStep<P> of(Kind kind, P plan, String why) {
    return new PlanStep<>(kind, plan, plan, 0, why);
  }
}
