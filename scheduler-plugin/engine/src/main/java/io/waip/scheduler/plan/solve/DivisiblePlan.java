package io.waip.scheduler.plan.solve;

import io.waip.api.plan.PlanningConstraint;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The problem with devices that can be divided at will and memory for everything: no plan serves
 * more value.
 *
 * @param valuePerSecond served
 * @param times of gangs by option
 * @param binding constraints with the served value per second of one more unit
 */
@SuppressWarnings("ArrayRecordComponent") // Read by index in inner loops; nobody changes them.
record DivisiblePlan(
    double valuePerSecond, double[] times, SortedMap<PlanningConstraint, Double> binding) {
  /** Part of the value that may be given up for rounding errors. */
  static final double SLACK = 1e-9;

  /** Returns the relaxation that serves most value with least badness; empty where none holds. */
  static Optional<DivisiblePlan> of(Instance instance) {
    return solve(instance, Goal.VALUE, Double.NEGATIVE_INFINITY)
        .map(most -> {
          double least = most.valuePerSecond * (1 - SLACK);
          double[] cheapest = solve(instance, Goal.LEAST_BADNESS, least).orElse(most).times;
          return new DivisiblePlan(most.valuePerSecond, cheapest, most.binding);
        });
  }

  /** Says whether the relaxation has a solution at all. */
  static boolean holds(Instance instance) {
    return solve(instance, Goal.VALUE, Double.NEGATIVE_INFINITY).isPresent();
  }

  private static Optional<DivisiblePlan> solve(Instance instance, Goal goal, double leastValue) {
    Rows rows = new Rows(instance, goal, leastValue);
    int[] variable = new int[instance.options.size()];
    for (int o = 0; o < variable.length; o++) {
      boolean fits = instance.fit(new int[] {o}, 1);
      boolean enough = instance.degree(o) <= instance.devices.get(instance.deviceOf[o]).count();
      variable[o] = rows.program.variable(0, fits && enough ? Double.POSITIVE_INFINITY : 0);
      rows.addGangs(variable[o], instance.deviceOf[o], instance.degree(o));
      rows.addTime(variable[o], o);
    }
    boolean priced = goal.equals(Goal.VALUE);
    return rows.program
        .maximise()
        .map(found ->
            relaxation(instance, priced ? Optional.of(rows) : Optional.empty(), variable, found));
  }

  private static DivisiblePlan relaxation(
      Instance instance, Optional<Rows> priced, int[] variable, LinearProgram.Solution found) {
    double[] times = new double[variable.length];
    double[] share = new double[instance.services.size()];
    double value = 0;
    for (int o = 0; o < times.length; o++) {
      times[o] = found.values()[variable[o]];
      value += times[o] * instance.value(o);
      int service = instance.serviceOf[o];
      double demand = instance.services.get(service).ratePerSecond();
      share[service] += demand > 0 ? times[o] * instance.rate(o) / demand : 0;
    }
    SortedMap<PlanningConstraint, Double> binding =
        priced.map(rows -> rows.binding(found, share)).orElseGet(TreeMap::new);
    return new DivisiblePlan(value, times, binding);
  }
}
