package io.waip.cli.replay.page;

import io.waip.replay.PolicyRun;
import io.waip.replay.ReplayReport;
import io.waip.replay.limit.ClairvoyantGoodput;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the policies make of the requests at one load, beside both limits; rates per second of the
 * window.
 *
 * @param load offered over capacity
 * @param clairvoyantRps empty for large workloads
 * @param goodputRps one for each policy
 */
record LoadPoint(
    double load,
    double offeredRps,
    double limitRps,
    OptionalDouble clairvoyantRps,
    List<Double> goodputRps) {
  /** Copies the list. */
  LoadPoint {
    goodputRps = List.copyOf(goodputRps);
  }

  static LoadPoint of(ReplayReport report) {
    return new LoadPoint(
        report.replay().load(),
        report.replay().workload().offeredPerSecond(),
        report.limit().ratePerSecond(),
        report.clairvoyant().stream().mapToDouble(ClairvoyantGoodput::ratePerSecond).findFirst(),
        report.runs().stream().map(PolicyRun::goodputPerSecond).toList());
  }
}
