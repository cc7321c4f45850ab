package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Evidence;
import io.waip.replay.diagnose.Explained;
import io.waip.replay.diagnose.RecordFigures;

/** What rules say of a run in records. Stateless. */
final class RunEvidence {
  /** The planner's policy, by the name that records give it. */
  static final String PLANNER = "waip";

  private RunEvidence() {}

  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  static Evidence recorded(String format, Object... figures) {
    return new Evidence("records", ModelCase.text(format, figures));
  }

  /** Returns what a part of the mean time of requests that ran explains. */
  static Explained explained(RecordFigures run, String of, double millis) {
    double total = run.totalMillis();
    double part = Math.min(millis, total);
    return new Explained(of, part, 0, total > 0 ? part / total : 0);
  }
}
