package io.waip.replay.drive;

import io.waip.api.schedule.EndpointState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of endpoints in order of time, and how far a run has come in them. As they are known
 * beforehand, so is the end of a batch when it starts. Single thread.
 */
final class EndpointTimeline {
  /**
   * How a batch ends.
   *
   * @param timeNanos when
   * @param failed whether because its endpoint goes down
   */
  record Finish(long timeNanos, boolean failed) {}

  private final List<EndpointEvent> events;
  private final Map<Integer, Double> slowdown = new HashMap<>();
  private final Map<Integer, EndpointState> states = new HashMap<>();
  private int applied;

  /** Starts before the first event; events at one time keep their order. */
  EndpointTimeline(List<EndpointEvent> events) {
    this.events =
        events.stream().sorted(Comparator.comparingLong(EndpointEvent::timeNanos)).toList();
  }

  /** Returns the time of the next event, or {@link Long#MAX_VALUE}. */
  long nextNanos() {
    return applied < events.size() ? events.get(applied).timeNanos() : Long.MAX_VALUE;
  }

  /** Applies the next event. */
  EndpointEvent advance() {
    EndpointEvent event = events.get(applied++);
    switch (event) {
      case EndpointEvent.StateChange change -> states.put(change.endpoint(), change.state());
      case EndpointEvent.Slowdown slow -> slowdown.put(slow.endpoint(), slow.factor());
    }
    return event;
  }

  /** Returns the state of an endpoint. */
  EndpointState state(int endpoint) {
    return states.getOrDefault(endpoint, EndpointState.UP);
  }

  /**
   * Returns how a batch ends that starts now.
   *
   * @param nanos its time without a slowdown
   */
  Finish finish(int endpoint, long nowNanos, long nanos) {
    double left = nanos;
    double factor = slowdown.getOrDefault(endpoint, 1.0);
    long from = nowNanos;
    for (EndpointEvent event : events.subList(applied, events.size())) {
      if (event.timeNanos() >= from + left * factor) {
        break;
      }
      if (event.endpoint() != endpoint) {
        continue;
      }
      if (event instanceof EndpointEvent.Slowdown slow) {
        left -= (event.timeNanos() - from) / factor;
        from = event.timeNanos();
        factor = slow.factor();
      } else if (isDown(event)) {
        return new Finish(event.timeNanos(), true);
      }
    }
    return new Finish(from + Math.round(left * factor), false);
  }

  private static boolean isDown(EndpointEvent event) {
    return event instanceof EndpointEvent.StateChange change
        && change.state() == EndpointState.DOWN;
  }
}
