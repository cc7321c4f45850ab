package io.waip.scheduler.batch;

import io.waip.api.record.Constraint;
import io.waip.scheduler.plan.VariantTable;
import io.waip.scheduler.state.Window;

/**
 * Finds the best run of neighbours in a list of requests sorted longest first: the one whose value
 * exceeds the price of its device time by most.
 *
 * <p>The price is a share of the value that device time yields in efficient batches of the least
 * urgent tier that waits, at the endpoint's own pace: that is what the time would serve instead. A
 * ratio of value to time would prefer a small batch, however little it serves, to a larger one that
 * is a little less efficient.
 *
 * <p>For each start the longest feasible run is found by two pointers: as the start moves on, the
 * padded length and the number of requests shrink and the earliest deadline does not fall, so the
 * end never moves back. O(list). Allocates nothing.
 */
final class RunSearch {
  /** A run that leaves the most urgent request behind must be this much better. */
  private static final double SKIP_HYSTERESIS = 1.02;

  /**
   * A request that just misses a batch waits for that batch and then runs in its own: the {@code
   * 2c(b) <= D} of Nexus (Shen et al., SOSP 2019).
   */
  private static final double MISSED_BATCH_FACTOR = 2;

  /** Lists up to this size are also tried without the padding cap: little is queued. */
  static final int UNCAPPED_SIZE = 16;

  private final RankedRuns ranked;
  private final RankedRuns.Run told = new RankedRuns.Run();
  private final int[] length;
  private final long[] deadline;
  private final double[] valueBefore;
  private final long[] lengthBefore;
  private final int[] rank;
  private final int[] minima;

  private int[] positions = {};
  private int count;
  private int minimaHead;
  private int minimaTail;

  private VariantTable table;
  private Window window;
  private int variant;
  private int deadlines;
  private boolean paddable;
  private double correction;
  private double paddingCap;
  private double price;
  private long nowNanos;
  private long limitNanos;

  @SuppressWarnings("NullAway.Init") // begin() is called before any other method
  RunSearch(int capacity, RankedRuns ranked) {
    this.ranked = ranked;
    length = new int[capacity];
    deadline = new long[capacity];
    valueBefore = new double[capacity + 1];
    lengthBefore = new long[capacity + 1];
    rank = new int[capacity];
    minima = new int[capacity];
  }

  /**
   * Starts a search for one variant.
   *
   * @param deadlineCount how many requests of the window count as bound by a deadline
   * @return whether all their deadlines can be met
   */
  boolean begin(Situation situation, int variantIndex, int deadlineCount) {
    variant = variantIndex;
    deadlines = deadlineCount;
    table = situation.plan().variant(variantIndex);
    window = situation.window();
    correction = situation.correction(variantIndex);
    paddingCap = situation.plan().servicePlan(situation.service()).paddingCap();
    paddable = situation.plan().deployment().services().get(situation.service()).paddable();
    nowNanos = situation.nowNanos();
    double share = situation.plan().servicePlan(situation.service()).timePrice();
    price = share * window.leastTierValue() * situation.pace() / correction;
    return meetsAll(situation.endpointsUp());
  }

  /** Checks the deadlines in order against the work before them, at efficient batches. */
  private boolean meetsAll(int endpoints) {
    double finish = nowNanos;
    for (int i = 0; i < deadlines; i++) {
      finish += MISSED_BATCH_FACTOR * table.efficientNanos(cell(i)) * correction / endpoints;
      if (finish > window.deadline(i)) {
        return false;
      }
    }
    return true;
  }

  /** Improves {@code best} by the runs of a list, none of which may end after the limit. */
  void run(int[] sortedPositions, int listSize, long endLimitNanos, Candidate best) {
    positions = sortedPositions;
    count = listSize;
    limitNanos = endLimitNanos;
    for (int i = 0; i < count; i++) {
      int position = positions[i];
      rank[position] = i;
      length[i] = window.length(position);
      deadline[i] = window.deadline(position);
      valueBefore[i + 1] = valueBefore[i] + window.value(position);
      lengthBefore[i + 1] = lengthBefore[i] + length[i];
    }
    slide(paddingCap, best);
    if (count <= UNCAPPED_SIZE && paddable) {
      slide(1, best);
    }
  }

