package io.waip.cli.control;

import io.waip.api.cost.LatencyModel;
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
  private static final double MOST_NOISE = 0.5;
  private static final double WEIGHT = 0.01;

  private final LearnedLatencyModel model;
  private double variance = FIRST_NOISE * FIRST_NOISE;

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
    for (SeenWindow.Execution execution : executions) {
      double predicted =
          model.medianNanos(execution.variant(), execution.rows(), execution.length());
      double residual = Math.clamp(Math.log(execution.nanos() / predicted), -1, 1);
      variance += WEIGHT * (residual * residual - variance);
    }
  }

  /** Returns the coefficient of variation of times around the predictions, {@code [0.02, 0.5]}. */
  double noise() {
    return Math.clamp(Math.sqrt(variance), LEAST_NOISE, MOST_NOISE);
  }
}
