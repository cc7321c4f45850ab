package io.waip.api.measurement;

/** What a measurement's one typical time is of the times behind it. */
public enum Center {
  /** As many were shorter as were longer. */
  MEDIAN,
  /** Sum over count: all that counters tell. Above the median where a few took very long. */
  MEAN
}
