package io.waip.benchmarks;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.cost.CostPoint;
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
import io.waip.cost.GridLatencyModel;
import io.waip.cost.LinearLaw;
import io.waip.scheduler.runtime.Engine;
import io.waip.scheduler.runtime.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An engine held in a steady state by a closed loop in virtual time: each step one request arrives,
 * and when the queue is a batch too long the batch in flight completes and the next is dispatched.
 *
 * <p>One service with an fp32 and an int8 variant on one worker, as in the demo. A step allocates
 * nothing outside the engine. Single thread.
 */
final class SteadyEngine implements Decisions {
  private static final int MAX_BATCH = 32;
  private static final long ARRIVAL_GAP_NANOS = 150_000;

  /** A small sentence encoder on one core: 1 ms, 60 us for each request, 5 us for each token. */
  private static final LinearLaw FP32 = new LinearLaw(1_000_000, 60_000, 5_000);

  private static final LinearLaw INT8 = new LinearLaw(1_000_000, 40_000, 2_500);

  private final int highMark;
  private final Workload workload;
  private final LatencyModel model;
  private final Engine engine;
  private final RequestDescriptor request = new RequestDescriptor();
  private long nowNanos;
  private long wakeNanos = Long.MAX_VALUE;
  private long dispatchId;
  private long batchNanos;
  private int batchSize;
  private long batchEndNanos;
  private long arrived;
  private long completed;
  private long otherwiseEnded;

  /**
   * Creates the engine and fills its queue.
   *
   * @param queued requests queued on average, {@code >= 32}
   * @param mixed whether lengths differ
   * @param tenants number of tenants, {@code >= 1}
   */
  SteadyEngine(int queued, boolean mixed, int tenants) {
    highMark = queued + MAX_BATCH / 2;
    workload = new Workload(mixed, tenants);
    model = model();
    Deployment deployment = deployment(tenants);
    engine = new Engine(deployment, model, Plan.defaults(deployment), EngineSettings.DEFAULT);
    while (completed == 0) {
      step();
    }
  }

  private static Deployment deployment(int tenants) {
    Service service =
        new Service(
            "embed",
            Objective.interactive(Duration.ofMillis(400)),
            true,
            List.of(
                new Variant("fp32", 1, MAX_BATCH, Workload.maxLength()),
                new Variant("int8", 0.99, MAX_BATCH, Workload.maxLength())));
    return new Deployment(
        List.of(service),
        IntStream.range(0, tenants).mapToObj(i -> Tenant.unlimited("tenant-" + i)).toList(),
        List.of(Endpoint.worker("worker-0")));
  }

  private static LatencyModel model() {
    List<CostPoint> points = new ArrayList<>();
    LinearLaw[] laws = {FP32, INT8};
    for (int variant = 0; variant < laws.length; variant++) {
      for (int batch = 1; batch <= MAX_BATCH; batch *= 2) {
        for (int length = 8; length <= Workload.maxLength(); length *= 2) {
          points.add(new CostPoint(variant, batch, length, laws[variant].nanos(batch, length), 20));
        }
      }
    }
    return GridLatencyModel.fit(points);
  }

  /**
   * Takes one request in and, once the queue is a batch too long, answers a batch.
   *
   * @return the number of requests answered so far
   */
  long step() {
    nowNanos += ARRIVAL_GAP_NANOS;
    if (nowNanos >= wakeNanos) {
      wakeNanos = Long.MAX_VALUE;
      engine.timer(nowNanos, this);
    }
    engine.arrived(nowNanos, workload.describe(arrived++, nowNanos, request), this);
    if (engine.queued() > highMark) {
      nowNanos = Math.max(nowNanos, batchEndNanos);
      engine.completed(nowNanos, dispatchId, batchNanos, this);
    }
    return completed;
  }

  @Override
  public void dispatch(Batch batch) {
    dispatchId = batch.dispatchId();
    batchSize = batch.size();
    batchNanos = model.medianNanos(batch.variant(), batch.size(), batch.paddedLength());
    batchEndNanos = nowNanos + batchNanos;
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    if (outcome == Outcome.COMPLETED) {
      completed++;
    } else {
      otherwiseEnded++;
    }
  }

  @Override
  public void wakeAt(long timeNanos) {
    wakeNanos = timeNanos;
  }

  /** Returns the number of requests that arrived. */
  long arrived() {
    return arrived;
  }

  /** Returns the number of requests answered in time. */
  long completed() {
    return completed;
  }

  /** Returns the number of requests that ended in any other way. */
  long otherwiseEnded() {
    return otherwiseEnded;
  }

  /** Returns the number of requests in the batch in flight; there always is one. */
  int running() {
    return batchSize;
  }

  /** Returns the number of queued requests. */
  int queued() {
    return engine.queued();
  }
}
