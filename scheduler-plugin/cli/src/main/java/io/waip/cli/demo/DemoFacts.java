package io.waip.cli.demo;

import io.waip.cli.demo.load.ArmRun;
import io.waip.cli.demo.tune.Tuned;
import io.waip.cli.report.ReportPage.Fact;
import io.waip.cli.report.Texts;
import io.waip.cli.settings.SettingsText;
import java.util.ArrayList;
import java.util.List;

/** How a run was measured, for the end of its report. */
final class DemoFacts {
  private DemoFacts() {}

  static List<Fact> of(DemoResult result) {
    Prepared prepared = result.prepared();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        fact(
            "Limit",
            "%.1f requests/s with the variants above the quality floor, %.1f with fp32 alone, on the"
                + " realised arrivals with this run's cost curve",
            result.limitRps(),
            result.referenceLimitRps()));
    facts.add(
        fact(
            "Capacity",
            "%.1f requests/s of fp32, batches of one length each, over the workload's lengths",
            prepared.capacityRps()));
    facts.add(
        fact(
            "Quality of int8",
            "mean cosine %.4f with fp32, least %.3f, %d texts; floor %.3f",
            prepared.calibration().quality(),
            prepared.calibration().leastQuality(),
            prepared.calibration().references().size(),
            Preparation.QUALITY_FLOOR));
    facts.add(new Fact("Baseline, fp32", tuned(result.tunedReference())));
    facts.add(new Fact("Baseline, best variant", tuned(result.tunedBest())));
    for (ArmRun run : result.arms().all()) {
      facts.add(
          fact(
              run.arm().title(),
              "device busy %.0f %%, executions took %.2f x the cost curve, send lag p50 %.2f ms,"
                  + " p99 %.2f ms",
              100 * run.figures().busyShare(),
              run.figures().executionOverCurve(),
              run.figures().sendLagP50Ms(),
              run.figures().sendLagP99Ms()));
    }
    Machine machine = result.machine();
    facts.add(
        fact(
            "Machine",
            "%s, %d cores, %s, JDK %s; an idle thread that sleeps 1 ms wakes up to %.2f ms late"
                + " (p99)",
            machine.cpu(),
            machine.cores(),
            machine.os(),
            machine.jdk(),
            machine.wakeupLagP99Ms()));
    for (String warning : Warnings.of(result)) {
      facts.add(new Fact("Warning", warning));
    }
    facts.add(new Fact("Commit", machine.commit()));
    return facts;
  }

  private static String tuned(Tuned tuned) {
    return Texts.format(
        "%s; the best of %d configurations in %.0f s, on another seed",
        SettingsText.of(tuned.best()), tuned.configurations(), tuned.seconds());
  }

  private static Fact fact(String name, String pattern, Object... values) {
    return new Fact(name, Texts.format(pattern, values));
  }
}
