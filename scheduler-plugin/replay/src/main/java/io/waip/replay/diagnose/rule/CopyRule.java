package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Change.Place;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import io.waip.replay.diagnose.Tallied;
import java.util.List;
import java.util.Optional;

/** Copying inputs or outputs takes a large part of what a request is computed. */
final class CopyRule implements ModelRule {
  /** Of computing: copies of small tensors take a few hundredths. */
  private static final double LEAST_PART_OF_COMPUTING = 0.25;

  private final Cause cause;

  /** Judges {@link Cause#INPUT_COPY} or {@link Cause#OUTPUT_COPY}. */
  CopyRule(Cause cause) {
    this.cause = cause;
  }

  @Override
  public Cause cause() {
    return cause;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    Tallied part = cause == Cause.INPUT_COPY ? Tallied.COMPUTE_INPUT : Tallied.COMPUTE_OUTPUT;
    double copied = model.load().perRequest(part);
    double computed = model.load().computingMillis();
    boolean isIt =
        !model.figures().isFront()
            && !PinnedPoolRule.isFull(model)
            && computed > 0
            && copied >= LEAST_PART_OF_COMPUTING * computed
            && ModelCase.isWorth(model.slowing(copied));
    if (!isIt) {
      return Optional.empty();
    }
    String what = cause == Cause.INPUT_COPY ? "inputs" : "outputs";
    return Optional.of(
        model.finding(
            cause,
            Confidence.HIGH,
            model.slowing(copied),
            List.of(
                model.counted(
                    "%s are prepared and copied for %.3g ms of the %.3g ms that a request is"
                        + " computed (%.0f %%)",
                    what, copied, computed, 100 * copied / computed)),
            Remedy.of(remedy(what), change(model, what))));
  }

  private static String remedy(String what) {
    return "let clients pass %s in shared memory (system, or cuda for models on a GPU)%s"
        .formatted(what, what.equals("outputs") ? ", and ask only for outputs that they need" : "");
  }

  private static Change change(ModelCase model, String what) {
    return new Change(Place.CLIENT, model.name(), "shared_memory." + what, "true");
  }
}
