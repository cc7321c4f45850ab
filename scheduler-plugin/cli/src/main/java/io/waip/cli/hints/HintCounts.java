package io.waip.cli.hints;

/**
 * What became of hints.
 *
 * @param passed on to the listener
 * @param folded as the alert was known to fire
 * @param suppressed as too many came in a minute
 * @param resolved alerts that fire no more
 * @param refused requests that were not as they should be
 */
public record HintCounts(long passed, long folded, long suppressed, long resolved, long refused) {
  static final HintCounts NONE = new HintCounts(0, 0, 0, 0, 0);
  static final HintCounts PASSED = new HintCounts(1, 0, 0, 0, 0);
  static final HintCounts FOLDED = new HintCounts(0, 1, 0, 0, 0);
  static final HintCounts SUPPRESSED = new HintCounts(0, 0, 1, 0, 0);
  static final HintCounts RESOLVED = new HintCounts(0, 0, 0, 1, 0);
  static final HintCounts REFUSED = new HintCounts(0, 0, 0, 0, 1);

  HintCounts plus(HintCounts other) {
    return new HintCounts(
        passed + other.passed,
        folded + other.folded,
        suppressed + other.suppressed,
        resolved + other.resolved,
        refused + other.refused);
  }
}
