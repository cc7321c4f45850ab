package io.waip.cli.bench.planner;

import io.waip.api.Outcome;
import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Sends a load at its intended times, whatever the answers do, and waits for the last answer. */
final class OpenLoop {
  private static final long LONGEST_SLEEP_NANOS = 20_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final PlannerStage stage;
  private final Cancellation cancellation;

  OpenLoop(PlannerStage stage, Cancellation cancellation) {
    this.stage = stage;
    this.cancellation = cancellation;
  }

  /**
   * Runs a load.
   *
   * @throws UserError if a signal came
   */
  LoadRun run(PhasedLoad load, long sloNanos) throws InterruptedException {
    LoadRun run = new LoadRun(load, sloNanos);
    AtomicInteger open = new AtomicInteger();
    long start = System.nanoTime();
    for (int i = 0; i < load.requests().size(); i++) {
      PhasedLoad.Request request = load.requests().get(i);
      await(start + request.nanos());
      run.sent(i, System.nanoTime() - start);
      open.incrementAndGet();
      stage.send(
          i,
          request,
          sloNanos,
          (index, outcome) -> {
            note(run, index, outcome, System.nanoTime() - start);
            open.decrementAndGet();
          });
    }
    await(start + load.startNanos(load.phases().size()));
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (open.get() > 0 && System.nanoTime() < until) {
      Thread.sleep(Duration.ofMillis(5));
    }
    return run;
  }

  private static void note(LoadRun run, int request, Outcome outcome, long nanos) {
    switch (outcome) {
      case COMPLETED -> run.answered(request, nanos);
      case REJECTED -> run.refused(request);
      default -> run.failed(request);
    }
  }

  private void await(long timeNanos) {
    long left = timeNanos - System.nanoTime();
    while (left > 0) {
      if (cancellation.isRequested()) {
        throw new UserError("stopped by a signal; no JSON written", "", "", "");
      }
      LockSupport.parkNanos(Math.min(left, LONGEST_SLEEP_NANOS));
      left = timeNanos - System.nanoTime();
    }
  }
}
