package io.waip.cost.drift;

import io.waip.api.drift.Change;

/**
 * Watches how densely requests arrive: the mean inter-arrival time of each window.
 *
 * <p>It is taken as twice the root of the window's count, whose variance does not depend on the
 * rate: it is the index of dispersion of counts, 1 for Poisson arrivals (F. J. Anscombe, "The
 * Transformation of Poisson, Binomial and Negative-Binomial Data", Biometrika, 1948, for 1). An
 * index below 1 is taken as 1. So a window without an arrival counts too.
 *
 * <p>An alarm {@link Change#RISE} means more arrivals. Single thread; allocates nothing after
 * construction.
 */
public final class ArrivalStream {
  private static final double POISSON = 1;

  private final WindowClock clock;
  private final WindowedLevel level;
  private long count;

  /** Begins to learn with the first time it is told. */
  public ArrivalStream(StreamSettings settings) {
    clock = new WindowClock(settings.windowNanos());
    level = new WindowedLevel(settings, POISSON);
  }

  /** Takes note of an arrival. */
  public Change arrived(long nowNanos) {
    Change change = advance(nowNanos);
    count++;
    return change;
  }

  /**
   * Closes the windows that ended by {@code nowNanos}.
   *
   * @return the last alarm of them; time in proportion to their number
   */
  public Change advance(long nowNanos) {
    Change change = Change.NONE;
    while (clock.isOver(nowNanos)) {
      change = change.then(level.close(2 * Math.sqrt(count), 1));
      count = 0;
      clock.next();
    }
    return change;
  }

  /** Says whether it watches: level and dispersion were learned. */
  public boolean isWatching() {
    return level.isWatching();
  }

  /** Returns the index of dispersion of counts over a window, as learned. */
  public double dispersionIndex() {
    return level.dispersion();
  }
}
