package io.waip.cli.bench.load;

import java.util.List;

/**
 * What became of the requests of one run. Every request sent is in exactly one of {@code ok},
 * {@code errors}, {@code wrong} and {@code lost}.
 *
 * @param sent requests
 * @param ok answered rightly
 * @param errors answered with an error
 * @param wrong answered with another request's content
 * @param lost not answered within the patience
 * @param duplicated further ends reported for a request that had ended
 * @param seconds from the first intended send time to the last answer
 * @param answeredPerSecond {@code ok} by that time
 * @param latencyP50Ms and {@code latencyP99Ms}: of {@code ok}, from the intended send time
 * @param sendLagP50Ms and {@code sendLagP99Ms}: how long after its intended time a request was sent
 * @param valid whether the 99th percentile of the lag is at most 1 ms; else the latencies are void
 * @param errorGroups the errors by kind, most frequent first, at most {@value Ledger#MAX_GROUPS}
 */
public record LoadFigures(
    long sent,
    long ok,
    long errors,
    long wrong,
    long lost,
    long duplicated,
    double seconds,
    double answeredPerSecond,
    double latencyP50Ms,
    double latencyP99Ms,
    double sendLagP50Ms,
    double sendLagP99Ms,
    boolean valid,
    List<ErrorGroup> errorGroups) {
  /** Copies the groups. */
  public LoadFigures {
    errorGroups = List.copyOf(errorGroups);
  }
}
