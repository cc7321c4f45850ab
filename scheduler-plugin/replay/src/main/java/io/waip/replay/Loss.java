package io.waip.replay;

import io.waip.api.Outcome;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.GoodputLimit;
import java.util.Optional;

/**
 * Where the requests between a policy's goodput and the limit went, per second of the window; the
 * parts add up to limit less goodput.
 *
 * <p>First what the limit is above the best schedule found: no policy can be blamed for it. Of the
 * rest, requests whose batch failed, then those that were late in theirs, count as themselves;
 * worker time lost to padding and to idling while requests waited counts as the requests it would
 * have served at the run's mean time for one, as far as anything is left; what is left then expired
 * in the queue behind batches that served too few.
 *
 * @param expiredRps requests that waited until they could not be served, or were refused
 * @param paddingRps requests that padding took the time of
 * @param idleRps requests that idle workers could have served
 * @param lateRps requests that ran and were late
 * @param failedRps requests whose batch failed
 * @param loosenessRps limit less the best schedule found; where none was searched for, what nothing
 *     else explains
 */
public record Loss(
    double expiredRps,
    double paddingRps,
    double idleRps,
    double lateRps,
    double failedRps,
    double loosenessRps) {
  /** Accounts for a run. */
  public static Loss of(
      GoodputLimit limit, Optional<ClairvoyantGoodput> clairvoyant, PolicyRun run) {
    double perSecond = 1e9 / run.workload().windowNanos();
    double lost = limit.ratePerSecond() - run.goodputPerSecond();
    double looseness =
        clairvoyant.map(best -> limit.ratePerSecond() - best.ratePerSecond()).orElse(0.0);
    double rest = Math.max(0, lost - looseness);
    double failed = Math.min(rest, run.count(Outcome.FAILED) * perSecond);
    rest -= failed;
    double late = Math.min(rest, run.count(Outcome.LATE) * perSecond);
    rest -= late;
    double perRequest = run.nanosPerRequest().orElse(Double.POSITIVE_INFINITY);
    double padding = Math.min(rest, run.waste().paddingNanos() / perRequest * perSecond);
    rest -= padding;
    double idle = Math.min(rest, run.waste().idleNanos() / perRequest * perSecond);
    rest -= idle;
    double gone = run.count(Outcome.EVICTED) + run.count(Outcome.REJECTED);
    double expired = clairvoyant.isPresent() ? rest : Math.min(rest, gone * perSecond);
    return new Loss(
        expired, padding, idle, late, failed, lost - expired - padding - idle - late - failed);
  }
}
