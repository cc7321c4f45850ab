package io.waip.replay.diagnose;

/**
 * A counter of Triton.
 *
 * @param count how many, {@code >= 0}
 * @param nanos their time together, nanoseconds, {@code >= 0}
 */
public record Tally(long count, long nanos) {
  /** Nothing. */
  public static final Tally NONE = new Tally(0, 0);

  /** Returns what it grew by since then; negative where it fell. */
  public Tally minus(Tally before) {
    return new Tally(count - before.count, nanos - before.nanos);
  }

  /** Says whether a part is negative. */
  public boolean fell() {
    return count < 0 || nanos < 0;
  }
}
