package io.waip.api.route;

/** Removes candidates that may not be used now. Single writer; allocates nothing. */
public interface Filter {
  /**
   * Filters in sequence with other filters.
   *
   * @param keep caller-owned; bit {@code i} of the given mask is set where candidate {@code i} is
   *     still in
   * @return the mask with no bit added
   */
  long filter(long nowNanos, CandidateView candidates, long keep);
}
