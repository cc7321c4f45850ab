package io.waip.examples;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.cost.LinearLatencyModel;
import io.waip.cost.LinearLaw;
import io.waip.scheduler.runtime.Engine;
import io.waip.scheduler.runtime.EngineSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The engine without a model: a driver in virtual time reports arrivals and completions and prints
 * what the engine decides.
 *
 * <p>One worker; a batch of b requests takes 4 ms + b * 0.8 ms. Twelve requests arrive a
 * millisecond apart, each to be answered within 25 ms; one of them asks for 5 ms, which nobody can
 * do. Running it twice prints the same.
 *
 * <pre>{@code
 * java -cp "examples/target/classes:$(cat examples/target/class-path)" \
 *     io.waip.examples.FirstSchedule
 * }</pre>
 */
public final class FirstSchedule implements Decisions {
  private static final long MILLI = 1_000_000;
  private static final int REQUESTS = 12;
  private static final long DEADLINE = 25 * MILLI;

  /** Shorter than serving one request takes, with the plan's margin: 4.8 ms * 1.1. */
  private static final long HOPELESS_DEADLINE = 5 * MILLI;

  private static final int HOPELESS = 10;

  private record Running(long dispatchId, long endNanos, long nanos) {}

  private final PrintStream out;
  private final Queue<Running> running = new ArrayDeque<>();
  private final Engine engine;
  private long nowNanos;
  private long wakeNanos = Long.MAX_VALUE;

  private FirstSchedule(PrintStream out) {
    this.out = out;
    Service service =
        new Service(
            "embed",
            Objective.interactive(Duration.ofMillis(25)),
            false,
            List.of(new Variant("fp32", 1, 8, 128)));
    Deployment deployment =
        new Deployment(
            List.of(service),
            List.of(Tenant.unlimited("team")),
            List.of(Endpoint.worker("worker-0")));
    LatencyModel costs = LinearLatencyModel.of(List.of(new LinearLaw(4 * MILLI, 0.8 * MILLI, 0)));
    engine = new Engine(deployment, costs, Plan.defaults(deployment), EngineSettings.DEFAULT);
  }

  /** Prints the schedule. */
  @SuppressWarnings("SystemOut") // An example prints.
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    new FirstSchedule(out).run();
  }

  private void run() {
    RequestDescriptor request = new RequestDescriptor();
    for (int i = 0; i < REQUESTS; i++) {
      advanceTo(i * MILLI);
      long deadline = nowNanos + (i == HOPELESS ? HOPELESS_DEADLINE : DEADLINE);
      request.reset(i, 0, 0).tier(Tier.INTERACTIVE).arrivalNanos(nowNanos).deadlineNanos(deadline);
      engine.arrived(nowNanos, request, this);
    }
    advanceTo(Long.MAX_VALUE);
  }

  /** Reports everything that happens until then, in order. */
  private void advanceTo(long timeNanos) {
    while (nextNanos() <= timeNanos && nextNanos() != Long.MAX_VALUE) {
      nowNanos = nextNanos();
      if (!running.isEmpty() && running.element().endNanos() == nowNanos) {
        Running ended = running.remove();
        engine.completed(nowNanos, ended.dispatchId(), ended.nanos(), this);
      } else {
        wakeNanos = Long.MAX_VALUE;
        engine.timer(nowNanos, this);
      }
    }
    nowNanos = Math.max(nowNanos, timeNanos == Long.MAX_VALUE ? nowNanos : timeNanos);
  }

  private long nextNanos() {
    return Math.min(wakeNanos, running.isEmpty() ? Long.MAX_VALUE : running.element().endNanos());
  }

  @Override
  public void dispatch(Batch batch) {
    long nanos = 4 * MILLI + batch.size() * 8L * MILLI / 10;
    running.add(new Running(batch.dispatchId(), nowNanos + nanos, nanos));
    out.printf("%5.1f ms  run a batch of %d%n", nowNanos / 1e6, batch.size());
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    out.printf("%5.1f ms  request %d: %s %s%n", nowNanos / 1e6, requestId, outcome, reason);
  }

  @Override
  public void wakeAt(long timeNanos) {
    wakeNanos = timeNanos;
  }
}
