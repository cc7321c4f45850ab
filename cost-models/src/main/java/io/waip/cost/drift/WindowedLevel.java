package io.waip.cost.drift;

import io.waip.api.drift.Change;

/**
 * Watches the level of a stream by its windows, whatever the stream's burstiness.
 *
 * <p>The value y of a window that rests on n observations scatters about its level with variance
 * V/n. For independent observations V is their variance; bursts make it larger, by the index of
 * dispersion (for counts D. R. Cox and P. A. W. Lewis, "The Statistical Analysis of Series of
 * Events", 1966). Level and V are learned from the first windows; after that each window is
 * standardised, {@code z = (y - level) sqrt(n/V)}, kept in [-3, 3] and given to an {@link Adwin},
 * which finds gradual changes, and a {@link PageHinkley}, which finds abrupt ones. So a threshold
 * means as much for smooth streams as for bursty ones. An alarm of either begins all anew.
 *
 * <p>Single thread; allocates nothing after construction.
 */
final class WindowedLevel {
  /** Largest standardised value: a single window is no drift. */
  private static final double MOST_DEVIATIONS = 3;

  /** Tolerance of the test for jumps, in standard deviations of a window: half of a jump of one. */
  private static final double JUMP_DELTA = 0.5;

  /**
   * What V may be underestimated by: of 30 normal windows the root of the variance is estimated by
   * less than 1/1.3 with probability 0.05 (chi-squared with 29 degrees of freedom).
   */
  private static final double SPREAD_MARGIN = 1.3;

  private final int learnedWindows;
  private final double leastDeviation;
  private final Adwin creep;
  private final PageHinkley jump;

  private int learned;
  private double weight;
  private double level;
  private double square;

  /**
   * Begins to learn.
   *
   * @param leastDeviation standard deviation that a window is taken to have at least, in the unit
   *     of the values, {@code > 0}
   */
  WindowedLevel(StreamSettings settings, double leastDeviation) {
    learnedWindows = settings.learnedWindows();
    this.leastDeviation = leastDeviation;
    creep = new Adwin(AdwinSettings.DEFAULT.withDelta(settings.delta()));
    jump =
        new PageHinkley(
            JUMP_DELTA,
            settings.budget().lambda(JUMP_DELTA, SPREAD_MARGIN, settings.windowsPerHour()));
  }

  /**
   * Takes a window.
   *
   * @param value mean of its observations, finite
   * @param observations how many, {@code > 0}
   */
  Change close(double value, double observations) {
    if (learned < learnedWindows) {
      learn(value, observations);
      return Change.NONE;
    }
    double deviation = Math.max(Math.sqrt(dispersion() / observations), leastDeviation);
    double z = Math.clamp((value - level) / deviation, -MOST_DEVIATIONS, MOST_DEVIATIONS);
    Change change = creep.add(z).then(jump.add(z));
    if (change.isAlarm()) {
      clear();
    }
    return change;
  }

  private void learn(double value, double observations) {
    learned++;
    weight += observations;
    double distance = value - level;
    level += distance * observations / weight;
    square += distance * (value - level) * observations;
    if (learned == learnedWindows) {
      jump.begin(0, learned);
    }
  }

  private void clear() {
    learned = 0;
    weight = 0;
    level = 0;
    square = 0;
    creep.clear();
  }

  /** Says whether it watches: enough windows were learned. */
  boolean isWatching() {
    return learned == learnedWindows;
  }

  /** Returns the level learned so far. */
  double level() {
    return level;
  }

  /** Returns V, 0 before two windows. */
  double dispersion() {
    return learned < 2 ? 0 : square / (learned - 1);
  }
}
