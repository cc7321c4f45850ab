package io.waip.cli.control;

import io.waip.api.cost.LatencyModel;
import io.waip.api.plan.ServicePlan;
import io.waip.triton.LearnedLatencyModel;
import io.waip.triton.PlanningSpec;
import java.util.List;

/**
 * Execution times as the control loop knows them: those that the planner starts from, corrected by
 * what it saw, as the planner itself corrects them. Single thread.
 */
public final class ControlTimes {
  private static final double FIRST_NOISE = 0.05;
  private static final double LEAST_NOISE = 0.02;

  /** The margin of plans nobody made: what is beyond, the engine's own measured margin covers. */
  private static final double MOST_NOISE = (ServicePlan.DEFAULT.latencyMargin() - 1) / 2;

  /** From the median of absolute deviations to the standard deviation of a normal distribution. */
  private static final double MEDIAN_TO_DEVIATION = 1.4826;

  private static final int LEAST_EXECUTIONS = 20;

  private final LearnedLatencyModel model;
  private double noise = FIRST_NOISE;

  /**
   * Starts from what a specification says of its variants.
   *
   * @param maxBatch largest batch of each variant, counted over all services
   */
  public ControlTimes(PlanningSpec spec, List<Integer> maxBatch) {
    model = new LearnedLatencyModel(spec);
    model.cover(maxBatch.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * Returns the times of a variant, counted over all services, whatever index they are asked for.
   */
  public LatencyModel of(int variant) {
    return (any, batch, length) -> model.medianNanos(variant, batch, length);
  }

  /** Learns from executions, in order. */
  void learn(List<SeenWindow.Execution> executions) {
    for (SeenWindow.Execution execution : executions) {
      model.observe(execution.variant(), execution.rows(), execution.length(), execution.nanos());
    }
    model.refresh();
    if (executions.size() >= LEAST_EXECUTIONS) {
      noise = MEDIAN_TO_DEVIATION * medianDeviation(executions);
    }
  }

  private double medianDeviation(List<SeenWindow.Execution> executions) {
    double[] deviations =
        executions.stream()
            .mapToDouble(e ->
                Math.abs(
                    Math.log(
                        e.nanos() / (double) model.medianNanos(e.variant(), e.rows(), e.length()))))
            .sorted()
            .toArray();
    return deviations[deviations.length / 2];
  }

  /**
   * Returns the coefficient of variation of times around the predictions, of the last window with
   * enough executions, {@code [0.02, 0.1]}; single outliers do not count.
   */
  double noise() {
    return Math.clamp(noise, LEAST_NOISE, MOST_NOISE);
  }
}
