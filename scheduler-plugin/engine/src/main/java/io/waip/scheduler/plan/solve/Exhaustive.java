package io.waip.scheduler.plan.solve;

import io.waip.scheduler.plan.solve.BranchAndBound.Outcome;
import io.waip.scheduler.plan.solve.GangProgram.Aim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The search over all maximal configurations, value first, badness second. */
final class Exhaustive {
  /** Nodes that every search may visit. */
  private static final int LEAST_NODES = 20;

  private final Instance instance;
  private final GangProgram program;
  private final int work;

  /**
   * What a search found.
   *
   * @param fittings that break nothing; the best is among them
   * @param exact whether none is better
   */
  record Found(List<Fitting> fittings, boolean exact) {}

  private Exhaustive(Instance instance, GangProgram program, int work) {
    this.instance = instance;
    this.program = program;
    this.work = work;
  }

  /** Returns the search for a problem; empty where there are too many configurations. */
  static Optional<Exhaustive> of(Instance instance, SolverSettings settings) {
    return Configurations.all(instance, settings.mostConfigurations())
        .map(
            all -> new Exhaustive(instance, new GangProgram(instance, all), settings.branchWork()));
  }

  /**
   * Searches plans that are better than a known one.
   *
   * @param known best so far; empty where none is
   * @param bound value per second that no plan exceeds
   */
  Found better(Optional<Fitting> known, double bound) {
    double whole = instance.wholeValue();
    double atLeast = known.map(f -> f.valuePerSecond(instance) / whole).orElse(-1.0);
    List<Fitting> found = new ArrayList<>();
    boolean exact = true;
    if (known.isEmpty() || atLeast < bound / whole * (1 - 10 * DivisiblePlan.SLACK)) {
      Outcome most =
          search(Aim.of(Goal.VALUE), known.isEmpty() ? Double.NEGATIVE_INFINITY : atLeast);
      fit(most.layouts(), found);
      exact = most.exact();
    }
    Optional<Fitting> best = found.isEmpty() ? known : Optional.of(found.getLast());
    if (best.isPresent() && exact) {
      double value = best.get().valuePerSecond(instance);
      Aim cheapest = new Aim(Goal.LEAST_BADNESS, value * (1 - 10 * DivisiblePlan.SLACK));
      Outcome least = search(cheapest, leastBadness(cheapest, best.get()));
      fit(least.layouts(), found);
      exact = least.exact();
    }
    return new Found(found, exact);
  }

  /** Returns the goal's measure of a plan that is known. */
  private double leastBadness(Aim cheapest, Fitting known) {
    GangProgram own = new GangProgram(instance, known.configurations());
    return own.solve(cheapest, own.only(known.layout()))
        .map(GangProgram.Relaxed::objective)
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private void fit(List<Layout> layouts, List<Fitting> found) {
    layouts.forEach(layout -> Fitting.of(instance, layout).ifPresent(found::add));
  }

  /** Searches one goal. */
  Outcome search(Aim aim, double atLeast) {
    return BranchAndBound.search(
        program, aim, atLeast, Math.max(LEAST_NODES, work / program.size()));
  }

  /** Returns the division that a goal asks for in a layout. */
  Optional<GangProgram.Relaxed> division(Aim aim, Layout layout) {
    return program.solve(aim, program.only(layout));
  }
}
