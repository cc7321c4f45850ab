package io.waip.api.route;

/** Rates candidates. Single writer; allocates nothing. */
public interface Scorer {
  /**
   * Writes a score for each candidate.
   *
   * @param scores caller-owned, at least {@link CandidateView#count} long; {@code [0, 1]} each, 1.0
   *     is best
   */
  void score(long nowNanos, CandidateView candidates, double[] scores);
}
