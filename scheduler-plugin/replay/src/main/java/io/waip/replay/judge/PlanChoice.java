package io.waip.replay.judge;

import io.waip.api.plan.PlanningResult;
import java.util.List;
import java.util.Optional;

/** What a search for a plan ends with. */
public sealed interface PlanChoice {
  /**
   * A judged candidate.
   *
   * @param headroom multiple of the demand that it was placed for
   */
  record Tried(double headroom, JudgedPlan judged) {}

  /**
   * Plans, best first by {@link JudgedPlan#BEST_FIRST}.
   *
   * @param tried all plans judged; at least one
   * @param atDemand what the solver found for the demand itself
   */
  record Chosen(List<Tried> tried, PlanningResult.Planned atDemand) implements PlanChoice {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no plan
     */
    public Chosen {
      tried = List.copyOf(tried);
      if (tried.isEmpty()) {
        throw new IllegalArgumentException("at least one judged plan is required");
      }
    }

    /** Returns the best. */
    public Tried best() {
      return tried.getFirst();
    }

    /** Returns the second best. */
    public Optional<Tried> runnerUp() {
      return tried.size() > 1 ? Optional.of(tried.get(1)) : Optional.empty();
    }
  }

  /** No plan keeps every promise. */
  record None(PlanningResult.Infeasible why) implements PlanChoice {}
}
