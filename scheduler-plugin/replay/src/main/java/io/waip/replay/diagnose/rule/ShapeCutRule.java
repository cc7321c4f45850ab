package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;

/**
 * Triton closes a batch before the first request of another shape (core, {@code
 * dynamic_batch_scheduler.cc}).
 */
final class ShapeCutRule implements ModelRule {
  /** Batches with more rows than this share of the largest have little room left to lose. */
  private static final double MOST_FILLED = 0.5;

  /** With less use instances have time for small batches: requests wait for something else. */
  private static final double LEAST_UTILISATION = 0.7;

  @Override
  public Cause cause() {
    return Cause.SHAPE_CUT;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    ModelConfiguration configuration = model.configuration();
    boolean isIt =
        configuration.canBatch()
            && configuration.hasBatching()
            && configuration.cutsShapes()
            && configuration.preferredSizes().isEmpty()
            && model.load().meanBatch() <= MOST_FILLED * configuration.maxBatch()
            && model.waitsLong()
            && model.utilisation().orElse(1) >= LEAST_UTILISATION;
    if (!isIt) {
      return Optional.empty();
    }
    List<String> inputs = configuration.variableInputs();
    return Optional.of(
        model.waitingFor(
            cause(),
            Confidence.HIGH,
            List.of(
                model.configured(
                    "%s of variable shape, without allow_ragged_batch", String.join(", ", inputs)),
                model.counted(
                    "an execution has %.1f rows of %d",
                    model.load().meanBatch(), configuration.maxBatch()),
                model.waiting()),
            new Remedy(
                "let unequal shapes share a batch: allow_ragged_batch where the backend pads, a"
                    + " waip front with lengths in the planner's configuration where it does not,"
                    + " or clients that pad to few lengths",
                inputs.stream()
                    .map(input ->
                        Change.ofModel(
                            model.name(), "input." + input + ".allow_ragged_batch", "true"))
                    .toList())));
  }
}
