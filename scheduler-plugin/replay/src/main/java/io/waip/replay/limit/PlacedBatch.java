package io.waip.replay.limit;

/**
 * A batch at its place in a schedule. Immutable; the array is shared, not copied.
 *
 * @param worker index in {@code [0, workers)}
 * @param startNanos not before the last member's arrival
 * @param endNanos not after the first member's deadline
 * @param members indexes of requests, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares or prints batches.
public record PlacedBatch(int worker, long startNanos, long endNanos, int[] members) {
  /** Returns the number of members. */
  int size() {
    return members.length;
  }
}
