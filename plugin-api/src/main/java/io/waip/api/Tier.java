package io.waip.api;

/** Criticality class of a request, most urgent first. */
public enum Tier {
  /** Has a deadline; refused or evicted rather than served late. */
  INTERACTIVE,
  /** Has a deadline, and yields to interactive requests of equal urgency. */
  NEARLINE,
  /** Fills the gaps; has no deadline unless the request carries one. */
  OFFLINE;

  private static final Tier[] VALUES = values();

  /** Number of tiers. */
  public static final int COUNT = VALUES.length;

  /**
   * Returns the tier with this ordinal without allocating.
   *
   * @throws ArrayIndexOutOfBoundsException if {@code ordinal} is not in {@code [0, COUNT)}
   */
  public static Tier of(int ordinal) {
    return VALUES[ordinal];
  }
}
