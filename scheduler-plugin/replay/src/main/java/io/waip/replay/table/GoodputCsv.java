package io.waip.replay.table;

import io.waip.replay.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The table as comma-separated text, one line for each workload. */
public final class GoodputCsv {
  private GoodputCsv() {}

  /** Returns the header line. */
  public static String header() {
    List<String> names = new ArrayList<>();
    names.addAll(List.of("cell", "offered_rps", "limit_rps", "clairvoyant_rps", "tuned_rps"));
    Arrays.stream(Policy.values()).forEach(policy -> names.add(policy.label() + "_rps"));
    names.addAll(List.of("gap_closed", "missed", "waip_decision_hash"));
    return String.join(",", names);
  }

  /** Returns the line of a workload; a figure that there is not is left empty. */
  public static String line(CellResult result) {
    List<String> fields = new ArrayList<>();
    fields.add(result.cell());
    fields.add(rate(result.offeredRps()));
    fields.add(rate(result.limitRps()));
    fields.add(result.clairvoyantRps().stream().mapToObj(GoodputCsv::rate).findFirst().orElse(""));
    fields.add(rate(result.tunedRps()));
    for (Policy policy : Policy.values()) {
      fields.add(rate(result.goodputRps().getOrDefault(policy, 0.0)));
    }
    fields.add(result.gapClosed().stream().mapToObj(GoodputCsv::share).findFirst().orElse(""));
    fields.add(String.join("; ", result.missed()));
    fields.add(result.decisionHash());
    return String.join(",", fields);
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%.6f", perSecond);
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }
}