  private void slide(double cap, Candidate best) {
    minimaHead = 0;
    minimaTail = 0;
    int end = 0;
    for (int start = 0; start < count; start++) {
      if (end < start) {
        end = start;
      }
      while (end < count && end - start < table.maxBatch() && fits(start, end, cap)) {
        pushMinimum(end++);
      }
      if (end > start && padsWithin(start, end, cap)) {
        consider(start, end, best);
      }
      if (minimaHead < minimaTail && minima[minimaHead] == start) {
        minimaHead++;
      }
    }
  }

  /** Says whether the run from {@code start} may include {@code last} as well. */
  private boolean fits(int start, int last, double cap) {
    int longest = length[start];
    int size = last - start + 1;
    if (longest > table.maxLength()) {
      return false;
    }
    long end = nowNanos + nanos(size, longest);
    if (end > deadline[last] || end > earliestDeadline()) {
      return false;
    }
    if (size == 1) {
      return true;
    }
    if (end > limitNanos) {
      return false;
    }
    return paddable ? padsWithin(start, last + 1, cap) : length[last] == longest;
  }

  /** A run can exceed the cap that it met with the longer requests before its start. */
  private boolean padsWithin(int start, int end, double cap) {
    long filled = lengthBefore[end] - lengthBefore[start];
    return filled >= (1 - cap) * (end - start) * length[start];
  }

  private long earliestDeadline() {
    return minimaHead < minimaTail ? deadline[minima[minimaHead]] : Long.MAX_VALUE;
  }

  private void pushMinimum(int index) {
    while (minimaTail > minimaHead && deadline[minima[minimaTail - 1]] >= deadline[index]) {
      minimaTail--;
    }
    minima[minimaTail++] = index;
  }

  private void consider(int start, int end, Candidate best) {
    int longest = length[start];
    long nanos = nanos(end - start, longest);
    double gain = valueBefore[end] - valueBefore[start];
    if (leavesHead(start, end)) {
      gain /= SKIP_HYSTERESIS;
    }
    double surplus = gain - price * nanos;
    if (ranked.wants(surplus)) {
      tell(start, end, surplus);
    }
    if (surplus > best.surplus()) {
      best.set(variant, longest, nanos, earliestDeadline());
      best.worth(gain / nanos, surplus);
      for (int i = start; i < end; i++) {
        best.add(positions[i]);
      }
    }
  }

  private void tell(int start, int end, double score) {
    told.variant = variant;
    told.size = end - start;
    told.paddedLength = length[start];
    told.predictedNanos = nanos(told.size, told.paddedLength);
    told.score = score;
    told.limit = limitOf(start, end);
    ranked.add(told);
  }

  /** Returns what keeps a run from the next request of the list. */
  private Constraint limitOf(int start, int end) {
    if (end == count) {
      return Constraint.NONE;
    }
    if (end - start == table.maxBatch()) {
      return Constraint.MAX_BATCH;
    }
    int longest = length[start];
    long after = nowNanos + nanos(end - start + 1, longest);
    if (after > deadline[end] || after > earliestDeadline()) {
      return Constraint.DEADLINE;
    }
    if (after > limitNanos) {
      return Constraint.OFFLINE_QUANTUM;
    }
    return paddable ? Constraint.PADDING_CAP : Constraint.EQUAL_LENGTH;
  }

  private boolean leavesHead(int start, int end) {
    return deadlines > 0 && !inRun(0, start, end);
  }

  private boolean inRun(int position, int start, int end) {
    int at = rank[position];
    return at >= start && at < end && positions[at] == position;
  }

  private int cell(int position) {
    return table.cell(window.length(position));
  }

  private long nanos(int batch, int length) {
    return Math.round(table.nanos(batch, table.cell(length)) * correction);
  }
}
