package io.waip.cost.drift;

import io.waip.api.drift.Change;
import java.util.Arrays;

/**
 * Watches the shares of several classes among what arrives.
 *
 * <p>Each share is watched like a mean of 0 and 1; the classes divide the settings' delta and
 * budget. Single thread; allocates nothing after construction.
 */
public final class MixStream {
  /** Standard deviation that a share is taken to have at least. */
  private static final double LEAST_DEVIATION = 0.01;

  private static final int NONE = -1;

  private final WindowClock clock;
  private final WindowedLevel[] shares;
  private final long[] counts;
  private long count;
  private int changed = NONE;

  /**
   * Begins to learn with the first time it is told.
   *
   * @param classes {@code >= 2}
   * @throws IllegalArgumentException if there are fewer
   */
  public MixStream(StreamSettings settings, int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("a mix needs at least 2 classes, got " + classes);
    }
    clock = new WindowClock(settings.windowNanos());
    counts = new long[classes];
    shares = new WindowedLevel[classes];
    Arrays.setAll(shares, c -> new WindowedLevel(settings.dividedBy(classes), LEAST_DEVIATION));
  }

  /**
   * Takes note of one of a class.
   *
   * @param kind the class, {@code [0, classes)}
   * @return whether a share has changed; {@link #changedClass} says which
   */
  public Change observed(long nowNanos, int kind) {
    Change change = advance(nowNanos);
    counts[kind]++;
    count++;
    return change;
  }

  /** Closes the window if it ended by {@code nowNanos}; time in proportion to the classes. */
  public Change advance(long nowNanos) {
    if (!clock.isOver(nowNanos)) {
      return Change.NONE;
    }
    Change change = count == 0 ? Change.NONE : close();
    Arrays.fill(counts, 0);
    count = 0;
    clock.skipTo(nowNanos);
    return change;
  }

  private Change close() {
    Change change = Change.NONE;
    for (int kind = 0; kind < counts.length; kind++) {
      Change own = shares[kind].close(counts[kind] / (double) count, count);
      if (own.isAlarm()) {
        change = own;
        changed = kind;
      }
    }
    return change;
  }

  /** Returns the class of the latest alarm, -1 before one. */
  public int changedClass() {
    return changed;
  }

  /** Says whether it watches all shares. */
  public boolean isWatching() {
    for (WindowedLevel share : shares) {
      if (!share.isWatching()) {
        return false;
      }
    }
    return true;
  }
}
