package io.waip.triton;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;

/** An arrival as a {@link PlannerWatcher} is shown it. */
public final class SeenArrival {
  long nowNanos;
  int service;
  int tenant;
  int length;
  Tier tier = Tier.INTERACTIVE;
  long deadlineNanos = RequestDescriptor.NO_DEADLINE;

  SeenArrival() {}

  /** Makes an interactive one without deadline. */
  public static SeenArrival of(long nowNanos, int service, int tenant, int length) {
    SeenArrival arrival = new SeenArrival();
    arrival.nowNanos = nowNanos;
    arrival.service = service;
    arrival.tenant = tenant;
    arrival.length = length;
    return arrival;
  }

  /** Returns when the planner learned of it. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Returns the index of its service. */
  public int service() {
    return service;
  }

  /** Returns the index of its tenant. */
  public int tenant() {
    return tenant;
  }

  /** Returns its length as it was planned with, {@code >= 1}. */
  public int length() {
    return length;
  }

  /** Returns its tier. */
  public Tier tier() {
    return tier;
  }

  /** Returns by when it is to be answered, or {@link RequestDescriptor#NO_DEADLINE}. */
  public long deadlineNanos() {
    return deadlineNanos;
  }
}
