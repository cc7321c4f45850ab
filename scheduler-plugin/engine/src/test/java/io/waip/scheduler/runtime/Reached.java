package io.waip.scheduler.runtime;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import java.util.ArrayList;
import java.util.List;

/** Counts the states that random runs reached, so that a check nothing exercises shows. */
final class Reached {
  /** A state worth reaching. */
  enum Milestone {
    QUEUE_FULL,
    BREAKER_OPEN,
    CHEAPER_VARIANT_USED,
    DEFERRED,
    OFFLINE_BEFORE_DEADLINES,
    TENANT_HELD_BACK,
    CANCELLED_IN_FLIGHT,
    CANCELLED_IN_QUEUE,
    CANCELLED_AFTER_END,
    PADDED_BATCH,
    PADDED_TO_EDGE,
    FULL_BATCH,
    ENDPOINT_LOST_WITH_WORK,
    PLAN_CHANGED_UNDER_LOAD,
    STOPPED_UNDER_LOAD,
    WINDOW_EXCEEDED,
    LATE_TIMER,
    NEGATIVE_TIME
  }

  private final long[] outcomes = new long[Outcome.values().length];
  private final long[] reasons = new long[Reason.values().length];
  private final long[] milestones = new long[Milestone.values().length];
  private long events;

  void event() {
    events++;
  }

  void ended(Outcome outcome, Reason reason) {
    outcomes[outcome.ordinal()]++;
    reasons[reason.ordinal()]++;
  }

  void passed(Milestone milestone) {
    milestones[milestone.ordinal()]++;
  }

  long events() {
    return events;
  }

  /**
   * Returns what was never reached.
   *
   * @param without reasons the scheduler at hand never gives
   */
  List<String> missing(List<Reason> without) {
    List<String> missing = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      if (outcomes[outcome.ordinal()] == 0) {
        missing.add(outcome.name());
      }
    }
    for (Reason reason : Reason.values()) {
      if (reasons[reason.ordinal()] == 0 && !without.contains(reason)) {
        missing.add(reason.name());
      }
    }
    for (Milestone milestone : Milestone.values()) {
      if (milestones[milestone.ordinal()] == 0) {
        missing.add(milestone.name());
      }
    }
    return missing;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("events=" + events);
    for (Outcome outcome : Outcome.values()) {
      text.append(' ').append(outcome).append('=').append(outcomes[outcome.ordinal()]);
    }
    for (Reason reason : Reason.values()) {
      text.append(' ').append(reason).append('=').append(reasons[reason.ordinal()]);
    }
    for (Milestone milestone : Milestone.values()) {
      text.append(' ').append(milestone).append('=').append(milestones[milestone.ordinal()]);
    }
    return text.toString();
  }
}
