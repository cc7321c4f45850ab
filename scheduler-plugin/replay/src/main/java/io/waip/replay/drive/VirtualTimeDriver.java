package io.waip.replay.drive;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.Scheduler;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Runs a scheduler over a source of requests in virtual time and keeps how each request ended.
 *
 * <p>At equal times the end of a batch comes before an arrival, and an arrival before a timer.
 * Every request must end exactly once: a lost or doubled one is an {@link IllegalStateException}.
 * Single thread.
 */
public final class VirtualTimeDriver implements Decisions {
  private record End(long timeNanos, long dispatchId, long executionNanos) {}

  private final RequestSource source;
  private final Scheduler scheduler;
  private final ExecutionTimes times;
  private final RunObserver observer;
  private final DecisionChain chain = new DecisionChain();
  private final RequestDescriptor descriptor = new RequestDescriptor();
  private final PriorityQueue<End> ends =
      new PriorityQueue<>(
          Comparator.comparingLong(End::timeNanos).thenComparingLong(End::dispatchId));
  private final RunLog log;
  private long nowNanos;
  private long wakeNanos = Long.MAX_VALUE;

  private VirtualTimeDriver(
      RequestSource source, Scheduler scheduler, ExecutionTimes times, RunObserver observer) {
    this.source = source;
    this.scheduler = scheduler;
    this.times = times;
    this.observer = observer;
    log = new RunLog(source.size());
  }

  /**
   * Runs to the end of the last request.
   *
   * @return what happened
   * @throws IllegalStateException if a request ended twice or never
   */
  public static RunLog run(RequestSource source, Scheduler scheduler, ExecutionTimes times) {
    return run(source, scheduler, times, RunObserver.NONE);
  }

  /**
   * Runs to the end of the last request.
   *
   * @param observer told of what happens
   * @return what happened
   * @throws IllegalStateException if a request ended twice or never
   */
  public static RunLog run(
      RequestSource source, Scheduler scheduler, ExecutionTimes times, RunObserver observer) {
    VirtualTimeDriver driver = new VirtualTimeDriver(source, scheduler, times, observer);
    driver.runToEnd();
    return driver.log;
  }

  private void runToEnd() {
    int next = 0;
    while (next < source.size() || !ends.isEmpty() || wakeNanos != Long.MAX_VALUE) {
      long arrival = next < source.size() ? source.arrivalNanos(next) : Long.MAX_VALUE;
      long end = ends.isEmpty() ? Long.MAX_VALUE : ends.element().timeNanos();
      if (end <= arrival && end <= wakeNanos) {
        complete(ends.remove());
      } else if (arrival <= wakeNanos) {
        arrive(next++, arrival);
      } else {
        wake();
      }
    }
    scheduler.shutdown(nowNanos, this);
    log.finish(chain.finish());
  }

  private void complete(End end) {
    nowNanos = Math.max(nowNanos, end.timeNanos());
    chain.completed(nowNanos, end.dispatchId(), end.executionNanos());
    observer.completed(nowNanos);
    scheduler.completed(nowNanos, end.dispatchId(), end.executionNanos(), this);
  }

  private void arrive(int request, long arrivalNanos) {
    nowNanos = Math.max(nowNanos, arrivalNanos);
    source.describe(request, descriptor);
    chain.arrived(nowNanos, descriptor);
    observer.arrived(nowNanos);
    scheduler.arrived(nowNanos, descriptor, this);
  }

  private void wake() {
    nowNanos = Math.max(nowNanos, wakeNanos);
    wakeNanos = Long.MAX_VALUE;
    chain.timer(nowNanos);
    scheduler.timer(nowNanos, this);
  }

  @Override
  public void dispatch(Batch batch) {
    chain.dispatch(batch);
    long nanos = times.nanos(batch);
    ends.add(new End(nowNanos + nanos, batch.dispatchId(), nanos));
    observer.executed(batch, nowNanos, nowNanos + nanos);
    log.dispatched(batch, nanos);
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    chain.ended(requestId, outcome, reason, retryAfterNanos);
    log.ended((int) requestId, outcome, nowNanos);
    observer.ended((int) requestId, outcome, nowNanos);
  }

  @Override
  public void wakeAt(long timeNanos) {
    chain.wakeAt(timeNanos);
    wakeNanos = timeNanos;
  }
}
