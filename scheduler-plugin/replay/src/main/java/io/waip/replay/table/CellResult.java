package io.waip.replay.table;

import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.ReplayReport;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.policy.Policy;
import io.waip.replay.tune.TunedSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * What the policies made of a workload, requests per second, and which requirements {@code waip}
 * missed.
 *
 * @param cell its name
 * @param kind what is required
 * @param offeredRps requests over window
 * @param limitRps what no schedule exceeds
 * @param clairvoyantRps the best schedule found; empty under noise, where a policy can be lucky
 * @param tunedRps the dynamic batcher with the settings found for the workload
 * @param goodputRps of each policy, {@code triton} with stock settings
 * @param decisionHash of {@code waip}
 */
public record CellResult(
    String cell,
    CellKind kind,
    double offeredRps,
    double limitRps,
    OptionalDouble clairvoyantRps,
    double tunedRps,
    Map<Policy, Double> goodputRps,
    String decisionHash) {
  /** Copies the map. */
  public CellResult {
    goodputRps = Map.copyOf(goodputRps);
  }

  /**
   * Plays every policy on a workload.
   *
   * @param isCancelled once true the search for settings ends soon and the figures are of no use
   */
  public static CellResult of(Cell cell, BooleanSupplier isCancelled) {
    Replay replay = Replay.of(cell.spec());
    TunedSettings tuned = replay.tuneTriton(isCancelled);
    Map<Policy, Double> goodput = new LinkedHashMap<>();
    String hash = "";
    for (Policy policy : Policy.values()) {
      PolicyRun run = replay.play(policy);
      goodput.put(policy, run.goodputPerSecond());
      hash = policy == Policy.WAIP ? run.log().decisionHash() : hash;
    }
    Optional<ClairvoyantGoodput> best =
        cell.kind() == CellKind.NOISY ? Optional.empty() : replay.clairvoyant();
    return new CellResult(
        cell.name(),
        cell.kind(),
        replay.workload().offeredPerSecond(),
        replay.limit().ratePerSecond(),
        best.stream().mapToDouble(ClairvoyantGoodput::ratePerSecond).findFirst(),
        replay.withTriton(tuned.settings()).play(Policy.TRITON).goodputPerSecond(),
        goodput,
        hash);
  }

  /** Returns the goodput of {@code waip}. */
  public double waipRps() {
    return goodputRps.getOrDefault(Policy.WAIP, 0.0);
  }

  /** Returns how much of the way from the tuned settings to the limit {@code waip} went. */
  public OptionalDouble gapClosed() {
    return ReplayReport.gapClosed(tunedRps, waipRps(), limitRps);
  }

  /** Returns what was missed, one short text each; empty where all is met. */
  public List<String> missed() {
    List<String> missed = new ArrayList<>();
    require(missed, "of_limit", waipRps() / limitRps, kind.overLimit());
    clairvoyantRps.ifPresent(
        best -> require(missed, "of_clairvoyant", waipRps() / best, kind.overClairvoyant()));
    gapClosed().ifPresent(closed -> require(missed, "gap_closed", closed, kind.gapClosed()));
    require(missed, "of_tuned", waipRps() / tunedRps, CellKind.OVER_TUNED);
    for (Policy policy : Policy.values()) {
      double ahead = (goodputRps.getOrDefault(policy, 0.0) - waipRps()) / limitRps;
      if (ahead > CellKind.BEATEN_BY) {
        missed.add(String.format(Locale.ROOT, "%s ahead by %.3f", policy.label(), ahead));
      }
    }
    return missed;
  }

  private static void require(List<String> missed, String what, double found, double least) {
    if (found < least) {
      missed.add(String.format(Locale.ROOT, "%s %.3f < %.2f", what, found, least));
    }
  }
}
