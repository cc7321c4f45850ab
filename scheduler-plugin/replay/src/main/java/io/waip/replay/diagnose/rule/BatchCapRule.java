package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.BatchCurve;
import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;

/** Batches are full, requests wait for the next ones, and a row of a larger batch costs less. */
final class BatchCapRule implements ModelRule {
  /** Half of the executions being full is more than chance arrivals at a low load give. */
  private static final double LEAST_FULL_SHARE = 0.5;

  /** A doubled batch has to make a row cheaper by this share to be worth its memory. */
  private static final double LEAST_GAIN = 0.1;

  /** Instances with more idle time than this do not lack larger batches. */
  private static final double LEAST_UTILISATION = 0.9;

  /** Doublings looked at: from 4 to 256 rows. */
  private static final int MOST_DOUBLINGS = 6;

  @Override
  public Cause cause() {
    return Cause.BATCH_CAP;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    int cap = model.configuration().maxBatch();
    double full = model.load().shareOfExecutions(rows -> rows >= cap);
    BatchCurve curve = model.load().curve();
    int better = better(model, curve, cap);
    boolean isIt =
        model.configuration().canBatch()
            && model.configuration().hasBatching()
            && full >= LEAST_FULL_SHARE
            && model.waitsLong()
            && model.utilisation().orElse(1) >= LEAST_UTILISATION
            && better > cap;
    return isIt ? Optional.of(finding(model, full, better)) : Optional.empty();
  }

  private Finding finding(ModelCase model, double full, int better) {
    int cap = model.configuration().maxBatch();
    BatchCurve curve = model.load().curve();
    return model.waitingFor(
        cause(),
        curve.hasLine() ? Confidence.HIGH : Confidence.MEDIUM,
        List.of(
            model.configured("max_batch_size is %d", cap),
            model.counted("%.0f %% of the executions have %d rows", 100 * full, cap),
            model.waiting(),
            curve.hasLine()
                ? model.counted(
                    "of an execution %.3g ms do not grow with its rows: a row costs %.3g ms in %d"
                        + " and %.3g ms in %d",
                    curve.alphaNanos() / 1e6,
                    curve.lineNanos(cap) / cap / 1e6,
                    cap,
                    curve.lineNanos(better) / better / 1e6,
                    better)
                : model.counted("no other size ran, so what a larger one gains is not known")),
        Remedy.of(
            "raise max_batch_size to %d, as far as the model takes it".formatted(better),
            Change.ofModel(model.name(), "max_batch_size", better)));
  }

  /** Returns the largest doubling whose last step still gains, within the objective. */
  private static int better(ModelCase model, BatchCurve curve, int cap) {
    if (!curve.hasLine()) {
      return 2 * cap;
    }
    int best = cap;
    for (int i = 0; i < MOST_DOUBLINGS; i++) {
      int next = 2 * best;
      double gain = 1 - curve.lineNanos(next) / next / (curve.lineNanos(best) / best);
      double twice = 2 * curve.lineNanos(next);
      if (gain < LEAST_GAIN || model.objectiveNanos().filter(slo -> slo < twice).isPresent()) {
        return best;
      }
      best = next;
    }
    return best;
  }
}
