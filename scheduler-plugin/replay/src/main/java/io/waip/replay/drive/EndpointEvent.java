package io.waip.replay.drive;

import io.waip.api.schedule.EndpointState;

/** A change of an endpoint during a run. */
public sealed interface EndpointEvent {
  /** Largest slowdown. */
  double MAX_SLOWDOWN = 1000;

  /** Returns when it happens, nanoseconds from the start, {@code >= 0}. */
  long timeNanos();

  /** Returns the index of the endpoint. */
  int endpoint();

  /**
   * The endpoint changes its state, and the scheduler is told at once. What runs there when it goes
   * {@link EndpointState#DOWN} fails at that time.
   */
  record StateChange(long timeNanos, int endpoint, EndpointState state) implements EndpointEvent {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if time or index are negative
     */
    public StateChange {
      require(timeNanos, endpoint);
    }
  }

  /**
   * Batches take a multiple of their time there from now on, the rest of what runs included. The
   * scheduler is not told: it has to learn it from execution times.
   *
   * @param factor {@code [1, 1000]}; 1 ends a slowdown
   */
  record Slowdown(long timeNanos, int endpoint, double factor) implements EndpointEvent {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if time or index are negative or the factor is out of range
     */
    public Slowdown {
      require(timeNanos, endpoint);
      if (!(factor >= 1 && factor <= MAX_SLOWDOWN)) {
        throw new IllegalArgumentException("slowdown must be in [1, 1000], is " + factor);
      }
    }
  }

  private static void require(long timeNanos, int endpoint) {
    if (timeNanos < 0 || endpoint < 0) {
      throw new IllegalArgumentException(
          "time and endpoint must be >= 0, are %d and %d".formatted(timeNanos, endpoint));
    }
  }
}
