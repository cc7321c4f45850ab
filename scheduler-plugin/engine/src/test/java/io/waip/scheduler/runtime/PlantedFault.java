package io.waip.scheduler.runtime;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.plan.Plan;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;

/**
 * A scheduler that hands on every event and spoils the decisions on the way back. A subclass
 * overrides the decision it spoils.
 */
abstract class PlantedFault implements Scheduler, Decisions {
  private final Scheduler sound;
  private Decisions out = this;

  PlantedFault(Scheduler sound) {
    this.sound = sound;
  }

  Decisions out() {
    return out;
  }

  private PlantedFault into(Decisions driver) {
    out = driver;
    return this;
  }

  @Override
  public void dispatch(Batch batch) {
    out.dispatch(batch);
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    out.ended(requestId, outcome, reason, retryAfterNanos);
  }

  @Override
  public void wakeAt(long timeNanos) {
    out.wakeAt(timeNanos);
  }

  @Override
  public void arrived(long nowNanos, RequestDescriptor request, Decisions driver) {
    sound.arrived(nowNanos, request, into(driver));
  }

  @Override
  public void completed(long nowNanos, long dispatchId, long executionNanos, Decisions driver) {
    sound.completed(nowNanos, dispatchId, executionNanos, into(driver));
  }

  @Override
  public void failed(long nowNanos, long dispatchId, Decisions driver) {
    sound.failed(nowNanos, dispatchId, into(driver));
  }

  @Override
  public void cancelled(long nowNanos, long requestId, Decisions driver) {
    sound.cancelled(nowNanos, requestId, into(driver));
  }

  @Override
  public void timer(long nowNanos, Decisions driver) {
    sound.timer(nowNanos, into(driver));
  }

  @Override
  public void endpointChanged(long nowNanos, int endpoint, EndpointState state, Decisions driver) {
    sound.endpointChanged(nowNanos, endpoint, state, into(driver));
  }

  @Override
  public void planPublished(long nowNanos, Plan plan, Decisions driver) {
    sound.planPublished(nowNanos, plan, into(driver));
  }

  @Override
  public void shutdown(long nowNanos, Decisions driver) {
    sound.shutdown(nowNanos, into(driver));
  }

  /** A batch that differs from a sound one where a subclass says so. */
  abstract static class Spoilt implements Batch {
    final Batch sound;

    Spoilt(Batch sound) {
      this.sound = sound;
    }

    @Override
    public long dispatchId() {
      return sound.dispatchId();
    }

    @Override
    public int endpoint() {
      return sound.endpoint();
    }

    @Override
    public int variant() {
      return sound.variant();
    }

    @Override
    public int size() {
      return sound.size();
    }

    @Override
    public long requestId(int i) {
      return sound.requestId(i);
    }

    @Override
    public int paddedLength() {
      return sound.paddedLength();
    }

    @Override
    public long predictedNanos() {
      return sound.predictedNanos();
    }
  }
}
