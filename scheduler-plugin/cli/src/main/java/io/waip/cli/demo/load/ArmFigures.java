package io.waip.cli.demo.load;

import java.util.List;
import java.util.Map;

/**
 * The figures of one arm. Rates are per second of window; shares are in {@code [0, 1]}. Latencies
 * are of answered interactive requests, from the intended send time.
 *
 * @param goodputRps answered in time, by the rule of {@link TextLoad#lastUsefulNanos}
 * @param sloAttainment answered in time, of all offered
 * @param shed refused on arrival or removed from the queue during the run
 * @param errors failed, refused with an exception, or answered with another text's embedding
 * @param lost sent and never answered
 * @param duplicated answers beyond the first of a request
 * @param interactiveAttainment interactive requests answered in time, of those offered
 * @param offlineRps offline requests answered within the window
 * @param late answered after their last useful time
 * @param unfinished still queued when the run was over
 * @param meanBatch requests per execution
 * @param paddingShare padded elements of all elements executed
 * @param executionOverCurve measured execution time over the cost curve's, for the same batches
 * @param forwarded passed on by the server's front without asking the planner, warm-up included
 * @param busyShare device time of the executions that ended in the window, of the window
 */
public record ArmFigures(
    double goodputRps,
    double sloAttainment,
    double p50Ms,
    double p99Ms,
    long shed,
    long errors,
    long lost,
    long duplicated,
    double interactiveAttainment,
    double offlineRps,
    double interactiveRps,
    long requests,
    long late,
    long unfinished,
    double meanBatch,
    double paddingShare,
    double executionOverCurve,
    long forwarded,
    double busyShare,
    double sendLagP50Ms,
    double sendLagP99Ms,
    Map<String, Double> variantShare,
    List<Quintile> lengthQuintiles) {
  /**
   * Attainment of the requests of one fifth of the lengths.
   *
   * @param maxLength longest of the fifth, in tokens
   * @param requests offered
   * @param attainment answered in time, of those offered
   * @param interactiveAttainment the same for its interactive requests
   */
  public record Quintile(
      int maxLength, long requests, double attainment, double interactiveAttainment) {}

  /** Says whether every request was answered exactly once and none with an error. */
  public boolean isSound() {
    return errors == 0 && lost == 0 && duplicated == 0;
  }
}
