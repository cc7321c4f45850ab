package io.waip.api.plan;

import io.waip.api.plan.PlanningConstraint.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a search for a placement ends with. */
public sealed interface PlanningResult {
  /**
   * Plans, best first.
   *
   * @param candidates at least one, distinct, none breaks a constraint
   * @param binding constraints that limit the served value, by name
   * @param valueBoundPerSecond what no plan exceeds
   * @param exact whether no plan is better than the first candidate
   */
  record Planned(
      List<PlacementPlan> candidates,
      List<Binding> binding,
      double valueBoundPerSecond,
      boolean exact)
      implements PlanningResult {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is no candidate
     */
    public Planned {
      candidates = List.copyOf(candidates);
      binding = List.copyOf(binding);
      if (candidates.isEmpty()) {
        throw new IllegalArgumentException("at least one candidate is required");
      }
    }

    /** Returns the best plan. */
    public PlacementPlan best() {
      return candidates.getFirst();
    }

    /**
     * Returns what a candidate loses against the best.
     *
     * @param candidate position in the list
     */
    public Loss loss(int candidate) {
      PlanScore best = best().score();
      PlanScore other = candidates.get(candidate).score();
      return new Loss(
          best.valuePerSecond() - other.valuePerSecond(),
          other.badnessPerHour() - best.badnessPerHour(),
          other.devices() - best.devices());
    }
  }

  /**
   * What a plan loses against another; below 0 where it gains.
   *
   * @param valuePerSecond that it serves less
   * @param badnessPerHour that it costs more
   * @param devices that it uses more
   */
  record Loss(double valuePerSecond, double badnessPerHour, int devices) {}

  /**
   * A constraint that limits the served value.
   *
   * @param constraint by name
   * @param valuePerUnit served value per second that one more unit would bring if devices could be
   *     divided, {@code > 0}: of one device, watt, gram or unit of money per hour; for a quality
   *     floor of a floor lower by 0.01
   */
  record Binding(PlanningConstraint constraint, double valuePerUnit) {}

  /**
   * No plan keeps every promise.
   *
   * @param contradiction constraints that cannot hold together, and can once any of them is
   *     dropped; by name. Empty where none was found within the solver's limits
   * @param promisesKept rates that can be kept for all services with a promise together, each at
   *     most what was promised
   * @param proven whether it is certain that there is no plan, and that no smaller relaxation does
   */
  record Infeasible(
      List<Relaxation> contradiction, SortedMap<String, Double> promisesKept, boolean proven)
      implements PlanningResult {
    /** Copies the parts. */
    public Infeasible {
      contradiction = List.copyOf(contradiction);
      promisesKept =
          Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Double>) promisesKept));
    }
  }

  /**
   * A constraint of a contradiction, and what would do in its place.
   *
   * @param constraint by name
   * @param has its present value: rate, floor, count or limit; 0 for a rule
   * @param enough the nearest value with which a plan exists while everything else stays; 0 for a
   *     rule that would have to go. Empty where changing it alone does not do, or the problem is
   *     too large to tell
   */
  record Relaxation(PlanningConstraint constraint, double has, OptionalDouble enough) {
    @Override
    public String toString() {
      String now = constraint.kind() == Kind.RULE ? "" : " " + text(has);
      if (enough.isEmpty()) {
        return constraint + now + ": no value is known to do alone";
      }
      double value = enough.getAsDouble();
      return switch (constraint.kind()) {
        case RULE -> constraint + ": without it";
        case DEVICES -> "%s: %s more".formatted(constraint.subject(), text(value - has));
        default -> "%s%s: %s would do".formatted(constraint, now, text(value));
      };
    }

    /** Six digits: more are of no use to a reader. */
    private static String text(double value) {
      return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }
  }
}
