package io.waip.api.schedule;

/** Read-only view of a batch to run. Valid during {@link Decisions#dispatch} only. */
public interface Batch {
  /** Returns the id to report the end of this batch with; never 0. */
  long dispatchId();

  /** Returns the index of the endpoint that runs it. */
  int endpoint();

  /** Returns the index of the variant to run, over all services in deployment order. */
  int variant();

  /** Returns the number of requests, {@code >= 1}. */
  int size();

  /**
   * Returns the id of the {@code i}-th request.
   *
   * @param i in {@code [0, size())}
   */
  long requestId(int i);

  /** Returns the length every request is padded to, {@code >= } the longest. */
  int paddedLength();

  /** Returns the predicted execution time at the planning quantile, nanoseconds. */
  long predictedNanos();
}
