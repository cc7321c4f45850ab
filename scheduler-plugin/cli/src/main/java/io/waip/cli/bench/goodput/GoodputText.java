package io.waip.cli.bench.goodput;

import io.waip.replay.policy.Policy;
import io.waip.replay.table.CellResult;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalDouble;

/** The table for people, one line for each workload. */
final class GoodputText {
  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-36s %10s %9s %9s %9s %9s %9s  %-18s %s",
          "workload",
          "limit_rps",
          "of_limit",
          "of_best",
          "tuned",
          "of_tuned",
          "gap",
          "next best of_limit",
          "missed");

  private GoodputText() {}

  static String line(CellResult result) {
    Policy next =
        Arrays.stream(Policy.values())
            .filter(policy -> policy != Policy.WAIP)
            .max(
                Comparator.comparingDouble(policy -> result.goodputRps().getOrDefault(policy, 0.0)))
            .orElseThrow();
    double limit = result.limitRps();
    return String.format(
        Locale.ROOT,
        "%-36s %10.1f %9.3f %9s %9.3f %9.3f %9s  %-12s %.3f %s",
        result.cell(),
        limit,
        result.waipRps() / limit,
        share(result.clairvoyantRps().stream().map(best -> result.waipRps() / best).findFirst()),
        result.tunedRps() / limit,
        result.waipRps() / result.tunedRps(),
        share(result.gapClosed()),
        next.label(),
        result.goodputRps().getOrDefault(next, 0.0) / limit,
        String.join("; ", result.missed()));
  }

  private static String share(OptionalDouble share) {
    return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", share.getAsDouble());
  }
}
