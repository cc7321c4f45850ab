package io.waip.cost.drift;

import io.waip.api.drift.Change;
import io.waip.cost.internal.Finite;

/**
 * Watches the log residuals {@code ln(measured / predicted)} of a cost model, one for each
 * execution, and alarms when the model has become wrong by another factor than before.
 *
 * <p>The predictions are those of the model itself, without online correction: a correction hides
 * the change it follows.
 *
 * <p>Two {@link PageHinkley} tests run side by side, one for small lasting changes and one for
 * jumps; together they keep to the budget of false alarms. Their thresholds follow from how much
 * sums of residuals scatter, which is learned from 128 residuals and again whenever their number
 * has doubled, so that residuals that depend on one another (batches of one burst, a noisy
 * neighbour) raise them; a spread below 1 % is taken as 1 %. A residual further from the learned
 * mean than three standard deviations, or 10 %, counts as no further: a pause of the machine is no
 * drift. An alarm begins all anew.
 *
 * <p>Constant time on average. Single thread; allocates nothing after construction.
 */
public final class ResidualStream {
  /** Residuals are kept within a factor of 8 while nothing is known of their spread. */
  private static final double MOST = Math.log(8);

  private static final double LEAST_DEVIATION = 0.01;
  private static final double LEAST_REACH = 0.1;
  private static final double REACH_DEVIATIONS = 3;

  /** What the spread may be underestimated by, as in {@link WindowedLevel}. */
  private static final double SPREAD_MARGIN = 1.3;

  private static final double NANOS_PER_HOUR = 3600e9;

  private final ResidualSettings settings;
  private final FalseAlarmBudget half;
  private final BatchMeans spread = new BatchMeans();
  private final PageHinkley creep;
  private final PageHinkley jump;
  private boolean isWatching;
  private long firstNanos;
  private double lowest;
  private double highest;

  /** Begins to learn. */
  public ResidualStream(ResidualSettings settings) {
    this.settings = settings;
    half = settings.budget().dividedBy(2);
    creep = new PageHinkley(settings.creepDelta(), Double.MAX_VALUE);
    jump = new PageHinkley(settings.jumpDelta(), Double.MAX_VALUE);
    clear();
  }

  /**
   * Takes a residual.
   *
   * @param logResidual {@code ln(measured / predicted)}, finite
   * @return {@link Change#RISE} where executions have become slower
   * @throws IllegalArgumentException if the residual is not finite
   */
  public Change executed(long nowNanos, double logResidual) {
    double kept = Math.clamp(Finite.require(logResidual, "log residual"), lowest, highest);
    if (isWatching) {
      Change change = creep.add(kept).then(jump.add(kept));
      if (change.isAlarm()) {
        clear();
        return change;
      }
    }
    if (spread.values() == 0) {
      firstNanos = nowNanos;
    }
    if (spread.add(kept)) {
      adapt(nowNanos);
    }
    return Change.NONE;
  }

  private void adapt(long nowNanos) {
    double sigma = SPREAD_MARGIN * Math.max(LEAST_DEVIATION, spread.sumDeviation());
    double perHour = spread.values() * NANOS_PER_HOUR / Math.max(1, nowNanos - firstNanos);
    creep.threshold(half.lambda(settings.creepDelta(), sigma, perHour));
    jump.threshold(half.lambda(settings.jumpDelta(), sigma, perHour));
    if (!isWatching) {
      isWatching = true;
      double reach = Math.max(LEAST_REACH, REACH_DEVIATIONS * spread.deviation());
      lowest = spread.mean() - reach;
      highest = spread.mean() + reach;
      creep.clear();
      jump.clear();
    }
  }

  private void clear() {
    isWatching = false;
    lowest = -MOST;
    highest = MOST;
    spread.clear();
  }

  /** Says whether it watches: the spread of residuals is known. */
  public boolean isWatching() {
    return isWatching;
  }
}
