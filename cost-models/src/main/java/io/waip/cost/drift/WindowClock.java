package io.waip.cost.drift;

/** Says when a window of time is over; the first begins at the first time told. */
final class WindowClock {
  private final long windowNanos;
  private long endNanos;
  private boolean isRunning;

  /** Stands still until it is told a time. */
  WindowClock(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /** Says whether the window has ended by {@code nowNanos}. */
  boolean isOver(long nowNanos) {
    if (!isRunning) {
      isRunning = true;
      endNanos = nowNanos + windowNanos;
    }
    return nowNanos >= endNanos;
  }

  /** Goes on to the next window. */
  void next() {
    endNanos += windowNanos;
  }

  /** Goes on to the window of {@code nowNanos}, over those that nothing happened in. */
  void skipTo(long nowNanos) {
    endNanos += Math.floorDiv(nowNanos - endNanos, windowNanos) * windowNanos + windowNanos;
  }
}
