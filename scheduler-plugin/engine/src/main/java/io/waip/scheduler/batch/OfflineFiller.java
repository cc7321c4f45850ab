package io.waip.scheduler.batch;

import io.waip.scheduler.plan.VariantTable;
import io.waip.scheduler.state.Window;

/**
 * Fills a batch of requests with deadlines with offline ones that cost none of them its deadline: a
 * batch pays its fixed time once, so offline work is cheapest where one runs anyway.
 *
 * <p>The batch keeps its padded length, meets all its deadlines, ends within the bound for batches
 * with offline work, and ends before each queued request left behind has to start, unless another
 * endpoint is free by then or it had to start sooner anyway. O(window log window). Allocates
 * nothing. Single writer.
 */
public final class OfflineFiller {
  private final int[] positions;
  private final boolean[] isTaken;

  /**
   * Allocates a filler.
   *
   * @param windowCapacity as given to the window
   */
  public OfflineFiller(int windowCapacity) {
    positions = new int[2 * windowCapacity];
    isTaken = new boolean[2 * windowCapacity];
  }

  /** Adds offline requests to a batch that holds none; leaves others as they are. */
  public void fill(Situation situation, Candidate batch) {
    Window window = situation.window();
    int deadlines = window.deadlineCount();
    if (batch.isEmpty() || window.size() == deadlines || !isUrgentOnly(batch, deadlines)) {
      return;
    }
    VariantTable table = situation.plan().variant(batch.variant());
    long limit = latestEnd(situation, batch, table);
    int count =
        window.longestFirst(deadlines, window.size(), Long.MIN_VALUE, table.quality(), positions);
    long deadline = batch.earliestDeadline();
    for (int i = 0; i < count && batch.size() < table.maxBatch(); i++) {
      long end = situation.nowNanos() + nanos(situation, batch, batch.size() + 1);
      if (end > Math.min(limit, deadline)) {
        break;
      }
      if (end <= window.deadline(positions[i]) && fitsLength(situation, batch, positions[i])) {
        deadline = Math.min(deadline, window.deadline(positions[i]));
        batch.add(positions[i]);
      }
    }
    renew(situation, batch, deadline);
  }

  /** Sets what the added requests changed; positions stay where they are. */
  private static void renew(Situation situation, Candidate batch, long deadline) {
    int size = batch.size();
    long nanos = nanos(situation, batch, size);
    batch.set(batch.variant(), batch.paddedLength(), nanos, deadline);
    for (int i = 0; i < size; i++) {
      batch.add(batch.position(i));
    }
  }

  private static boolean isUrgentOnly(Candidate batch, int deadlines) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.position(i) >= deadlines) {
        return false;
      }
    }
    return true;
  }

  private long latestEnd(Situation situation, Candidate batch, VariantTable table) {
    Window window = situation.window();
    long limit = Math.min(batch.earliestDeadline(), situation.offlineEndNanos());
    for (int i = 0; i < batch.size(); i++) {
      isTaken[batch.position(i)] = true;
    }
    long end = situation.nowNanos() + batch.predictedNanos();
    double correction = situation.correction(batch.variant());
    for (int i = 0; i < window.deadlineCount(); i++) {
      double alone = table.nanos(1, table.cell(window.length(i))) * correction;
      long start = window.deadline(i) - Math.round(alone);
      if (!isTaken[i] && start >= end && start < situation.nextFreeNanos()) {
        limit = Math.min(limit, start);
      }
    }
    for (int i = 0; i < batch.size(); i++) {
      isTaken[batch.position(i)] = false;
    }
    return limit;
  }

  private static boolean fitsLength(Situation situation, Candidate batch, int position) {
    int length = situation.window().length(position);
    if (!situation.plan().deployment().services().get(situation.service()).paddable()) {
      return length == batch.paddedLength();
    }
    double cap = situation.plan().servicePlan(situation.service()).paddingCap();
    return length <= batch.paddedLength() && length >= (1 - cap) * batch.paddedLength();
  }

  private static long nanos(Situation situation, Candidate batch, int size) {
    VariantTable table = situation.plan().variant(batch.variant());
    double correction = situation.correction(batch.variant());
    return Math.round(table.nanos(size, table.cell(batch.paddedLength())) * correction);
  }
}
