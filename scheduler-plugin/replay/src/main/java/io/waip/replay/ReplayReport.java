package io.waip.replay;

import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.GoodputLimit;
import java.util.List;
import java.util.Optional;

/**
 * What a replay found.
 *
 * @param spec what was asked for
 * @param replay the requests that resulted
 * @param limit what no schedule exceeds at nominal times
 * @param clairvoyant the best schedule found with full knowledge at nominal times; empty for large
 *     workloads
 * @param runs one for each policy, in the order asked for
 */
public record ReplayReport(
    ReplaySpec spec,
    Replay replay,
    GoodputLimit limit,
    Optional<ClairvoyantGoodput> clairvoyant,
    List<PolicyRun> runs) {
  /** Copies the list. */
  public ReplayReport {
    runs = List.copyOf(runs);
  }

  /** Returns where the requests between a run's goodput and the limit went. */
  public Loss loss(PolicyRun run) {
    return Loss.of(limit, clairvoyant, run);
  }

  /** Returns a run's goodput as a share of the limit, {@code >= 0}; NaN where the limit is 0. */
  public double overLimit(PolicyRun run) {
    return run.goodputPerSecond() / limit.ratePerSecond();
  }
}
