package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;

/**
 * Triton sends the largest preferred size that is reached, however many requests wait behind it
 * (core, {@code dynamic_batch_scheduler.cc}, {@code GetDynamicBatch}).
 */
final class PreferredSizeRule implements ModelRule {
  /** As for a full batch: more than chance gives. */
  private static final double LEAST_SHARE_AT_SIZE = 0.5;

  @Override
  public Cause cause() {
    return Cause.PREFERRED_SIZE;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    List<Integer> sizes = model.configuration().preferredSizes();
    int largest = sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
    double atSize = model.load().shareOfExecutions(rows -> rows == largest);
    boolean isIt =
        largest > 0
            && largest < model.configuration().maxBatch()
            && atSize >= LEAST_SHARE_AT_SIZE
            && model.waitsLong();
    if (!isIt) {
      return Optional.empty();
    }
    return Optional.of(
        model.waitingFor(
            cause(),
            Confidence.HIGH,
            List.of(
                model.configured(
                    "preferred_batch_size is %s, max_batch_size is %d",
                    sizes, model.configuration().maxBatch()),
                model.counted("%.0f %% of the executions have %d rows", 100 * atSize, largest),
                model.waiting()),
            Remedy.of(
                "remove preferred_batch_size, so that a batch takes all that wait",
                Change.ofModel(model.name(), "dynamic_batching.preferred_batch_size", ""))));
  }
}
