package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.BatchTally;
import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Explained;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * With prefetching, which is on without priority levels and queue policy, a batch that was formed
 * ahead grows without its strategy knowing what is in it (triton-inference-server/server#6458).
 * Told by batches that cost more for a row than smaller ones do: what a limit is there to prevent.
 */
final class PrefetchOverStrategyRule implements ModelRule {
  /** A row may cost this much more than in the cheapest size before it counts as excess. */
  private static final double TOLERATED = 1.1;

  /** Fewer executions are no measurement. */
  private static final long LEAST_EXECUTIONS = 5;

  /** As many as no queue holds that is served in time: only that there is a limit matters. */
  private static final int MAX_QUEUE_SIZE = 10_000;

  private static final String PARAMETER = "TRITON_BATCH_STRATEGY_PATH";

  /** What a row costs in executions of up to so many rows, milliseconds. */
  private record Rate(int rows, double millis) {}

  @Override
  public Cause cause() {
    return Cause.PREFETCH_OVER_STRATEGY;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    boolean canBe =
        !model.configuration().parameter(PARAMETER).isEmpty()
            && model.configuration().hasBatching()
            && model.configuration().prefetches();
    return canBe ? cheapest(model).flatMap(cheapest -> judge(model, cheapest)) : Optional.empty();
  }

  private Optional<Finding> judge(ModelCase model, Rate cheapest) {
    Explained explained = model.slowing(excessMillis(model, cheapest));
    int largest = model.load().largestBatch();
    double atLargest = model.load().curve().meanNanos(largest).orElse(0) / largest / 1e6;
    if (!ModelCase.isWorth(explained)) {
      return Optional.empty();
    }
    return Optional.of(
        model.finding(
            cause(),
            Confidence.HIGH,
            explained,
            List.of(
                model.configured(
                    "%s is set, and neither priority_levels nor a queue policy is", PARAMETER),
                model.counted(
                    "a row costs %.3g ms in executions of up to %d rows, %.3g ms in those of %d",
                    cheapest.millis, cheapest.rows, atLargest, largest)),
            Remedy.of(
                "set a queue policy, which switches prefetching off, so that the strategy's limit"
                    + " holds",
                Change.ofModel(
                    model.name(),
                    "dynamic_batching.default_queue_policy.max_queue_size",
                    MAX_QUEUE_SIZE))));
  }

  /** Returns the cheapest of the sizes that ran often, and of the smaller half of all sizes. */
  private static Optional<Rate> cheapest(ModelCase model) {
    Map<Integer, BatchTally> batches = model.load().batches();
    int half = model.load().largestBatch() / 2;
    return Stream.concat(
            batches.keySet().stream().map(rows -> rate(batches, rows, rows)),
            Stream.of(rate(batches, 1, half)))
        .flatMap(Optional::stream)
        .min(Comparator.comparingDouble(Rate::millis));
  }

  /** Returns the rate of the executions of some sizes; empty where they ran too seldom. */
  private static Optional<Rate> rate(Map<Integer, BatchTally> batches, int from, int to) {
    long executions = 0;
    double rows = 0;
    double millis = 0;
    for (Map.Entry<Integer, BatchTally> each : batches.entrySet()) {
      if (each.getKey() >= from && each.getKey() <= to) {
        executions += each.getValue().executions();
        rows += (double) each.getKey() * each.getValue().executions();
        millis += each.getValue().nanos() / 1e6;
      }
    }
    return executions < LEAST_EXECUTIONS
        ? Optional.empty()
        : Optional.of(new Rate(to, millis / rows));
  }

  /** Returns what larger batches cost a request beyond the cheapest rate, mean, milliseconds. */
  private static double excessMillis(ModelCase model, Rate cheapest) {
    double sum = 0;
    for (Map.Entry<Integer, BatchTally> each : model.load().batches().entrySet()) {
      int rows = each.getKey();
      double millis = each.getValue().nanos() / 1e6;
      double due = cheapest.millis * rows * each.getValue().executions();
      if (rows > cheapest.rows && millis > TOLERATED * due) {
        sum += (millis - due) * rows / model.load().rowsPerRequest();
      }
    }
    return sum / Math.max(1, model.load().requests());
  }
}
