package io.waip.scheduler.execute;

/**
 * The batches in flight and their members.
 *
 * <p>A dispatch id names a row and the number of times it was used, so a late report of an earlier
 * batch is told from the present one. Everything is allocated by the constructor. Single writer.
 */
public final class InFlightTable {
  /** The row of a batch that is not here. */
  public static final int NONE = -1;

  private final int rows;
  private final int[][] members;
  private final int[] size;
  private final long[] use;
  private final long[] startNanos;
  private final long[] predictedNanos;
  private final int[] endpoint;
  private final int[] variant;
  private final int[] paddedLength;
  private final boolean[] running;
  private final int[] free;
  private int freeCount;

  /**
   * Allocates a table.
   *
   * @param rows most batches at once
   * @param maxBatch most requests in one
   */
  public InFlightTable(int rows, int maxBatch) {
    this.rows = rows;
    members = new int[rows][maxBatch];
    size = new int[rows];
    use = new long[rows];
    startNanos = new long[rows];
    predictedNanos = new long[rows];
    endpoint = new int[rows];
    variant = new int[rows];
    paddedLength = new int[rows];
    running = new boolean[rows];
    free = new int[rows];
    freeCount = rows;
    for (int i = 0; i < rows; i++) {
      free[i] = rows - 1 - i;
    }
  }

  /** Opens a row; members are added next. */
  public int open(long nowNanos, int endpointIndex, int variantIndex) {
    int row = free[--freeCount];
    use[row]++;
    size[row] = 0;
    startNanos[row] = nowNanos;
    endpoint[row] = endpointIndex;
    variant[row] = variantIndex;
    running[row] = true;
    return row;
  }

  /** Sets the shape and the prediction of a batch. */
  public void shape(int row, int padded, long predicted) {
    paddedLength[row] = padded;
    predictedNanos[row] = predicted;
  }

  /** Adds a member. */
  public void add(int row, int slot) {
    members[row][size[row]++] = slot;
  }

  /** Closes a row whose batch has ended. */
  public void close(int row) {
    running[row] = false;
    free[freeCount++] = row;
  }

  /** Returns the id of the batch in a row; never 0. */
  public long dispatchId(int row) {
    return use[row] * rows + row;
  }

  /** Returns the row of a batch in flight, or {@link #NONE}. */
  public int rowOf(long dispatchId) {
    if (dispatchId <= 0) {
      return NONE;
    }
    int row = (int) (dispatchId % rows);
    return running[row] && use[row] == dispatchId / rows ? row : NONE;
  }

  /** Returns the number of batches in flight. */
  public int inFlight() {
    return rows - freeCount;
  }

  /** Returns the number of members. */
  public int size(int row) {
    return size[row];
  }

  /** Returns the table slot of the {@code i}-th member. */
  public int member(int row, int i) {
    return members[row][i];
  }

  /** Returns when it was dispatched, nanoseconds. */
  public long startNanos(int row) {
    return startNanos[row];
  }

  /** Returns the predicted execution time, nanoseconds. */
  public long predictedNanos(int row) {
    return predictedNanos[row];
  }

  /** Returns the endpoint index. */
  public int endpoint(int row) {
    return endpoint[row];
  }

  /** Returns the variant index. */
  public int variant(int row) {
    return variant[row];
  }

  /** Returns the length its requests are padded to. */
  public int paddedLength(int row) {
    return paddedLength[row];
  }
}
