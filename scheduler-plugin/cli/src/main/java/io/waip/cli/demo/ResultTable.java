package io.waip.cli.demo;

import io.waip.cli.demo.load.ArmFigures;
import io.waip.cli.demo.load.ArmRun;
import io.waip.cli.report.Texts;
import java.util.List;

/** The outcome as plain text for a terminal. */
final class ResultTable {
  private ResultTable() {}

  static String of(DemoResult result, List<Bar> bars) {
    StringBuilder text = new StringBuilder();
    text.append(
        Texts.format(
            "%-28s %9s %8s %8s %9s %9s %8s %8s %7s %7s %6s%n",
            "arm",
            "goodput/s",
            "of limit",
            "vs base",
            "attained",
            "interact.",
            "p50 ms",
            "p99 ms",
            "shed",
            "batch",
            "pad"));
    double baseline = result.arms().baseline().figures().goodputRps();
    for (ArmRun run : result.arms().all()) {
      ArmFigures f = run.figures();
      text.append(
          Texts.format(
              "%-28s %9.1f %7.1f%% %7.2fx %8.1f%% %8.1f%% %8.1f %8.1f %7d %7.1f %5.0f%%%n",
              run.arm().title(),
              f.goodputRps(),
              100 * f.goodputRps() / result.limitRps(),
              f.goodputRps() / baseline,
              100 * f.sloAttainment(),
              100 * f.interactiveAttainment(),
              f.p50Ms(),
              f.p99Ms(),
              f.shed(),
              f.meanBatch(),
              100 * f.paddingShare()));
    }
    text.append(
        Texts.format(
            "offered %.1f/s; limit %.1f/s with both variants, %.1f/s with fp32 alone; latency of"
                + " interactive requests%n%n",
            result.judged().offeredRps(), result.limitRps(), result.referenceLimitRps()));
    for (Bar bar : bars) {
      text.append(
          Texts.format(
              "%-6s %-42s %7.3f of %.2f%s%n",
              bar.met() ? "met" : "MISSED",
              bar.name(),
              bar.measured(),
              bar.required(),
              bar.limitedBy().isEmpty() ? "" : "  " + bar.limitedBy()));
    }
    return text.toString();
  }
}
