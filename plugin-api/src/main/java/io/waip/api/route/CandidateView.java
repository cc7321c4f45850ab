package io.waip.api.route;

/**
 * Dense view of the ways to serve next: pairs of variant and endpoint. Valid during a call only.
 */
public interface CandidateView {
  /** Returns the number of candidates. */
  int count();

  /** Returns the variant index of candidate {@code i}. */
  int variant(int i);

  /** Returns the endpoint index of candidate {@code i}. */
  int endpoint(int i);

  /** Returns the variant's quality, {@code [0, 1]}. */
  double quality(int i);

  /**
   * Returns the predicted time of one typical request, nanoseconds, or {@link
   * io.waip.api.cost.LatencyModel#UNKNOWN_NANOS}.
   */
  long predictedNanos(int i);
}
