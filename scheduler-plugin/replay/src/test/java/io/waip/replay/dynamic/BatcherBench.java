package io.waip.replay.dynamic;

import static java.util.Objects.requireNonNull;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.IntStream;

/** A batcher and what it decided; fails when a request ends twice. Times in milliseconds. */
final class BatcherBench implements Decisions {
  private static final long MS = 1_000_000;

  record Sent(long id, int endpoint, int paddedLength, List<Long> requests) {}

  record End(Outcome outcome, Reason reason) {}

  final List<Sent> sent = new ArrayList<>();
  final Map<Long, End> ended = new HashMap<>();
  private final Queue<Sent> running = new ArrayDeque<>();
  long wakeNanos = Long.MAX_VALUE;
  private final DynamicBatcher batcher;
  private final RequestDescriptor request = new RequestDescriptor();

  BatcherBench(DynamicBatcherSettings settings) {
    this(settings, 1);
  }

  BatcherBench(DynamicBatcherSettings settings, int endpoints) {
    batcher = new DynamicBatcher(deployment(endpoints), settings);
  }

  /** On a machine where no end of an execution is heard. */
  static BatcherBench deaf(DynamicBatcherSettings settings) {
    return new BatcherBench(new DynamicBatcher(deployment(1), settings, () -> false));
  }

  private BatcherBench(DynamicBatcher batcher) {
    this.batcher = batcher;
  }

  /** One service, two variants up to batch 64 and length 128, two tenants. */
  static Deployment deployment(int endpoints) {
    List<Variant> variants =
        List.of(new Variant("reference", 1, 64, 128), new Variant("small", 0.98, 64, 128));
    Objective objective = Objective.interactive(Duration.ofMillis(100));
    return new Deployment(
        List.of(new Service("embed", objective, true, variants)),
        List.of(Tenant.unlimited("a"), Tenant.unlimited("b")),
        IntStream.range(0, endpoints).mapToObj(i -> Endpoint.worker("w" + i)).toList());
  }

  BatcherBench arrive(double ms, long id, Tier tier, int length) {
    long now = nanos(ms);
    request.reset(id, 0, 0).tier(tier).length(length).arrivalNanos(now);
    if (tier == Tier.INTERACTIVE) {
      request.deadlineNanos(now + 100 * MS);
    }
    batcher.arrived(now, request, this);
    return this;
  }

  /** Interactive requests of length 8. */
  BatcherBench arrive(double ms, long... ids) {
    for (long id : ids) {
      arrive(ms, id, Tier.INTERACTIVE, 8);
    }
    return this;
  }

  /** Ends the batch that has run longest. */
  BatcherBench complete(double ms) {
    batcher.completed(nanos(ms), running.remove().id(), MS, this);
    return this;
  }

  BatcherBench fail(double ms) {
    batcher.failed(nanos(ms), running.remove().id(), this);
    return this;
  }

  boolean hasRunning() {
    return !running.isEmpty();
  }

  BatcherBench cancel(double ms, long id) {
    batcher.cancelled(nanos(ms), id, this);
    return this;
  }

  BatcherBench timer(double ms) {
    wakeNanos = Long.MAX_VALUE;
    batcher.timer(nanos(ms), this);
    return this;
  }

  BatcherBench endpoint(double ms, int endpoint, EndpointState state) {
    batcher.endpointChanged(nanos(ms), endpoint, state, this);
    return this;
  }

  BatcherBench shutdown(double ms) {
    batcher.shutdown(nanos(ms), this);
    return this;
  }

  Outcome outcome(long id) {
    return requireNonNull(ended.get(id)).outcome();
  }

  Reason reason(long id) {
    return requireNonNull(ended.get(id)).reason();
  }

  DynamicBatcher batcher() {
    return batcher;
  }

  List<List<Long>> batches() {
    return sent.stream().map(Sent::requests).toList();
  }

  double wakeMs() {
    return wakeNanos / (double) MS;
  }

  @Override
  public void dispatch(Batch batch) {
    List<Long> ids = IntStream.range(0, batch.size()).mapToObj(batch::requestId).toList();
    Sent dispatched = new Sent(batch.dispatchId(), batch.endpoint(), batch.paddedLength(), ids);
    sent.add(dispatched);
    running.add(dispatched);
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    if (ended.put(requestId, new End(outcome, reason)) != null) {
      throw new AssertionError("request " + requestId + " ended twice");
    }
  }

  @Override
  public void wakeAt(long timeNanos) {
    wakeNanos = timeNanos;
  }

  static long nanos(double ms) {
    return Math.round(ms * MS);
  }
}
