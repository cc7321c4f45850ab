package io.waip.cli.bench.planner;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scores the planned run against the sweep, phase by phase.
 *
 * @param looped the planned run
 * @param sweep goodput of each static plan in each phase
 * @param periodNanos of the loop
 */
record PhaseScore(
    PlannerRace.Looped looped, List<Map<StaticPlan, Double>> sweep, long periodNanos) {
  private static final int SETTLE_PERIODS = 3;
  private static final double SETTLED = 0.95;

  List<PlannerFigures.PhaseFigures> phases() {
    return IntStream.range(0, sweep.size()).mapToObj(this::phase).toList();
  }

  private PlannerFigures.PhaseFigures phase(int p) {
    PhasedLoad load = looped.run().load();
    Map.Entry<StaticPlan, Double> best =
        sweep.get(p).entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    long start = load.startNanos(p);
    long end = load.startNanos(p + 1);
    double planned = looped.run().goodputRps(start + SETTLE_PERIODS * periodNanos, end);
    Map<String, Double> statics = new LinkedHashMap<>();
    sweep.get(p).forEach((plan, goodput) -> statics.put(plan.title(), goodput));
    return new PlannerFigures.PhaseFigures(
        load.phases().get(p).name(),
        load.phases().get(p).streams().stream().mapToDouble(Phase.Stream::perSecond).sum(),
        planned,
        planned / best.getValue(),
        best.getValue(),
        best.getKey().title(),
        settled(start, end, SETTLED * best.getValue()),
        statics);
  }

  /** Returns the first period of a phase with a goodput, counted from 1. */
  private @Nullable Integer settled(long start, long end, double least) {
    for (int period = 1; start + period * periodNanos <= end; period++) {
      long from = start + (period - 1) * periodNanos;
      if (looped.run().goodputRps(from, from + periodNanos) >= least) {
        return period;
      }
    }
    return null;
  }

  /** Returns the static plan with the best mean over all phases. */
  Map.Entry<StaticPlan, Double> bestSingle() {
    return StaticPlan.sweep().stream()
        .map(plan -> Map.entry(plan, mean(plan)))
        .max(Comparator.comparingDouble(Map.Entry::getValue))
        .orElseThrow();
  }

  private double mean(StaticPlan plan) {
    return sweep.stream().mapToDouble(phase -> phase.get(plan)).average().orElseThrow();
  }

  /** Returns the goodput of the planned run over all phases, the settling included. */
  double total() {
    PhasedLoad load = looped.run().load();
    return looped.run().goodputRps(0, load.startNanos(load.phases().size()));
  }
}
