package io.waip.replay.diagnose;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/** Figures that follow from a model's counters. Immutable. */
public final class ModelLoad {
  private static final double NANOS_PER_MILLI = 1e6;

  private final ModelFigures figures;
  private final Counters counters;

  /** Takes the figures of a model. */
  public ModelLoad(ModelFigures figures) {
    this.figures = figures;
    counters = figures.counters();
  }

  /** Returns requests that were answered, {@code >= 0}. */
  public long requests() {
    return counters.tally(Tallied.SUCCESS).count();
  }

  /** Returns requests that were answered by an execution, {@code >= 0}. */
  public long executed() {
    return counters.tally(Tallied.COMPUTE_INFER).count();
  }

  /** Returns requests that failed or were refused, {@code >= 0}. */
  public long failed() {
    return counters.tally(Tallied.FAIL).count();
  }

  /** Returns the mean time of an answered request, milliseconds; 0 where there is none. */
  public double totalMillis() {
    return perRequest(Tallied.SUCCESS);
  }

  /** Returns a part of the mean time of an answered request, milliseconds. */
  public double perRequest(Tallied part) {
    return requests() == 0 ? 0 : counters.tally(part).nanos() / NANOS_PER_MILLI / requests();
  }

  /** Returns a part of the mean time of a request as a share of the whole, {@code [0, 1]}. */
  public double share(Tallied part) {
    return share(perRequest(part));
  }

  /** Returns a time as a share of the mean time of a request, {@code [0, 1]}. */
  public double share(double millis) {
    return totalMillis() > 0 ? Math.clamp(millis / totalMillis(), 0, 1) : 0;
  }

  /** Returns what a request is computed, its copies included, mean, milliseconds. */
  public double computingMillis() {
    return perRequest(Tallied.COMPUTE_INPUT)
        + perRequest(Tallied.COMPUTE_INFER)
        + perRequest(Tallied.COMPUTE_OUTPUT);
  }

  /** Returns the mean rows of an execution; 0 where there is none. */
  public double meanBatch() {
    return counters.executions() == 0 ? 0 : rows() / counters.executions();
  }

  /** Returns rows that were executed. */
  public double rows() {
    return counters.batches().entrySet().stream()
        .mapToDouble(each -> (double) each.getKey() * each.getValue().executions())
        .sum();
  }

  /** Returns the mean rows of a request, {@code > 0}; 1 where there is none. */
  public double rowsPerRequest() {
    return executed() == 0 ? 1 : Math.max(1, rows() / executed());
  }

  /** Returns the mean time of an execution, milliseconds; 0 where there is none. */
  public double executionMillis() {
    return counters.executions() == 0
        ? 0
        : counters.busyNanos() / NANOS_PER_MILLI / counters.executions();
  }

  /** Returns the share of executions whose rows are meant, {@code [0, 1]}. */
  public double shareOfExecutions(IntPredicate isMeant) {
    long meant =
        counters.batches().entrySet().stream()
            .filter(each -> isMeant.test(each.getKey()))
            .mapToLong(each -> each.getValue().executions())
            .sum();
    return counters.executions() == 0 ? 0 : (double) meant / counters.executions();
  }

  /** Returns the largest batch that ran; 0 where none did. */
  public int largestBatch() {
    return counters.batches().keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /**
   * Returns how many executions of an instance pass while a request waits: its wait over the time
   * between two starts, which is an execution over the number of instances.
   */
  public double executionsWaited(int instances) {
    return executionMillis() == 0 ? 0 : perRequest(Tallied.QUEUE) * instances / executionMillis();
  }

  /** Returns the share of time that instances executed, {@code >= 0}. */
  public OptionalDouble utilisation(int instances) {
    return figures.windowNanos().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            counters.busyNanos() / (figures.windowNanos().getAsDouble() * instances));
  }

  /** Returns rows executed in a second. */
  public OptionalDouble rowsPerSecond() {
    return figures.windowNanos().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(rows() * 1e9 / figures.windowNanos().getAsDouble());
  }

  /** Returns the times of executions by batch size. */
  public BatchCurve curve() {
    return BatchCurve.of(counters);
  }

  /** Returns the parts of the time that the counters cover, in order. */
  public List<Counters> phases() {
    return figures.phases();
  }

  /** Returns the executions by batch size, ascending. */
  public Map<Integer, BatchTally> batches() {
    return counters.batches();
  }
}
