package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Change.Place;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Explained;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.RecordFigures;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;

/** Workers compute elements that only fill short requests up to long ones. */
final class PaddingRule implements RecordRule {
  /** The planner's own cap on padded elements of a batch (ServicePlan's padding cap). */
  private static final double MOST_PADDED = 0.25;

  @Override
  public Cause cause() {
    return Cause.PADDING;
  }

  @Override
  public Optional<Finding> judge(RecordFigures run) {
    double busy = run.times().busy();
    double share = busy == 0 ? 0 : run.times().padded() / busy;
    if (share < MOST_PADDED) {
      return Optional.empty();
    }
    Explained explained =
        RunEvidence.explained(run, run.policy(), share * run.perRequest(run.times().executed()));
    Remedy remedy =
        run.policy().equals(RunEvidence.PLANNER)
            ? Remedy.of(
                "pad to few lengths: lengths.buckets in the planner's configuration",
                new Change(Place.PLANNER_CONFIGURATION, "", "services.lengths.buckets", "auto"))
            : Remedy.of(
                "let the planner form batches of like lengths: a service with lengths",
                new Change(Place.PLANNER_CONFIGURATION, "", "policy", RunEvidence.PLANNER));
    return Optional.of(
        new Finding(
            cause(),
            Confidence.HIGH,
            explained,
            List.of(
                RunEvidence.recorded(
                    "padding takes %.3g of %.3g s that workers execute (%.0f %%), by the cost law in"
                        + " the file",
                    run.times().padded() / 1e9, busy / 1e9, 100 * share)),
            remedy));
  }
}
