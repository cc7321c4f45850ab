package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.BatchCurve;
import io.waip.replay.diagnose.BatchTally;
import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Evidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import io.waip.replay.diagnose.Tallied;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that comes as a batch starts waits for it and then for its own, so it needs two batches
 * of time (Shen and others, Nexus, SOSP 2019).
 */
final class BatchOverObjectiveRule implements ModelRule {
  /** Of the requests, in such batches: fewer do not move a 99th percentile's neighbourhood much. */
  private static final double LEAST_ROWS_SHARE = 0.2;

  @Override
  public Cause cause() {
    return Cause.BATCH_OVER_OBJECTIVE;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    long objective = model.objectiveNanos().orElseThrow();
    double share = shareOfRows(model, objective);
    int fitting = fitting(model, objective);
    boolean isIt =
        model.configuration().canBatch()
            && model.configuration().hasBatching()
            && share >= LEAST_ROWS_SHARE
            && fitting >= 1
            && fitting < model.configuration().maxBatch();
    return isIt ? Optional.of(finding(model, share, fitting)) : Optional.empty();
  }

  private Finding finding(ModelCase model, double share, int fitting) {
    int largest = model.load().largestBatch();
    return model.finding(
        cause(),
        Confidence.HIGH,
        model.load().perRequest(Tallied.COMPUTE_INFER),
        List.of(
            model.configured("max_batch_size is %d", model.configuration().maxBatch()),
            new Evidence(
                "planner's configuration",
                ModelCase.text(
                    "the objective is %.3g ms", model.objectiveNanos().orElseThrow() / 1e6)),
            model.counted(
                "%.0f %% of the rows run in batches of which two take longer than the objective;"
                    + " one of %d rows takes %.3g ms",
                100 * share, largest, model.load().curve().meanNanos(largest).orElse(0) / 1e6)),
        new Remedy(
            "lower max_batch_size to %d, the largest of which two fit into the objective, and refuse"
                    .formatted(fitting)
                + " what waits too long for such a batch",
            List.of(
                Change.ofModel(model.name(), "max_batch_size", fitting),
                model.timeout(timeoutMicros(model, fitting)))));
  }

  /** Returns the longest wait after which such a batch still meets the objective. */
  private static long timeoutMicros(ModelCase model, int fitting) {
    double nanos = model.objectiveNanos().orElseThrow() - model.load().curve().lineNanos(fitting);
    return Math.max(1, Math.round(nanos / 1000));
  }

  private static double shareOfRows(ModelCase model, long objective) {
    BatchCurve curve = model.load().curve();
    double over = 0;
    for (Map.Entry<Integer, BatchTally> each : model.load().batches().entrySet()) {
      if (2 * curve.meanNanos(each.getKey()).orElse(0) > objective) {
        over += (double) each.getKey() * each.getValue().executions();
      }
    }
    return model.load().rows() == 0 ? 0 : over / model.load().rows();
  }

  /** Returns the largest batch of which two fit, by the line; 0 where none does. */
  private static int fitting(ModelCase model, long objective) {
    BatchCurve curve = model.load().curve();
    int rows = curve.hasLine() ? model.configuration().maxBatch() : 0;
    while (rows > 0 && 2 * curve.lineNanos(rows) > objective) {
      rows--;
    }
    return rows;
  }
}
