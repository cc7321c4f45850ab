package io.waip.replay.judge;

import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult;
import io.waip.api.plan.ServiceDemand;
import io.waip.scheduler.plan.solve.PlacementSolver;
import io.waip.scheduler.plan.solve.SolverSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Searches for the plan that keeps the objectives at the lowest cost: the solver places variants
 * for the mean demand and for growing multiples of it, and every candidate is judged on the window.
 *
 * <p>A plan for the mean rate alone has no room for bursts; how much room they need, the replay
 * tells. Deterministic. Single thread.
 */
public final class PlanSearch {
  private final PlacementSolver solver;
  private final Effort effort;

  /**
   * How much is tried.
   *
   * @param headrooms multiples of the demand to place for, ascending, each {@code >= 1}; the search
   *     ends with the first whose plan costs more than one with which every service keeps its
   *     objective
   * @param candidates most plans judged for each multiple, {@code >= 1}
   */
  public record Effort(List<Double> headrooms, int candidates) {
    /** The default: up to four times the demand, two plans each. */
    public static final Effort DEFAULT =
        new Effort(List.of(1.0, 1.05, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0), 2);

    /**
     * Copies the list and checks the parts.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Effort {
      headrooms = List.copyOf(headrooms);
      double before = 1;
      for (double headroom : headrooms) {
        if (!(headroom >= before && headroom < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "headrooms must be finite, ascending and >= 1, are " + headrooms);
        }
        before = headroom;
      }
      if (headrooms.isEmpty() || candidates < 1) {
        throw new IllegalArgumentException(
            "at least one headroom and one candidate are required, got %s and %d"
                .formatted(headrooms, candidates));
      }
    }
  }

  /** Creates a search with the solver's default settings. */
  public PlanSearch(Effort effort) {
    this.effort = effort;
    solver = new PlacementSolver(SolverSettings.DEFAULT);
  }

  /**
   * Finds a plan.
   *
   * @return the plans judged, or why there is none
   * @throws IllegalArgumentException if the window has a service that the problem does not know
   */
  public PlanChoice find(PlanningProblem problem, JudgedWindow window) {
    PlacementJudge judge = new PlacementJudge(problem, window);
    Set<List<DeviceGroup>> seen = new HashSet<>();
    List<PlanChoice.Tried> tried = new ArrayList<>();
    PlanningResult first = solver.solve(problem);
    if (first instanceof PlanningResult.Infeasible infeasible) {
      return new PlanChoice.None(infeasible);
    }
    PlanningResult.Planned atDemand = (PlanningResult.Planned) first;
    for (double headroom : effort.headrooms()) {
      PlanningResult solved = headroom == 1 ? first : solver.solve(scaled(problem, headroom));
      if (solved instanceof PlanningResult.Planned planned) {
        if (costsMoreThanEnough(planned.best(), tried)) {
          break;
        }
        for (PlacementPlan plan : firstFew(planned)) {
          if (seen.add(plan.groups())) {
            tried.add(new PlanChoice.Tried(headroom, judge.judge(plan)));
          }
        }
      }
    }
    tried.sort((a, b) -> JudgedPlan.BEST_FIRST.compare(a.judged(), b.judged()));
    return new PlanChoice.Chosen(tried, atDemand);
  }

  /**
   * More room only costs more once a plan with which every service keeps its objective is known.
   */
  private static boolean costsMoreThanEnough(PlacementPlan cheapest, List<PlanChoice.Tried> tried) {
    return tried.stream()
        .map(PlanChoice.Tried::judged)
        .anyMatch(judged ->
            judged.servicesBelow() == 0
                && judged.plan().score().badnessPerHour() <= cheapest.score().badnessPerHour());
  }

  private List<PlacementPlan> firstFew(PlanningResult.Planned planned) {
    int count = Math.min(effort.candidates(), planned.candidates().size());
    return planned.candidates().subList(0, count);
  }

  private static PlanningProblem scaled(PlanningProblem problem, double factor) {
    return problem.withServices(
        problem.services().stream().map(service -> scaled(service, factor)).toList());
  }

  private static ServiceDemand scaled(ServiceDemand service, double factor) {
    return new ServiceDemand(
        service.name(),
        service.ratePerSecond() * factor,
        service.latencyNanos(),
        service.qualityFloor(),
        service.valuePerRequest(),
        service.tier(),
        service.promisedPerSecond());
  }
}
