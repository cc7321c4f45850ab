package io.waip.cli.demo.load;

import io.waip.api.Outcome;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.cli.runtime.Cancellation;
import io.waip.onnxruntime.PlannedSession;
import io.waip.scheduler.runtime.EngineSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Runs arms, one at a time, each in a new session with the same number of workers, the same warm-up
 * and the same load.
 */
public final class ArmRunner {
  private static final String SERVICE = "embed";

  /** Longest wait for the answers to the warm-up. */
  private static final Duration WARM_UP_PATIENCE = Duration.ofSeconds(3);

  private static final Duration LOOK = Duration.ofMillis(20);

  /** Time between the end of the preparation and the first request. */
  private static final long LEAD_NANOS = 20_000_000;

  private final LatencyModel curve;
  private final Objective objective;
  private final int workers;
  private final Cancellation cancellation;

  /**
   * Prepares runs.
   *
   * @param curve predicted execution times, given to every arm
   * @param workers executions at once
   * @param cancellation ends a run early; what was sent is still accounted for
   */
  public ArmRunner(
      LatencyModel curve, Objective objective, int workers, Cancellation cancellation) {
    this.curve = curve;
    this.objective = objective;
    this.workers = workers;
    this.cancellation = cancellation;
  }

  /**
   * Runs an arm.
   *
   * @param warmUp served before the window, not counted
   * @param watcher called about every 200 ms with the log so far
   * @throws InterruptedException if the calling thread is interrupted
   */
  public ArmRun run(Arm arm, TextLoad warmUp, TextLoad load, Consumer<RequestLog> watcher)
      throws InterruptedException {
    PlannedSession session = open(arm, load.size() + warmUp.size());
    RequestLog warmUpLog = log(arm, warmUp);
    RequestLog log = log(arm, load);
    try (session) {
      generate(session, warmUpLog, ignored -> {});
      awaitIdle(session);
      generate(session, log, watcher);
    }
    long replies = Arrays.stream(Outcome.values()).mapToLong(session::count).sum();
    long answered = answered(warmUpLog) + answered(log);
    return new ArmRun(arm, log, new Scoring(log, curve).figures(replies - answered));
  }

  private static RequestLog log(Arm arm, TextLoad load) {
    return new RequestLog(
        load, arm.models().variants().stream().map(Variant::model).toList(), new EmbeddingCheck());
  }

  private static long answered(RequestLog log) {
    long answered = 0;
    for (int i = 0; i < log.sent(); i++) {
      answered += log.answers(i);
    }
    return answered;
  }

  private PlannedSession open(Arm arm, int requests) throws InterruptedException {
    int capacity = Math.max(EngineSettings.DEFAULT_QUEUE_CAPACITY, requests);
    return PlannedSession.builder()
        .service(SERVICE)
        .objective(objective)
        .models(arm.models())
        .latencyModel(curve)
        .scheduler(arm.scheduler())
        .tenant(Tenant.unlimited(TextLoad.INTERACTIVE_TENANT))
        .tenant(Tenant.unlimited(TextLoad.OFFLINE_TENANT))
        .workers(workers)
        .settings(EngineSettings.DEFAULT.withQueueCapacity(capacity))
        .drain(objective.latency())
        .start();
  }

  private void generate(PlannedSession session, RequestLog log, Consumer<RequestLog> watcher)
      throws InterruptedException {
    long start = System.nanoTime() + LEAD_NANOS;
    Thread thread =
        new Thread(new LoadGenerator(session, log, start, cancellation::isRequested), "waip-load");
    thread.setDaemon(true);
    thread.start();
    while (!thread.join(Duration.ofMillis(200))) {
      watcher.accept(log);
    }
  }

  private void awaitIdle(PlannedSession session) throws InterruptedException {
    long until = System.nanoTime() + WARM_UP_PATIENCE.toNanos();
    boolean waits = true;
    while (waits && session.open() > 0 && System.nanoTime() < until) {
      waits = !cancellation.await(LOOK);
    }
  }
}
