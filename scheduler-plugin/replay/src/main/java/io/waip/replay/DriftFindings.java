package io.waip.replay;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a watch beside a run says of the cost model and the workload.
 *
 * @param batches that were compared with their bound when they started
 * @param coverageP99 share of them that took no longer than it; empty where there was none
 * @param boundMedianWidth median of bound over corrected prediction, minus 1; empty where there was
 *     none
 * @param alarms in the order they were noticed
 */
public record DriftFindings(
    long batches,
    OptionalDouble coverageP99,
    OptionalDouble boundMedianWidth,
    List<DriftAlarm> alarms) {
  /** Copies the list. */
  public DriftFindings {
    alarms = List.copyOf(alarms);
  }
}
