package io.waip.replay.shadow;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.api.cost.LatencyModel;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Subject;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.EndpointState;
import io.waip.replay.drive.EndedExecutions;
import io.waip.replay.drive.EndedExecutions.Execution;
import io.waip.replay.drive.RunObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Watches a run and asks a second model for each execution that the first one decided on. An
 * execution that fails with its endpoint counts for nothing. Single thread.
 */
public final class ShadowRun implements RunObserver {
  private final LatencyModel deciding;
  private final LatencyPredictor shadow;
  private final List<Subject> subjects;
  private final List<PairedErrors> errors = new ArrayList<>();
  private final EndedExecutions executions = new EndedExecutions(this::count);

  /**
   * Prepares.
   *
   * @param deciding what the scheduler plans with
   * @param subjects each variant as the shadow knows it, by its index
   */
  public ShadowRun(LatencyModel deciding, LatencyPredictor shadow, List<Subject> subjects) {
    this.deciding = deciding;
    this.shadow = shadow;
    this.subjects = List.copyOf(subjects);
    subjects.forEach(subject -> errors.add(new PairedErrors()));
  }

  @Override
  public void executed(Batch batch, long startNanos, long endNanos) {
    executions.started(Execution.of(batch, startNanos, endNanos));
  }

  @Override
  public void endpointChanged(int endpoint, EndpointState state, long nowNanos) {
    executions.endpointChanged(endpoint, state, nowNanos);
  }

  private void count(Execution execution) {
    Subject subject = subjects.get(execution.variant());
    if (execution.nanos() > 0) {
      errors
          .get(execution.variant())
          .add(
              decided(execution),
              shadow.predict(subject, execution.batch(), execution.length()),
              execution.nanos());
    }
  }

  private LatencyEstimate decided(Execution execution) {
    long median = deciding.medianNanos(execution.variant(), execution.batch(), execution.length());
    return median == LatencyModel.UNKNOWN_NANOS
        ? LatencyEstimate.UNKNOWN
        : new LatencyEstimate(
            median, OptionalDouble.empty(), OptionalDouble.empty(), Basis.MEASURED);
  }

  /** Returns the figures of each variant by its index, after the run. */
  public List<ShadowFigures> figures() {
    executions.endUntil(Long.MAX_VALUE);
    return errors.stream().map(PairedErrors::figures).toList();
  }
}
