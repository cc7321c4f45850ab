package io.waip.replay.records;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.plan.Plan;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a driver and a scheduler and records every event and every decision, in order.
 * Works for any scheduler; one that knows the same encoder as its recorder also has its
 * considerations in between. Single writer, as {@link Scheduler} says.
 */
final class RecordedScheduler implements Scheduler, Decisions {
  private final Scheduler scheduler;
  private final RecordEncoder records;
  private @Nullable Decisions out;

  RecordedScheduler(Scheduler scheduler, RecordEncoder records) {
    this.scheduler = scheduler;
    this.records = records;
  }

  private RecordedScheduler to(Decisions driver) {
    out = driver;
    return this;
  }

  private Decisions driver() {
    Decisions driver = out;
    if (driver == null) {
      throw new IllegalStateException("a decision outside of an event");
    }
    return driver;
  }

  @Override
  public void arrived(long nowNanos, RequestDescriptor request, Decisions driver) {
    records.arrived(nowNanos, request);
    scheduler.arrived(nowNanos, request, to(driver));
  }

  @Override
  public void completed(long nowNanos, long dispatchId, long executionNanos, Decisions driver) {
    records.completed(nowNanos, dispatchId, executionNanos);
    scheduler.completed(nowNanos, dispatchId, executionNanos, to(driver));
  }

  @Override
  public void failed(long nowNanos, long dispatchId, Decisions driver) {
    records.failed(nowNanos, dispatchId);
    scheduler.failed(nowNanos, dispatchId, to(driver));
  }

  @Override
  public void cancelled(long nowNanos, long requestId, Decisions driver) {
    records.cancelled(nowNanos, requestId);
    scheduler.cancelled(nowNanos, requestId, to(driver));
  }

  @Override
  public void timer(long nowNanos, Decisions driver) {
    records.timer(nowNanos);
    scheduler.timer(nowNanos, to(driver));
  }

  @Override
  public void endpointChanged(long nowNanos, int endpoint, EndpointState state, Decisions driver) {
    records.endpointChanged(nowNanos, endpoint, state);
    scheduler.endpointChanged(nowNanos, endpoint, state, to(driver));
  }

  @Override
  public void planPublished(long nowNanos, Plan plan, Decisions driver) {
    records.planPublished(nowNanos, plan);
    scheduler.planPublished(nowNanos, plan, to(driver));
  }

  @Override
  public void shutdown(long nowNanos, Decisions driver) {
    records.shutdown(nowNanos);
    scheduler.shutdown(nowNanos, to(driver));
  }

  @Override
  public void dispatch(Batch batch) {
    records.dispatch(batch);
    driver().dispatch(batch);
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    records.ended(requestId, outcome, reason, retryAfterNanos);
    driver().ended(requestId, outcome, reason, retryAfterNanos);
  }

  @Override
  public void wakeAt(long timeNanos) {
    records.wakeAt(timeNanos);
    driver().wakeAt(timeNanos);
  }
}
