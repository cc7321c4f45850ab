package io.waip.cli.demo.load;

import io.waip.onnxruntime.PlannedSession;
import io.waip.onnxruntime.SessionRequest;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Sends a load at its intended times, whatever the answers do: an open loop.
 *
 * <p>Runs on one thread of its own. A request that is late is sent at once; its latency still
 * counts from the intended time.
 */
final class LoadGenerator implements Runnable {
  private static final String INPUT = "input_ids";

  /** Longest sleep between two looks at {@code stop}. */
  private static final long LONGEST_SLEEP_NANOS = 50_000_000;

  private final PlannedSession session;
  private final RequestLog log;
  private final BooleanSupplier stop;
  private final long startNanos;

  /**
   * Prepares a run.
   *
   * @param startNanos start of the window, of {@link System#nanoTime}
   * @param stop asked before each request; true ends the run early
   */
  LoadGenerator(PlannedSession session, RequestLog log, long startNanos, BooleanSupplier stop) {
    this.session = session;
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
    TextLoad load = log.load();
    log.sent(i, sinceStart());
    SessionRequest request =
        SessionRequest.builder()
            .input(INPUT, load.texts().row(load.text(i)))
            .tenant(load.tenant(i))
            .tier(load.tier(i))
            .arrivalNanos(startNanos + load.arrivalNanos(i))
            .build();
    try {
      var _ = session.submit(request).thenAccept(answer -> log.answered(i, sinceStart(), answer));
    } catch (IllegalArgumentException e) {
      log.refused(i, sinceStart());
    }
  }

  private long sinceStart() {
    return System.nanoTime() - startNanos;
  }
}
