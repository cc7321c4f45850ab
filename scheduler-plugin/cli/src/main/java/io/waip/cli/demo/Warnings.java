package io.waip.cli.demo;

import io.waip.cli.demo.load.ArmFigures;
import io.waip.cli.demo.load.ArmRun;
import io.waip.cli.report.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What makes a run a poor measurement, in words. */
final class Warnings {
  /** Most a request may be sent late, 99th percentile. */
  private static final double MAX_SEND_LAG_MS = 1;

  /** Most the machine's speed may differ between arms. */
  private static final double MAX_DRIFT = 1.25;

  private Warnings() {}

  static List<String> of(DemoResult result) {
    List<String> warnings = new ArrayList<>();
    for (ArmRun run : result.arms().all()) {
      if (run.figures().sendLagP99Ms() > MAX_SEND_LAG_MS) {
        warnings.add(
            Texts.format(
                "%s: requests were sent up to %.1f ms late (p99; above %.0f ms the load is not"
                    + " what it is said to be); on the idle machine threads woke up to %.1f ms"
                    + " late",
                run.arm().title(),
                run.figures().sendLagP99Ms(),
                MAX_SEND_LAG_MS,
                result.machine().wakeupLagP99Ms()));
      }
    }
    for (ArmRun run : result.arms().all()) {
      run.problems().forEach(problem -> warnings.add(run.arm().title() + ": " + problem));
      if (run.figures().forwarded() > 0) {
        warnings.add(
            Texts.format(
                "%s: %d requests went to fp32 without the planner, which was not ready or had no"
                    + " room for them",
                run.arm().title(), run.figures().forwarded()));
      }
    }
    double fastest = extreme(result, -1);
    double slowest = extreme(result, 1);
    if (slowest > MAX_DRIFT * fastest) {
      warnings.add(
          Texts.format(
              "executions took %.2f to %.2f x the cost curve, depending on the arm: something"
                  + " else used the machine; compare arms with care",
              fastest, slowest));
    }
    return warnings;
  }

  private static double extreme(DemoResult result, int sign) {
    ToDoubleFunction<ArmFigures> speed = figures -> sign * figures.executionOverCurve();
    return sign
        * result.arms().all().stream().map(ArmRun::figures).mapToDouble(speed).max().orElse(sign);
  }
}
