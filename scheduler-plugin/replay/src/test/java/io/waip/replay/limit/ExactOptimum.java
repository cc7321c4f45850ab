package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.Arrays;

/**
 * The best schedule of a small workload by exhaustive search, independent of the limit: for every
 * set of requests the earliest time one worker can have served all of it in time, then the best
 * division of requests among workers. O(3^n).
 */
final class ExactOptimum {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final Workload workload;
  private final BatchCost cost;
  private final WorkerPool pool;
  private final int sets;

  ExactOptimum(Workload workload, BatchCost cost, WorkerPool pool) {
    this.workload = workload;
    this.cost = cost;
    this.pool = pool;
    sets = 1 << workload.size();
  }

  /** Returns the most requests any schedule serves in time. */
  int requests() {
    double[] finish = finishOfOneWorker();
    boolean[] one = new boolean[sets];
    for (int set = 0; set < sets; set++) {
      one[set] = finish[set] < NEVER;
    }
    boolean[] servable = one;
    for (int worker = 1; worker < pool.workers(); worker++) {
      servable = withAnotherWorker(servable, one);
    }
    int best = 0;
    for (int set = 0; set < sets; set++) {
      best = servable[set] ? Math.max(best, Integer.bitCount(set)) : best;
    }
    return best;
  }

  private double[] finishOfOneWorker() {
    double[] finish = new double[sets];
    Arrays.fill(finish, NEVER);
    finish[0] = 0;
    for (int set = 0; set < sets; set++) {
      if (finish[set] == NEVER) {
        continue;
      }
      int rest = sets - 1 & ~set;
      for (int batch = rest; batch > 0; batch = (batch - 1) & rest) {
        double end = endOf(batch, finish[set]);
        finish[set | batch] = Math.min(finish[set | batch], end);
      }
    }
    return finish;
  }

  private double endOf(int batch, double free) {
    int size = Integer.bitCount(batch);
    if (size > pool.maxBatch()) {
      return NEVER;
    }
    double start = free;
    double deadline = NEVER;
    int longest = 0;
    for (int i = 0; i < workload.size(); i++) {
      if ((batch >>> i & 1) == 1) {
        start = Math.max(start, workload.arrivalNanos(i));
        deadline = Math.min(deadline, workload.goodputDeadlineNanos(i));
        longest = Math.max(longest, workload.length(i));
      }
    }
    double nanos = NEVER;
    for (int v = 0; v < pool.variants(); v++) {
      nanos = Math.min(nanos, cost.nanos(v, size, longest));
    }
    return start + nanos <= deadline ? start + nanos : NEVER;
  }

  private boolean[] withAnotherWorker(boolean[] servable, boolean[] one) {
    boolean[] both = new boolean[sets];
    for (int set = 0; set < sets; set++) {
      for (int part = set; ; part = (part - 1) & set) {
        both[set] |= servable[part] && one[set & ~part];
        if (part == 0) {
          break;
        }
      }
    }
    return both;
  }
}
