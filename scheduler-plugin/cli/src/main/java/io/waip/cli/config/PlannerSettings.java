package io.waip.cli.config;

import io.waip.api.plan.PlanningLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * How plans are made.
 *
 * @param mode what a plan may change
 * @param period time between plans, {@code >= 1s}
 * @param hysteresis relative gain a new plan needs, {@code [0, 1]}
 * @param minDwell least time a plan stays, {@code >= 0}
 * @param seed seed of every random choice
 * @param limits what all devices together may take
 * @param changes how plans take each other's place
 * @param hints where hints from outside are taken; empty for nowhere
 */
public record PlannerSettings(
    Mode mode,
    Duration period,
    double hysteresis,
    Duration minDwell,
    long seed,
    PlanningLimits limits,
    ChangeSettings changes,
    Optional<HintSettings> hints) {

  /** An existing fleet is first only watched. */
  public static final Mode DEFAULT_MODE = Mode.OBSERVE;

  /** Time between plans. */
  public static final Duration DEFAULT_PERIOD = Duration.ofSeconds(30);

  /** Gain below which a change is not worth its cost. */
  public static final double DEFAULT_HYSTERESIS = 0.03;

  /** Two periods: a plan is judged on a full window before it may go. */
  public static final Duration DEFAULT_MIN_DWELL = Duration.ofSeconds(60);

  /** Same seed, same plan. */
  public static final long DEFAULT_SEED = 1;

  /** What a plan may change. */
  public enum Mode {
    /** Nothing; it is measured and recorded. */
    OBSERVE,
    /** Nothing by itself; it is shown to the operator. */
    ADVISE,
    /** The running system. */
    ACT
  }
}
