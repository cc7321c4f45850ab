package io.waip.replay.limit;

import io.waip.api.RequestDescriptor;
import io.waip.api.cost.LatencyModel;
import io.waip.replay.drive.RequestSource;
import java.util.Arrays;

/**
 * The true optimum on tiny instances: every ordered choice of batches on every worker, one variant.
 */
final class ExhaustiveSearch {
  private final int n;
  private final long[] release;
  private final long[] deadline;
  private final int[] length;
  private final LatencyModel model;
  private final int maxBatch;
  private final long horizon;

  ExhaustiveSearch(RequestSource source, LatencyModel model, int maxBatch, long horizon) {
    n = source.size();
    release = new long[n];
    deadline = new long[n];
    length = new int[n];
    this.model = model;
    this.maxBatch = maxBatch;
    this.horizon = horizon;
    RequestDescriptor request = new RequestDescriptor();
    for (int i = 0; i < n; i++) {
      source.describe(i, request);
      release[i] = request.arrivalNanos();
      deadline[i] = Math.min(request.deadlineNanos(), horizon);
      if (request.deadlineNanos() != RequestDescriptor.NO_DEADLINE) {
        deadline[i] = request.deadlineNanos();
      }
      length[i] = request.length();
    }
  }

  int best(int workers) {
    return best((1 << n) - 1, new long[workers]);
  }

  private int best(int remaining, long[] free) {
    int most = 0;
    int worker = earliest(free);
    for (int batch = remaining; batch > 0; batch = (batch - 1) & remaining) {
      int size = Integer.bitCount(batch);
      long end = end(batch, size, free[worker]);
      if (size <= maxBatch && end <= earliestDeadline(batch)) {
        long[] after = free.clone();
        after[worker] = end;
        most = Math.max(most, size + best(remaining & ~batch, after));
      }
    }
    if (free.length > 1 && free[worker] < horizon) {
      long[] retired = free.clone();
      retired[worker] = Long.MAX_VALUE / 4;
      if (earliest(retired) != worker) {
        most = Math.max(most, best(remaining, retired));
      }
    }
    return most;
  }

  private static int earliest(long[] free) {
    int worker = 0;
    for (int w = 1; w < free.length; w++) {
      worker = free[w] < free[worker] ? w : worker;
    }
    return worker;
  }

  private long end(int batch, int size, long free) {
    long start = free;
    int longest = 0;
    for (int i = 0; i < n; i++) {
      if ((batch >> i & 1) != 0) {
        start = Math.max(start, release[i]);
        longest = Math.max(longest, length[i]);
      }
    }
    return start + model.medianNanos(0, size, longest);
  }

  private long earliestDeadline(int batch) {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < n; i++) {
      if ((batch >> i & 1) != 0) {
        earliest = Math.min(earliest, deadline[i]);
      }
    }
    return earliest;
  }

  @Override
  public String toString() {
    return Arrays.toString(release) + Arrays.toString(deadline) + Arrays.toString(length);
  }
}
