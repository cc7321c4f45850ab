package io.waip.scheduler.plan.solve;

import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult;
import io.waip.api.plan.PlanningResult.Binding;
import io.waip.api.plan.PlanningResult.Planned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds placements: a relaxation with divisible devices, whole gangs by packing, local improvement,
 * and for small problems branch and bound over all that can be loaded together.
 *
 * <p>Immutable; any thread may call it. The same problem gives the same answer, whatever the order
 * of its lists.
 */
public final class PlacementSolver {
  private final SolverSettings settings;

  /** Makes a solver. */
  public PlacementSolver(SolverSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns the best plans that were found, or why there is none.
   *
   * @throws IllegalStateException if a plan that was found breaks a constraint, which is a bug
   */
  public PlanningResult solve(PlanningProblem problem) {
    Instance instance = new Instance(problem);
    Optional<DivisiblePlan> relaxation = DivisiblePlan.of(instance);
    if (relaxation.isEmpty()) {
      return new Contradiction(settings).of(problem);
    }
    Layout packed = Packing.of(instance, relaxation.get().times());
    Improvement.Outcome improved = Improvement.of(instance, packed, settings.improvementWork());
    List<Fitting> found = new ArrayList<>(improved.fittings());
    boolean exact = false;
    Optional<Exhaustive> exhaustive = Exhaustive.of(instance, settings);
    if (exhaustive.isPresent()) {
      Optional<Fitting> best = found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
      Exhaustive.Found better = exhaustive.get().better(best, relaxation.get().valuePerSecond());
      found.addAll(better.fittings());
      exact = better.exact();
    }
    return found.isEmpty()
        ? new Contradiction(settings).of(problem)
        : planned(instance, relaxation.get(), found, exact);
  }

  private Planned planned(
      Instance instance, DivisiblePlan relaxation, List<Fitting> found, boolean exact) {
    found.sort(Comparator.comparing(Fitting::score).reversed());
    Set<Layout> seen = new HashSet<>();
    List<PlacementPlan> candidates =
        found.stream()
            .filter(fitting -> seen.add(fitting.layout()))
            .limit(settings.mostCandidates())
            .map(fitting -> checked(instance, PlanBuilder.plan(instance, fitting)))
            .toList();
    List<Binding> binding =
        relaxation.binding().entrySet().stream()
            .map(entry -> new Binding(entry.getKey(), entry.getValue()))
            .toList();
    return new Planned(candidates, binding, relaxation.valuePerSecond(), exact);
  }

  private static PlacementPlan checked(Instance instance, PlacementPlan plan) {
    List<String> violations = PlanCheck.violations(instance.problem, plan);
    if (!violations.isEmpty()) {
      throw new IllegalStateException("the solver broke its own plan: " + violations);
    }
    return plan;
  }
}
