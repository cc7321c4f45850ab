package io.waip.replay.drive;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Runs a scheduler over a source of requests in virtual time and keeps how each request ended.
 *
 * <p>At equal times the end of a batch comes before a change of an endpoint, that before an
 * arrival, and an arrival before a timer. When an endpoint goes down the scheduler is told so, then
 * that the batches there failed. Every request must end exactly once: a lost or doubled one is an
 * {@link IllegalStateException}. Single thread.
 */
public final class VirtualTimeDriver implements Decisions {
  private record End(long timeNanos, long dispatchId, int endpoint, long executionNanos) {}

  private final RequestSource source;
  private final Scheduler scheduler;
  private final ExecutionTimes times;
  private final RunObserver observer;
  private final DecisionChain chain = new DecisionChain();
  private final RequestDescriptor descriptor = new RequestDescriptor();
  private final PriorityQueue<End> ends =
      new PriorityQueue<>(
          Comparator.comparingLong(End::timeNanos).thenComparingLong(End::dispatchId));
  private final List<End> failing = new ArrayList<>();
  private final EndpointTimeline timeline;
  private final RunLog log;
  private long nowNanos;
  private long wakeNanos = Long.MAX_VALUE;

  private VirtualTimeDriver(
      RequestSource source,
      Scheduler scheduler,
      ExecutionTimes times,
      List<EndpointEvent> events,
      RunObserver observer) {
    this.source = source;
    this.scheduler = scheduler;
    this.times = times;
    this.observer = observer;
    timeline = new EndpointTimeline(events);
    log = new RunLog(source.size());
  }

  /**
   * Runs to the end of the last request.
   *
   * @return what happened
   * @throws IllegalStateException if a request ended twice or never
   */
  public static RunLog run(RequestSource source, Scheduler scheduler, ExecutionTimes times) {
    return run(source, scheduler, times, List.of(), RunObserver.NONE);
  }

  /**
   * Runs to the end of the last request and the last event.
   *
   * @param events changes of endpoints, in any order
   * @param observer told of what happens
   * @return what happened
   * @throws IllegalStateException if a request ended twice or never, or the scheduler gave work to
   *     an endpoint that is not up
   */
  public static RunLog run(
      RequestSource source,
      Scheduler scheduler,
      ExecutionTimes times,
      List<EndpointEvent> events,
      RunObserver observer) {
    VirtualTimeDriver driver = new VirtualTimeDriver(source, scheduler, times, events, observer);
    driver.runToEnd();
    return driver.log;
  }

  private void runToEnd() {
    int next = 0;
    while (true) {
      long arrival = next < source.size() ? source.arrivalNanos(next) : Long.MAX_VALUE;
      long end = ends.isEmpty() ? Long.MAX_VALUE : ends.element().timeNanos();
      long change = timeline.nextNanos();
      long first = Math.min(Math.min(end, change), Math.min(arrival, wakeNanos));
      if (first == Long.MAX_VALUE) {
        break;
      }
      nowNanos = Math.max(nowNanos, first);
      if (end == first) {
        complete(ends.remove());
      } else if (change == first) {
        change(timeline.advance());
      } else if (arrival == first) {
        arrive(next++);
      } else {
        wake();
      }
    }
    scheduler.shutdown(nowNanos, this);
    log.finish(chain.finish());
  }

  private void complete(End end) {
    chain.completed(nowNanos, end.dispatchId(), end.executionNanos());
    observer.completed(nowNanos);
    scheduler.completed(nowNanos, end.dispatchId(), end.executionNanos(), this);
  }

  private void change(EndpointEvent event) {
    chain.changed(nowNanos, event);
    if (event instanceof EndpointEvent.StateChange change) {
      observer.endpointChanged(change.endpoint(), change.state(), nowNanos);
      scheduler.endpointChanged(nowNanos, change.endpoint(), change.state(), this);
      if (change.state() == EndpointState.DOWN) {
        failAt(change.endpoint());
      }
    }
  }

  private void failAt(int endpoint) {
    for (End end : List.copyOf(failing)) {
      if (end.endpoint() == endpoint) {
        failing.remove(end);
        chain.failed(nowNanos, end.dispatchId());
        observer.completed(nowNanos);
        scheduler.failed(nowNanos, end.dispatchId(), this);
      }
    }
  }

  private void arrive(int request) {
    source.describe(request, descriptor);
    chain.arrived(nowNanos, descriptor);
    observer.arrived(nowNanos);
    scheduler.arrived(nowNanos, descriptor, this);
  }

  private void wake() {
    wakeNanos = Long.MAX_VALUE;
    chain.timer(nowNanos);
    scheduler.timer(nowNanos, this);
  }

  @Override
  public void dispatch(Batch batch) {
    if (timeline.state(batch.endpoint()) != EndpointState.UP) {
      throw new IllegalStateException(
          "batch %d went to endpoint %d, which is %s"
              .formatted(batch.dispatchId(), batch.endpoint(), timeline.state(batch.endpoint())));
    }
    chain.dispatch(batch);
    EndpointTimeline.Finish finish =
        timeline.finish(batch.endpoint(), nowNanos, times.nanos(batch));
    long nanos = finish.timeNanos() - nowNanos;
    End end = new End(finish.timeNanos(), batch.dispatchId(), batch.endpoint(), nanos);
    if (finish.failed()) {
      failing.add(end);
    } else {
      ends.add(end);
    }
    observer.executed(batch, nowNanos, finish.timeNanos());
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
