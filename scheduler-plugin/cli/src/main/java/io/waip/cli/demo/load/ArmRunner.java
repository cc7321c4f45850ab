package io.waip.cli.demo.load;

import io.waip.api.cost.LatencyModel;
import io.waip.cli.runtime.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Runs arms, one at a time, each opened anew, with the same warm-up and the same load. */
public final class ArmRunner {
  /** Longest wait for the answers to the warm-up. */
  private static final Duration WARM_UP_PATIENCE = Duration.ofSeconds(3);

  private static final Duration LOOK = Duration.ofMillis(20);

  /** Time between the end of the preparation and the first request. */
  private static final long LEAD_NANOS = 20_000_000;

  private final LatencyModel curve;
  private final Cancellation cancellation;

  /**
   * Prepares runs.
   *
   * @param curve predicted execution times the measured ones are compared with
   * @param cancellation ends a run early; what was sent is still accounted for
   */
  public ArmRunner(LatencyModel curve, Cancellation cancellation) {
    this.curve = curve;
    this.cancellation = cancellation;
  }

  /**
   * Runs an arm. When the window is over, what is late gets the time of the objective to be
   * answered, and what is still open then is withdrawn.
   *
   * @param warmUp served before the window, not counted
   * @param watcher called about every 200 ms with the log so far
   * @throws InterruptedException if the calling thread is interrupted
   */
  public ArmRun run(Arm arm, TextLoad warmUp, TextLoad load, Consumer<RequestLog> watcher)
      throws InterruptedException {
    Serving serving = arm.opener().open();
    RequestLog log = new RequestLog(load, serving.variants(), new EmbeddingCheck());
    long start;
    try (serving) {
      RequestLog warmUpLog = new RequestLog(warmUp, serving.variants(), new EmbeddingCheck());
      generate(serving, warmUpLog, ignored -> {});
      awaitIdle(serving, WARM_UP_PATIENCE);
      start = generate(serving, log, watcher);
      awaitIdle(serving, Duration.ofNanos(load.window().sloNanos()));
      serving.cancelOpen();
    }
    List<ExecutionLog.Execution> executions = serving.executions().since(start);
    ArmFigures figures = new Scoring(log, executions, serving.forwarded(), curve).figures();
    return new ArmRun(arm, log, executions, figures, serving.problems());
  }

  /** Sends a load and returns when its window began, of {@link System#nanoTime}. */
  private long generate(Serving serving, RequestLog log, Consumer<RequestLog> watcher)
      throws InterruptedException {
    long start = System.nanoTime() + LEAD_NANOS;
    Thread thread =
        new Thread(new LoadGenerator(serving, log, start, cancellation::isRequested), "waip-load");
    thread.setDaemon(true);
    thread.start();
    while (!thread.join(Duration.ofMillis(200))) {
      watcher.accept(log);
    }
    return start;
  }

  private void awaitIdle(Serving serving, Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    boolean waits = true;
    while (waits && serving.open() > 0 && System.nanoTime() < until) {
      waits = !cancellation.await(LOOK);
    }
  }
}
