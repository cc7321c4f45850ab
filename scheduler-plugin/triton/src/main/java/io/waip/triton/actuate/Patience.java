package io.waip.triton.actuate;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How long to wait for a server, and how.
 *
 * @param limit longest wait for one thing, {@code > 0}
 * @param step between two looks, {@code > 0}
 * @param nanoClock monotonic, nanoseconds
 * @param pause waits about as long as it is told; may return early
 */
public record Patience(
    Duration limit, Duration step, LongSupplier nanoClock, Consumer<Duration> pause) {
  /** Four times the 15 s after which tritonserver looks again, by default. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

  private static final Duration DEFAULT_STEP = Duration.ofMillis(100);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if a duration is not positive
   */
  public Patience {
    if (!limit.isPositive() || !step.isPositive()) {
      throw new IllegalArgumentException(
          "limit and step must be > 0, are %s and %s".formatted(limit, step));
    }
  }

  /** Returns a minute's patience, looking every 100 ms, on the calling thread. */
  public static Patience ofAMinute() {
    return new Patience(
        DEFAULT_LIMIT,
        DEFAULT_STEP,
        System::nanoTime,
        step -> LockSupport.parkNanos(step.toNanos()));
  }

  /** Waits until something is so; false where it is not within the limit, or on interruption. */
  boolean await(BooleanSupplier isSo) {
    long end = nanoClock.getAsLong() + limit.toNanos();
    while (!isSo.getAsBoolean()) {
      if (nanoClock.getAsLong() - end >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      pause.accept(step);
    }
    return true;
  }
}
