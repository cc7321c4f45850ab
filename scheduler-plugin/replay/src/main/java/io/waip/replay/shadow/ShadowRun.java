package io.waip.replay.shadow;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.api.cost.LatencyModel;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Subject;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.EndpointState;
import io.waip.replay.drive.RunObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Watches a run and asks a second model for each execution that the first one decided on. An
 * execution that fails with its endpoint counts for nothing. Single thread.
 */
public final class ShadowRun implements RunObserver {
  private final LatencyModel deciding;
  private final LatencyPredictor shadow;
  private final List<Subject> subjects;
  private final List<PairedErrors> errors = new ArrayList<>();
  private final Int2ObjectHashMap<Execution> latest = new Int2ObjectHashMap<>();

  private record Execution(int variant, int batch, int length, long startNanos, long endNanos) {}

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
    Execution execution =
        new Execution(batch.variant(), batch.size(), batch.paddedLength(), startNanos, endNanos);
    // Endpoints run one batch at a time: the one before has ended by now.
    Execution before = latest.put(batch.endpoint(), execution);
    if (before != null) {
      count(before);
    }
  }

  @Override
  public void endpointChanged(int endpoint, EndpointState state, long nowNanos) {
    Execution running = latest.get(endpoint);
    if (state == EndpointState.DOWN && running != null && running.endNanos >= nowNanos) {
      latest.remove(endpoint);
    }
  }

  private void count(Execution execution) {
    Subject subject = subjects.get(execution.variant);
    long nanos = execution.endNanos - execution.startNanos;
    if (nanos > 0) {
      errors
          .get(execution.variant)
          .add(
              decided(execution),
              shadow.predict(subject, execution.batch, execution.length),
              nanos);
    }
  }

  private LatencyEstimate decided(Execution execution) {
    long median = deciding.medianNanos(execution.variant, execution.batch, execution.length);
    return median == LatencyModel.UNKNOWN_NANOS
        ? LatencyEstimate.UNKNOWN
        : new LatencyEstimate(
            median, OptionalDouble.empty(), OptionalDouble.empty(), Basis.MEASURED);
  }

  /** Returns the figures of each variant by its index, after the run. */
  public List<ShadowFigures> figures() {
    latest.values().forEach(this::count);
    latest.clear();
    return errors.stream().map(PairedErrors::figures).toList();
  }
}
