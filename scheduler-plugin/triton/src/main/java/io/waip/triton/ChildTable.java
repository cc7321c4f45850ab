package io.waip.triton;

import java.util.Arrays;

/**
 * The dispatches in flight. The engine's batch may have to run as several children, one after the
 * other, since the engine knows nothing of merge keys and rows: a row here is one batch of the
 * engine, its current child, and the members that still wait for theirs.
 *
 * <p>A child's id names the row and how often it was used, so that a late report of an earlier
 * child is told from the present one; ids are never used twice in the life of a table. Grows to the
 * most rows ever used at once. Confined to the planner's thread.
 */
final class ChildTable {
  static final int NONE = -1;

  /** Of a row that no engine knows of. */
  static final long NO_BATCH = 0;

  private static final int FIRST_ROWS = 64;
  private static final int ROW_BITS = 16;
  private static final int MAX_ROWS = 1 << ROW_BITS;

  private int rows;
  private long[][] waiting = new long[FIRST_ROWS][];
  private int[] waitingCount = new int[FIRST_ROWS];
  private long[] use = new long[FIRST_ROWS];
  private long[] batch = new long[FIRST_ROWS];
  private int[] channel = new int[FIRST_ROWS];
  private int[] variant = new int[FIRST_ROWS];
  private int[] childRows = new int[FIRST_ROWS];
  private int[] paddedLength = new int[FIRST_ROWS];
  private long[] executionNanos = new long[FIRST_ROWS];
  private boolean[] running = new boolean[FIRST_ROWS];
  private boolean[] failed = new boolean[FIRST_ROWS];
  private int[] free = new int[FIRST_ROWS];
  private int freeCount;

  /**
   * Opens a row.
   *
   * @param variantIndex of the engine
   * @param size members of the batch
   * @return the row, or {@link #NONE} if there are too many
   */
  int open(long batchId, int variantIndex, int size) {
    if (freeCount == 0 && !addRow()) {
      return NONE;
    }
    int row = free[--freeCount];
    if (waiting[row].length < size) {
      waiting[row] = new long[Integer.highestOneBit(size) * 2];
    }
    batch[row] = batchId;
    variant[row] = variantIndex;
    waitingCount[row] = 0;
    executionNanos[row] = 0;
    failed[row] = false;
    running[row] = false;
    return row;
  }

  private boolean addRow() {
    if (rows == MAX_ROWS) {
      return false;
    }
    if (rows == use.length) {
      grow(2 * rows);
    }
    waiting[rows] = new long[1];
    free[freeCount++] = rows++;
    return true;
  }

  private void grow(int size) {
    waiting = Arrays.copyOf(waiting, size);
    waitingCount = Arrays.copyOf(waitingCount, size);
    use = Arrays.copyOf(use, size);
    batch = Arrays.copyOf(batch, size);
    channel = Arrays.copyOf(channel, size);
    variant = Arrays.copyOf(variant, size);
    childRows = Arrays.copyOf(childRows, size);
    paddedLength = Arrays.copyOf(paddedLength, size);
    executionNanos = Arrays.copyOf(executionNanos, size);
    running = Arrays.copyOf(running, size);
    failed = Arrays.copyOf(failed, size);
    free = Arrays.copyOf(free, size);
  }

  void addWaiting(int row, long requestId) {
    waiting[row][waitingCount[row]++] = requestId;
  }

  int waiting(int row) {
    return waitingCount[row];
  }

  long waiting(int row, int i) {
    return waiting[row][i];
  }

  void keepWaiting(int row, int count) {
    waitingCount[row] = count;
  }

  void setWaiting(int row, int i, long requestId) {
    waiting[row][i] = requestId;
  }

  /** Starts the next child of a row and returns its id; never 0. */
  long start(int row, int channelIndex, int rowCount, int padded) {
    use[row]++;
    channel[row] = channelIndex;
    childRows[row] = rowCount;
    paddedLength[row] = padded;
    running[row] = true;
    return use[row] << ROW_BITS | row;
  }

  /** Returns the row of a child that runs, or {@link #NONE}. */
  int rowOf(long childId) {
    int row = (int) (childId & (MAX_ROWS - 1));
    return row < rows && running[row] && use[row] == childId >>> ROW_BITS ? row : NONE;
  }

  /** Takes note of the end of the current child. */
  void ended(int row, long nanos, boolean succeeded) {
    running[row] = false;
    executionNanos[row] += nanos;
    failed[row] |= !succeeded;
  }

  void close(int row) {
    running[row] = false;
    waitingCount[row] = 0;
    free[freeCount++] = row;
  }

  int rows() {
    return rows;
  }

  boolean isRunning(int row) {
    return running[row];
  }

  int channel(int row) {
    return channel[row];
  }

  long batch(int row) {
    return batch[row];
  }

  int variant(int row) {
    return variant[row];
  }

  int childRows(int row) {
    return childRows[row];
  }

  int paddedLength(int row) {
    return paddedLength[row];
  }

  /** Returns the time of all children of the row so far. */
  long executionNanos(int row) {
    return executionNanos[row];
  }

  /** Says whether a child of the row failed. */
  boolean hasFailed(int row) {
    return failed[row];
  }
}
