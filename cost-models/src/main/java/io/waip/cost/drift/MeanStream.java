package io.waip.cost.drift;

import io.waip.api.drift.Change;
import io.waip.cost.internal.Finite;

/**
 * Watches the mean of what is observed: log lengths, or hits of a cache as 0 and 1.
 *
 * <p>Windows without an observation say nothing. Single thread; allocates nothing after
 * construction.
 */
public final class MeanStream {
  private final WindowClock clock;
  private final WindowedLevel level;
  private double sum;
  private long count;

  /**
   * Begins to learn with the first time it is told.
   *
   * @param leastDeviation standard deviation that a window's mean is taken to have at least, in the
   *     unit of the observations, {@code > 0}: smaller changes do not matter
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public MeanStream(StreamSettings settings, double leastDeviation) {
    if (!(leastDeviation > 0) || Double.isInfinite(leastDeviation)) {
      throw new IllegalArgumentException(
          "least deviation must be positive and finite, is " + leastDeviation);
    }
    clock = new WindowClock(settings.windowNanos());
    level = new WindowedLevel(settings, leastDeviation);
  }

  /**
   * Takes an observation.
   *
   * @param value finite
   * @throws IllegalArgumentException if it is not
   */
  public Change observed(long nowNanos, double value) {
    Finite.require(value, "value");
    Change change = advance(nowNanos);
    sum += value;
    count++;
    return change;
  }

  /** Closes the window if it ended by {@code nowNanos}; constant time. */
  public Change advance(long nowNanos) {
    if (!clock.isOver(nowNanos)) {
      return Change.NONE;
    }
    Change change = count == 0 ? Change.NONE : level.close(sum / count, count);
    sum = 0;
    count = 0;
    clock.skipTo(nowNanos);
    return change;
  }

  /** Says whether it watches: level and dispersion were learned. */
  public boolean isWatching() {
    return level.isWatching();
  }
}
