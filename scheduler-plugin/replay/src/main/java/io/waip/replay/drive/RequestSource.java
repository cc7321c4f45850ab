package io.waip.replay.drive;

import io.waip.api.RequestDescriptor;

/** The requests of a run, in order of arrival. Immutable while it is driven. */
public interface RequestSource {
  /** Returns the number of requests. */
  int size();

  /** Returns when request {@code i} arrives, nanoseconds from the start; never decreasing. */
  long arrivalNanos(int i);

  /**
   * Describes request {@code i}.
   *
   * @param descriptor to be filled; its request id is {@code i}
   */
  void describe(int i, RequestDescriptor descriptor);
}
