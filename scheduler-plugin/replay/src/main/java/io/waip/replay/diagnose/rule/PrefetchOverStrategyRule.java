package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.BatchCurve;
import io.waip.replay.diagnose.BatchTally;
import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * With prefetching, which is on without priority levels and queue policy, a batch that was formed
 * ahead grows without its strategy knowing what is in it (triton-inference-server/server#6458).
 * Told by batches that cost more for a row than smaller ones do: what a limit is there to prevent.
 */
final class PrefetchOverStrategyRule implements ModelRule {
  /** A row may cost this much more than in the cheapest size before it counts as excess. */
  private static final double TOLERATED = 1.1;

  /** Fewer executions of a size are no measurement of it. */
  private static final long LEAST_EXECUTIONS = 5;

  private static final String PARAMETER = "TRITON_BATCH_STRATEGY_PATH";

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
    int cheapest = cheapest(model);
    if (!canBe || cheapest == 0) {
      return Optional.empty();
    }
    double excess = excessMillis(model, cheapest);
    return model.load().share(excess) < ModelCase.LEAST_SHARE
        ? Optional.empty()
        : Optional.of(finding(model, cheapest, excess));
  }

  private Finding finding(ModelCase model, int cheapest, double excess) {
    int largest = model.load().largestBatch();
    BatchCurve curve = model.load().curve();
    return model.finding(
        cause(),
        Confidence.HIGH,
        excess,
        List.of(
            model.configured(
                "%s is set, and neither priority_levels nor a queue policy is", PARAMETER),
            model.counted(
                "a row costs %.3g ms in executions of %d rows, %.3g ms in those of %d",
                rowMillis(curve, cheapest), cheapest, rowMillis(curve, largest), largest)),
        Remedy.of(
            "set a queue policy, which switches prefetching off, so that the strategy's limit holds",
            Change.ofModel(
                model.name(), "dynamic_batching.default_queue_policy.max_queue_size", 10_000)));
  }

  private static double rowMillis(BatchCurve curve, int rows) {
    return curve.meanNanos(rows).orElse(0) / rows / 1e6;
  }

  /** Returns the size whose rows cost least, or 0 where none ran often. */
  private static int cheapest(ModelCase model) {
    BatchCurve curve = model.load().curve();
    return model.load().batches().entrySet().stream()
        .filter(each -> each.getValue().executions() >= LEAST_EXECUTIONS)
        .map(Map.Entry::getKey)
        .min((a, b) -> Double.compare(rowMillis(curve, a), rowMillis(curve, b)))
        .orElse(0);
  }

  /** Returns what larger batches cost a request beyond the cheapest rate, mean, milliseconds. */
  private static double excessMillis(ModelCase model, int cheapest) {
    double rate = rowMillis(model.load().curve(), cheapest);
    double sum = 0;
    for (Map.Entry<Integer, BatchTally> each : model.load().batches().entrySet()) {
      int rows = each.getKey();
      double time = each.getValue().nanos() / 1e6;
      double due = rate * rows * each.getValue().executions();
      if (rows > cheapest && time > TOLERATED * due) {
        sum += (time - due) * rows / model.load().rowsPerRequest();
      }
    }
    return sum / Math.max(1, model.load().requests());
  }
}
