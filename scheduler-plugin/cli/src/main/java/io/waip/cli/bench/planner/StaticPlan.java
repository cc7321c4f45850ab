package io.waip.cli.bench.planner;

import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import io.waip.cli.control.ControlPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A setting that stays: one form for each service, all executions of one width.
 *
 * @param isQuantized whether the first service is answered by int8; the second never is
 * @param threads of each execution
 * @param maxBatch largest batch
 */
record StaticPlan(boolean isQuantized, int threads, int maxBatch) {
  /** What a fleet may have been left with: the reference, as wide as the machine, one by one. */
  static final StaticPlan BAD = new StaticPlan(false, 2, 1);

  /** All that the sweep tries. */
  static List<StaticPlan> sweep() {
    List<StaticPlan> plans = new ArrayList<>();
    for (boolean isQuantized : List.of(false, true)) {
      for (int threads : List.of(1, 2)) {
        for (int maxBatch : List.of(4, BenchModels.MAX_BATCH)) {
          plans.add(new StaticPlan(isQuantized, threads, maxBatch));
        }
      }
    }
    return plans;
  }

  String title() {
    return "%s, %d thread%s, batches to %d"
        .formatted(isQuantized ? "int8" : "fp32", threads, threads == 1 ? "" : "s", maxBatch);
  }

  /** Returns the parameters for the engine. */
  ControlPlan plan() {
    List<ServicePlan> services = new ArrayList<>();
    for (String service : PlannerStage.SERVICES) {
      List<BenchVariant> variants = PlannerStage.variants(service);
      boolean quantized = isQuantized && variants.stream().anyMatch(BenchVariant::isQuantized);
      List<VariantLimit> limits =
          variants.stream()
              .map(v ->
                  v.isQuantized() == quantized && v.threads() == threads
                      ? new VariantLimit(1, maxBatch)
                      : new VariantLimit(0, 1))
              .toList();
      services.add(
          ServicePlan.DEFAULT.toBuilder()
              .limits(new ServiceLimits(Double.POSITIVE_INFINITY, limits))
              .build());
    }
    return new ControlPlan(Optional.empty(), services);
  }
}
