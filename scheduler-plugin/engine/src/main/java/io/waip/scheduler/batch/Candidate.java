package io.waip.scheduler.batch;

/** The best batch found so far. A reused buffer; single writer. */
public final class Candidate {
  private final int[] positions;
  private int size;
  private int variant;
  private int paddedLength;
  private long predictedNanos;
  private long earliestDeadline;
  private double score;
  private double surplus;

  /** Allocates a candidate of at most {@code capacity} requests. */
  public Candidate(int capacity) {
    positions = new int[capacity];
  }

  /** Forgets the batch. */
  public void clear() {
    size = 0;
    score = Double.NEGATIVE_INFINITY;
    surplus = Double.NEGATIVE_INFINITY;
  }

  void set(int bestVariant, int padded, long nanos, long deadline) {
    size = 0;
    variant = bestVariant;
    paddedLength = padded;
    predictedNanos = nanos;
    earliestDeadline = deadline;
  }

  void worth(double valuePerNano, double overPrice) {
    score = valuePerNano;
    surplus = overPrice;
  }

  void add(int position) {
    positions[size++] = position;
  }

  /** Becomes a copy of another candidate. */
  public void copyFrom(Candidate other) {
    set(other.variant, other.paddedLength, other.predictedNanos, other.earliestDeadline);
    worth(other.score, other.surplus);
    System.arraycopy(other.positions, 0, positions, 0, other.size);
    size = other.size;
  }

  /** Says whether there is no batch. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Returns the number of requests. */
  public int size() {
    return size;
  }

  /** Returns the window position of the {@code i}-th request. */
  public int position(int i) {
    return positions[i];
  }

  /** Returns the variant index. */
  public int variant() {
    return variant;
  }

  /** Returns the length that every request is padded to. */
  public int paddedLength() {
    return paddedLength;
  }

  /** Returns the predicted execution time with all corrections, nanoseconds. */
  public long predictedNanos() {
    return predictedNanos;
  }

  /** Returns the earliest deadline of its requests, nanoseconds. */
  public long earliestDeadline() {
    return earliestDeadline;
  }

  /** Returns the value gained per nanosecond of device time; comparable between services. */
  public double score() {
    return score;
  }

  /** Returns the value less the price of its device time; comparable within a window. */
  double surplus() {
    return surplus;
  }
}
