package io.waip.nativebridge.rings;

import java.lang.foreign.MemorySegment;

/**
 * Ends of dispatches and requests of one channel, as the front wrote them. Used like {@link
 * SubmitReader}. Confined to the planner's thread; allocates nothing.
 */
public final class CompleteReader {
  /** A dispatch was answered. */
  public static final int DONE = RingsAbi.COMPLETE_DONE;

  /** A dispatch failed. */
  public static final int FAILED = RingsAbi.COMPLETE_FAILED;

  /** A request's client went away while the front held the request. */
  public static final int CANCELLED = RingsAbi.COMPLETE_CANCELLED;

  private final CellCursor cursor;
  private int kind;
  private int slot;
  private int generation;
  private long dispatch;
  private long executionNanos;

  CompleteReader(MemorySegment channel) {
    cursor =
        new CellCursor(channel, RingsAbi.COMPLETE_OFFSET, RingsAbi.COMPLETE_BYTES, RingsAbi.CELLS);
  }

  /** Takes the next record; false if there is none. */
  public boolean poll() {
    if (!cursor.isReadable()) {
      return false;
    }
    MemorySegment ring = cursor.ring();
    long at = cursor.offset();
    kind = SharedMemory.getInt(ring, at + RingsAbi.COMPLETE_KIND);
    slot = SharedMemory.getInt(ring, at + RingsAbi.COMPLETE_SLOT);
    generation = SharedMemory.getInt(ring, at + RingsAbi.COMPLETE_GENERATION);
    dispatch = SharedMemory.getLong(ring, at + RingsAbi.COMPLETE_DISPATCH);
    executionNanos = SharedMemory.getLong(ring, at + RingsAbi.COMPLETE_EXECUTION);
    cursor.consumed();
    return true;
  }

  /** Says whether a record waits. */
  public boolean isReadable() {
    return cursor.isReadable();
  }

  /** Says whether the front broke the ring, so that nothing can be read from it any more. */
  public boolean isBroken() {
    return cursor.isBrokenForReading();
  }

  /** Returns {@link #DONE}, {@link #FAILED}, {@link #CANCELLED}, or garbage. */
  public int kind() {
    return kind;
  }

  /** Returns the slot of a cancelled request. */
  public int slot() {
    return slot;
  }

  /** Returns the generation of that slot. */
  public int generation() {
    return generation;
  }

  /** Returns the id of a dispatch that ended. */
  public long dispatch() {
    return dispatch;
  }

  /** Returns the time from handing the child to the server to its last response, nanoseconds. */
  public long executionNanos() {
    return executionNanos;
  }
}
