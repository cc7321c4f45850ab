package io.waip.api.queue;

import io.waip.api.RequestDescriptor;

/** Orders the requests inside one flow. Stateless; allocates nothing. */
public interface OrderingPolicy {
  /** Serves the earliest deadline first; requests without one by arrival. */
  OrderingPolicy EARLIEST_DEADLINE = RequestDescriptor::deadlineNanos;

  /** Serves in order of arrival. */
  OrderingPolicy FIRST_COME = RequestDescriptor::arrivalNanos;

  /**
   * Returns the sort key, fixed at arrival: the smallest is served first, equal ones in order of
   * arrival.
   */
  long key(RequestDescriptor request);
}
