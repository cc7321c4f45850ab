package io.waip.cli.demo;

import io.waip.api.cost.CostPoint;
import io.waip.cli.demo.load.ArmRun;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.demo.tune.Tuned;
import java.util.List;

/**
 * Everything a run found out.
 *
 * @param load requested load factor
 * @param judged the load all arms were given
 * @param curve execution times, measured before and after the arms, the lower of the two medians
 * @param limitRps what no scheduler can exceed on it, with the variants above the floor
 * @param referenceLimitRps the same with the reference variant alone
 * @param tritonVersion version the embedded server reports
 */
record DemoResult(
    double load,
    Prepared prepared,
    TextLoad judged,
    List<CostPoint> curve,
    double limitRps,
    double referenceLimitRps,
    Tuned tunedReference,
    Tuned tunedBest,
    Arms arms,
    String tritonVersion,
    Machine machine) {
  /** The runs, in the order they were made. */
  record Arms(
      ArmRun stock,
      ArmRun baseline,
      ArmRun baselineBestVariant,
      ArmRun referenceOnly,
      ArmRun planned) {
    List<ArmRun> all() {
      return List.of(planned, referenceOnly, baselineBestVariant, baseline, stock);
    }

    boolean areSound() {
      return all().stream().allMatch(run -> run.figures().isSound());
    }
  }
}
