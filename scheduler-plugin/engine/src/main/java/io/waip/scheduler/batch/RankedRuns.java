package io.waip.scheduler.batch;

import io.waip.api.record.Consideration;
import io.waip.api.record.Constraint;

/**
 * The best batches of a question, best first, for the record of the decision. A reused buffer.
 *
 * <p>Switched off it keeps nothing and asks for nothing. Of equal scores the first stays first, as
 * in the choice itself. Single writer; allocates nothing after construction.
 */
public final class RankedRuns {
  private final boolean isKept;
  private final int[] variant = new int[Consideration.MAX_RUNS];
  private final int[] size = new int[Consideration.MAX_RUNS];
  private final int[] paddedLength = new int[Consideration.MAX_RUNS];
  private final long[] predictedNanos = new long[Consideration.MAX_RUNS];
  private final double[] score = new double[Consideration.MAX_RUNS];
  private final Constraint[] limit = new Constraint[Consideration.MAX_RUNS];
  private int count;

  /** Allocates a list; one that is not kept stays empty. */
  public RankedRuns(boolean isKept) {
    this.isKept = isKept;
  }

  /** Forgets all batches. */
  public void clear() {
    count = 0;
  }

  /** Says whether a batch that scores at most this much may belong into the list. */
  boolean wants(double bound) {
    return isKept && (count < score.length || bound > score[count - 1]);
  }

  /** Takes a batch in, where it is among the best and not there already. */
  void add(Run run) {
    int rank = count;
    while (rank > 0 && score[rank - 1] < run.score) {
      rank--;
    }
    if (rank == score.length || (rank > 0 && isAt(rank - 1, run))) {
      return;
    }
    makeRoom(rank);
    variant[rank] = run.variant;
    size[rank] = run.size;
    paddedLength[rank] = run.paddedLength;
    predictedNanos[rank] = run.predictedNanos;
    score[rank] = run.score;
    limit[rank] = run.limit;
  }

  /**
   * Puts the batch that resulted first, as it is now: requests may have been added to it after the
   * search.
   */
  public void lead(Candidate result) {
    if (count == 0 || score[0] != result.surplus() || variant[0] != result.variant()) {
      makeRoom(0);
      limit[0] = Constraint.NONE;
    }
    variant[0] = result.variant();
    size[0] = result.size();
    paddedLength[0] = result.paddedLength();
    predictedNanos[0] = result.predictedNanos();
    score[0] = result.surplus();
  }

  private void makeRoom(int rank) {
    count = Math.min(count + 1, score.length);
    for (int i = count - 1; i > rank; i--) {
      copy(i - 1, i);
    }
  }

  private boolean isAt(int i, Run run) {
    return score[i] == run.score
        && variant[i] == run.variant
        && size[i] == run.size
        && paddedLength[i] == run.paddedLength;
  }

  private void copy(int from, int to) {
    variant[to] = variant[from];
    size[to] = size[from];
    paddedLength[to] = paddedLength[from];
    predictedNanos[to] = predictedNanos[from];
    score[to] = score[from];
    limit[to] = limit[from];
  }

  /** Returns the number of batches. */
  public int count() {
    return count;
  }

  /** Returns the variant of batch {@code i}. */
  public int variant(int i) {
    return variant[i];
  }

  /** Returns the number of requests in batch {@code i}. */
  public int size(int i) {
    return size[i];
  }

  /** Returns the length batch {@code i} is padded to. */
  public int paddedLength(int i) {
    return paddedLength[i];
  }

  /** Returns the predicted time of batch {@code i} with all corrections, nanoseconds. */
  public long predictedNanos(int i) {
    return predictedNanos[i];
  }

  /** Returns the value per nanosecond of batch {@code i}. */
  public double score(int i) {
    return score[i];
  }

  /** Returns what kept batch {@code i} from one more request. */
  public Constraint limit(int i) {
    return limit[i];
  }

  /** One batch on its way into the list. A reused buffer. */
  static final class Run {
    int variant;
    int size;
    int paddedLength;
    long predictedNanos;
    double score;
    Constraint limit = Constraint.NONE;
  }
}
