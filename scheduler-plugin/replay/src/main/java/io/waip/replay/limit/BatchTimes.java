package io.waip.replay.limit;

import io.waip.replay.trace.Workload;

/** What schedules are built from: windows, lengths and the time of the fastest variant. */
final class BatchTimes {
  private static final long NEVER_NANOS = 1L << 61;

  final Workload workload;
  final WorkerPool pool;
  private final BatchCost cost;
  private final long longestWindowNanos;

  BatchTimes(Workload workload, BatchCost cost, WorkerPool pool) {
    this.workload = workload;
    this.cost = cost;
    this.pool = pool;
    long longest = 0;
    for (int i = 0; i < workload.size(); i++) {
      longest = Math.max(longest, deadline(i) - arrival(i));
    }
    longestWindowNanos = longest;
  }

  /** Returns the longest time from an arrival to its deadline. */
  long longestWindowNanos() {
    return longestWindowNanos;
  }

  int size() {
    return workload.size();
  }

  long arrival(int request) {
    return workload.arrivalNanos(request);
  }

  long deadline(int request) {
    return workload.goodputDeadlineNanos(request);
  }

  int length(int request) {
    return workload.length(request);
  }

  /**
   * Returns whole nanoseconds, rounded up; more than any window where no variant runs the batch.
   */
  long nanos(int batch, int length) {
    double least = Double.POSITIVE_INFINITY;
    for (int v = 0; v < pool.variants(); v++) {
      least = Math.min(least, cost.nanos(v, batch, length));
    }
    return least < NEVER_NANOS ? (long) Math.ceil(least) : NEVER_NANOS;
  }

  /** Returns the most requests per nanosecond of one worker, over batches of one length. */
  double bestRate(int length) {
    double best = 0;
    for (int b = 1; b <= pool.maxBatch(); b++) {
      best = Math.max(best, b / (double) nanos(b, length));
    }
    return best;
  }
}
