package io.waip.cli.bench.front;

import io.waip.cli.demo.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What every part of the bench works with.
 *
 * @param surroundings output, progress, cancellation
 * @param work folder of this run, removed at its end
 * @param seed of everything drawn
 */
record Stage(Surroundings surroundings, Path work, long seed) {
  private static final Duration POLL = Duration.ofMillis(2);

  /**
   * Sleeps.
   *
   * @throws CancelledBench if the end was requested
   */
  void sleep(Duration time) throws InterruptedException {
    if (surroundings.cancellation().await(time)) {
      throw new CancelledBench();
    }
  }

  /**
   * Waits for a condition, asked every 2 ms.
   *
   * @return whether it came to hold in time
   * @throws CancelledBench if the end was requested
   */
  boolean await(BooleanSupplier condition, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      sleep(POLL);
    }
    return true;
  }

  void update(String step, String text) {
    surroundings.progress().update(step, text);
  }

  void done(String step, String text) {
    surroundings.progress().done(step, text);
  }
}
