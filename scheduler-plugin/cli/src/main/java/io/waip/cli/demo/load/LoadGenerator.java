package io.waip.cli.demo.load;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Sends a load at its intended times, whatever the answers do: an open loop.
 *
 * <p>Runs on one thread of its own. A request that is late is sent at once; its latency still
 * counts from the intended time.
 */
final class LoadGenerator implements Runnable {
  /** Longest sleep between two looks at {@code stop}. */
  private static final long LONGEST_SLEEP_NANOS = 50_000_000;

  private final Serving serving;
  private final RequestLog log;
  private final BooleanSupplier stop;
  private final long startNanos;

  /**
   * Prepares a run.
   *
   * @param startNanos start of the window, of {@link System#nanoTime}
   * @param stop asked before each request; true ends the run early
   */
  LoadGenerator(Serving serving, RequestLog log, long startNanos, BooleanSupplier stop) {
    this.serving = serving;
    this.log = log;
    this.startNanos = startNanos;
    this.stop = stop;
  }

  @Override
  public void run() {
    TextLoad load = log.load();
    for (int i = 0; i < load.size(); i++) {
      if (!awaitTime(startNanos + load.arrivalNanos(i))) {
        return;
      }
      send(i);
    }
    awaitTime(startNanos + load.window().nanos());
  }

  private boolean awaitTime(long timeNanos) {
    long left = timeNanos - System.nanoTime();
    while (left > 0 && !stop.getAsBoolean()) {
      LockSupport.parkNanos(Math.min(left, LONGEST_SLEEP_NANOS));
      left = timeNanos - System.nanoTime();
    }
    return !stop.getAsBoolean();
  }

  private void send(int i) {
    log.sent(i, sinceStart());
    serving.send(log.load(), i, (request, reply) -> log.ended(request, sinceStart(), reply));
  }

  private long sinceStart() {
    return System.nanoTime() - startNanos;
  }
}
