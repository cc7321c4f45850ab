package io.waip.scheduler.state;

import io.waip.api.RequestDescriptor;

/**
 * The requests of one service that a batch may be formed from now: first those with a deadline, by
 * deadline, then offline ones, by arrival.
 *
 * <p>Filled and read within one event. Allocates nothing after construction.
 */
public final class Window {
  private final RequestTable table;
  private final int[] slot;
  private final int[] length;
  private final long[] deadline;
  private final double[] work;
  private final double[] value;
  private final boolean[] taken;
  private final double[] qualityFloor;
  private final LengthSort sort;
  private int size;
  private int deadlineCount;
  private double leastTierValue = Double.POSITIVE_INFINITY;

  /**
   * Allocates a window.
   *
   * @param capacity most requests of each kind, {@code [1, 32767]}
   */
  public Window(RequestTable table, int capacity) {
    this.table = table;
    int both = 2 * capacity;
    slot = new int[both];
    length = new int[both];
    deadline = new long[both];
    work = new double[both];
    value = new double[both];
    taken = new boolean[both];
    qualityFloor = new double[both];
    sort = new LengthSort(both);
  }

  /** Empties the window. */
  public void clear() {
    size = 0;
    deadlineCount = 0;
    leastTierValue = Double.POSITIVE_INFINITY;
  }

  /** Appends a request that has a deadline; none may follow an offline one. */
  public void addWithDeadline(int requestSlot, double tierValue) {
    append(requestSlot, table.deadlineNanos(requestSlot), tierValue);
    deadlineCount = size;
  }

  /** Appends an offline request. */
  public void addOffline(int requestSlot, double tierValue) {
    append(requestSlot, table.deadlineNanos(requestSlot), tierValue);
  }

  private void append(int requestSlot, long deadlineNanos, double tierValue) {
    slot[size] = requestSlot;
    length[size] = table.length(requestSlot);
    deadline[size] = deadlineNanos;
    work[size] = table.work(requestSlot);
    value[size] = work[size] * tierValue;
    leastTierValue = Math.min(leastTierValue, tierValue);
    qualityFloor[size] = table.qualityFloor(requestSlot);
    taken[size] = false;
    size++;
  }

  /**
   * Writes the positions {@code [from, to)} that a variant can serve in time, longest first, equal
   * lengths in window order.
   *
   * @param earliest a request with an earlier deadline is left out
   * @param quality a request with a higher floor is left out
   * @param positions caller-owned, large enough
   * @return how many were written
   */
  public int longestFirst(int from, int to, long earliest, double quality, int[] positions) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (deadline[i] >= earliest && qualityFloor[i] <= quality) {
        positions[count++] = i;
      }
    }
    sort.sort(positions, count, length);
    return count;
  }

  /** Returns the number of requests. */
  public int size() {
    return size;
  }

  /** Returns how many of them, from position 0, have a deadline. */
  public int deadlineCount() {
    return deadlineCount;
  }

  /** Returns the table slot at a position. */
  public int slot(int position) {
    return slot[position];
  }

  /** Returns the length at a position, elements, padded where the plan says so. */
  public int length(int position) {
    return length[position];
  }

  /** Returns the deadline at a position, or {@link RequestDescriptor#NO_DEADLINE}. */
  public long deadline(int position) {
    return deadline[position];
  }

  /** Returns the least quality at a position, {@code [0, 1]}. */
  public double qualityFloor(int position) {
    return qualityFloor[position];
  }

  /** Returns the work at a position, nanoseconds. */
  public double work(int position) {
    return work[position];
  }

  /** Returns work times tier value at a position. */
  public double value(int position) {
    return value[position];
  }

  /** Returns the least value of a tier that is here; infinite where the window is empty. */
  public double leastTierValue() {
    return leastTierValue;
  }

  /** Turns the order of the requests from a position to the end. */
  public void reverse(int from) {
    for (int i = from, j = size - 1; i < j; i++, j--) {
      swap(i, j);
    }
  }

  private void swap(int i, int j) {
    int heldSlot = slot[i];
    slot[i] = slot[j];
    slot[j] = heldSlot;
    int heldLength = length[i];
    length[i] = length[j];
    length[j] = heldLength;
    long heldDeadline = deadline[i];
    deadline[i] = deadline[j];
    deadline[j] = heldDeadline;
    swap(work, i, j);
    swap(value, i, j);
    swap(qualityFloor, i, j);
  }

  private static void swap(double[] column, int i, int j) {
    double held = column[i];
    column[i] = column[j];
    column[j] = held;
  }

  /** Lets the request at a position count as this long, until the next filling. */
  public void pad(int position, int paddedLength) {
    length[position] = paddedLength;
  }

  /** Lets a batch with the request at a position end no later than this, until the next filling. */
  public void endBy(int position, long nanos) {
    deadline[position] = Math.min(deadline[position], nanos);
  }

  /** Marks a position as part of the batch. */
  public void take(int position) {
    taken[position] = true;
  }

  /** Says whether a position is part of the batch. */
  public boolean isTaken(int position) {
    return taken[position];
  }
}
