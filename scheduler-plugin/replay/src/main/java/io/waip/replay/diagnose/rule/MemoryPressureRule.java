package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Change.Place;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Counters;
import io.waip.replay.diagnose.Evidence;
import io.waip.replay.diagnose.Explained;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Metrics;
import io.waip.replay.diagnose.ModelFigures;
import io.waip.replay.diagnose.Remedy;
import io.waip.replay.diagnose.Tallied;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Memory is used up, and executions of the same size take longer than they did. */
final class MemoryPressureRule implements ModelRule {
  /**
   * What an allocator leaves free because no request fits into it, and a system before it swaps.
   */
  private static final double LEAST_USE = 0.95;

  /** Growth beyond what noise makes of means over a part of the time. */
  private static final double LEAST_GROWTH = 1.2;

  @Override
  public Cause cause() {
    return Cause.MEMORY_PRESSURE;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    double use = use(model.metrics());
    Counters last = model.load().phases().getLast();
    double growth = Phases.ratio(last, model.load().phases().getFirst());
    double executed = model.load().perRequest(Tallied.COMPUTE_INFER);
    Explained explained = model.slowing(executed * (1 - 1 / Math.max(1, growth)));
    boolean isIt = use >= LEAST_USE && growth >= LEAST_GROWTH && ModelCase.isWorth(explained);
    return isIt ? Optional.of(finding(model, growth, explained)) : Optional.empty();
  }

  private Finding finding(ModelCase model, double growth, Explained explained) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(ModelCase.metered("memory is used to %.1f %%", 100 * use(model.metrics())));
    evidence.add(
        model.counted(
            "executions take %.2f times as long as in the first part of the time, size by size",
            growth));
    List<String> idle =
        model.all().models().stream()
            .filter(other -> other.counters().executions() == 0)
            .filter(other -> !other.isEnsemble())
            .map(ModelFigures::name)
            .toList();
    if (!idle.isEmpty()) {
      evidence.add(
          new Evidence("statistics", "loaded and not executed: " + String.join(", ", idle)));
    }
    return model.finding(cause(), Confidence.MEDIUM, explained, evidence, remedy(model, idle));
  }

  private static Remedy remedy(ModelCase model, List<String> idle) {
    if (!idle.isEmpty()) {
      return new Remedy(
          "unload the models that nobody calls",
          idle.stream().map(name -> new Change(Place.DEPLOYMENT, name, "unload", "true")).toList());
    }
    int instances = model.figures().instances();
    return instances > 1
        ? Remedy.of(
            "run fewer instances, each of which holds the model's memory",
            Change.ofModel(model.name(), "instance_group.count", instances - 1))
        : Remedy.of(
            "move the model to a device with more memory, or serve a quantized variant",
            new Change(Place.DEPLOYMENT, model.name(), "move", "true"));
  }

  private static double use(Metrics metrics) {
    double gpu = metrics.share("nv_gpu_memory_used_bytes", "nv_gpu_memory_total_bytes").orElse(0);
    double cpu = metrics.share("nv_cpu_memory_used_bytes", "nv_cpu_memory_total_bytes").orElse(0);
    return Math.max(gpu, cpu);
  }
}
