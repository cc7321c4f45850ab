package io.waip.replay;

import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.GoodputLimit;
import io.waip.replay.policy.Policy;
import io.waip.replay.tune.TunedSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a replay found.
 *
 * @param spec what was asked for
 * @param replay the requests that resulted
 * @param limit what no schedule exceeds at nominal times
 * @param clairvoyant the best schedule found with full knowledge at nominal times; empty for large
 *     workloads
 * @param tuned settings that {@code triton} was run with, where they were searched
 * @param runs one for each policy, in the order asked for
 */
public record ReplayReport(
    ReplaySpec spec,
    Replay replay,
    GoodputLimit limit,
    Optional<ClairvoyantGoodput> clairvoyant,
    Optional<TunedSettings> tuned,
    List<PolicyRun> runs) {
  /** Where the limit is nearer than this share to tuned settings, there is no gap to close. */
  private static final double LEAST_GAP = 0.05;

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

  /**
   * Returns a run's goodput as a share of the best schedule found, or empty where there is none.
   */
  public OptionalDouble overClairvoyant(PolicyRun run) {
    return clairvoyant.filter(best -> best.ratePerSecond() > 0).stream()
        .mapToDouble(best -> run.goodputPerSecond() / best.ratePerSecond())
        .findFirst();
  }

  /**
   * Returns which part of the way from the tuned dynamic batcher to the limit a run went.
   *
   * @return empty where settings were not searched or {@code triton} was not run, else as {@link
   *     #gapClosed(double, double, double)}
   */
  public OptionalDouble gapClosed(PolicyRun run) {
    return tuned.stream()
        .flatMap(_ -> runs.stream())
        .filter(other -> other.policy() == Policy.TRITON)
        .map(other ->
            gapClosed(other.goodputPerSecond(), run.goodputPerSecond(), limit.ratePerSecond()))
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /**
   * Returns {@code (reached - from) / (limit - from)}, at most 1.
   *
   * @return empty where the way is at most 5 % of the limit: there is no gap to close
   */
  public static OptionalDouble gapClosed(double from, double reached, double limit) {
    return limit - from > LEAST_GAP * limit
        ? OptionalDouble.of((reached - from) / (limit - from))
        : OptionalDouble.empty();
  }
}
