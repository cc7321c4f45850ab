package io.waip.replay.table;

/**
 * Kinds of workloads, with what {@code waip} must reach on each: a share of the goodput limit where
 * that is close to the optimum, else a share of the best schedule found and of the gap between the
 * tuned dynamic batcher and the limit.
 */
public enum CellKind {
  /** Smooth arrivals, equal lengths. */
  EQUAL(0.97, 0, 0),
  /** The same with 5 % noise on execution times. */
  NOISY(0.95, 0, 0),
  /** Bursts. */
  BURSTS(0, 0.97, 0.5),
  /** Unequal lengths, padded. */
  LENGTHS(0, 0.97, 0.5),
  /** Two services with objectives of their own on two kinds of workers. */
  FLEET(0, 0.97, 0.5);

  /** Least share of the tuned dynamic batcher's goodput, on every workload. */
  static final double OVER_TUNED = 0.98;

  /** Most by which another policy may beat {@code waip}, as a share of the limit. */
  static final double BEATEN_BY = 0.01;

  private final double overLimit;
  private final double overClairvoyant;
  private final double gapClosed;

  CellKind(double overLimit, double overClairvoyant, double gapClosed) {
    this.overLimit = overLimit;
    this.overClairvoyant = overClairvoyant;
    this.gapClosed = gapClosed;
  }

  /** Returns the least share of the limit, {@code [0, 1]}; 0 for none. */
  public double overLimit() {
    return overLimit;
  }

  /** Returns the least share of the best schedule found, {@code [0, 1]}; 0 for none. */
  public double overClairvoyant() {
    return overClairvoyant;
  }

  /** Returns the least share of the gap to close, {@code [0, 1]}; 0 for none. */
  public double gapClosed() {
    return gapClosed;
  }
}
