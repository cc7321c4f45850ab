package io.waip.api.drift;

/** What a {@link DriftWatch} watches. */
public enum Signal {
  /** How densely requests arrive; a rise means more of them. */
  ARRIVALS,
  /** Lengths of requests. */
  LENGTH,
  /** Shares of the classes of requests; the index is the class. */
  CLASS_MIX,
  /** Share of look-ups that hit a cache. */
  HIT_RATE,
  /** Log residuals of the cost model; a rise means slower executions, the index is the series. */
  RESIDUAL
}
