package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.RecordFigures;
import java.util.List;
import java.util.Optional;

/** Judges one cause for the run in a file of records. Stateless. */
public interface RecordRule {
  /** All of them. */
  List<RecordRule> ALL =
      List.of(new PaddingRule(), new StarvedTenantRule(), new RateLimitRule(), new StragglerRule());

  /** Returns the cause. */
  Cause cause();

  /**
   * Judges a run.
   *
   * @return empty where it is not the cause
   */
  Optional<Finding> judge(RecordFigures run);
}
