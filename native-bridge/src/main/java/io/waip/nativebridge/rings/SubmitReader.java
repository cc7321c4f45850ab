package io.waip.nativebridge.rings;

import java.lang.foreign.MemorySegment;

/**
 * Requests that arrived at one channel, as the front wrote them.
 *
 * <p>{@link #poll} copies the next record into the fields and frees its cell; the fields stay until
 * the next poll, whatever happens to the shared memory. They are not checked: see {@link
 * #isPlausible}. Confined to the planner's thread; allocates nothing.
 */
public final class SubmitReader {
  private static final int MAX_TIER = 3;

  private final CellCursor cursor;
  private int slot;
  private int generation;
  private long arrivalNanos;
  private long deadlineNanos;
  private long tenantHash;
  private long regionHash;
  private long mergeKey;
  private int tier;
  private int priority;
  private int length;
  private int rows;
  private int alone;

  SubmitReader(MemorySegment channel) {
    cursor = new CellCursor(channel, RingsAbi.SUBMIT_OFFSET, RingsAbi.SUBMIT_BYTES, RingsAbi.CELLS);
  }

  /** Takes the next record; false if there is none. */
  public boolean poll() {
    if (!cursor.isReadable()) {
      return false;
    }
    MemorySegment ring = cursor.ring();
    long at = cursor.offset();
    slot = SharedMemory.getInt(ring, at + RingsAbi.SUBMIT_SLOT);
    generation = SharedMemory.getInt(ring, at + RingsAbi.SUBMIT_GENERATION);
    arrivalNanos = SharedMemory.getLong(ring, at + RingsAbi.SUBMIT_ARRIVAL);
    deadlineNanos = SharedMemory.getLong(ring, at + RingsAbi.SUBMIT_DEADLINE);
    tenantHash = SharedMemory.getLong(ring, at + RingsAbi.SUBMIT_TENANT);
    regionHash = SharedMemory.getLong(ring, at + RingsAbi.SUBMIT_REGION);
    mergeKey = SharedMemory.getLong(ring, at + RingsAbi.SUBMIT_MERGE_KEY);
    tier = SharedMemory.getInt(ring, at + RingsAbi.SUBMIT_TIER);
    priority = SharedMemory.getInt(ring, at + RingsAbi.SUBMIT_PRIORITY);
    length = SharedMemory.getInt(ring, at + RingsAbi.SUBMIT_LENGTH);
    rows = SharedMemory.getInt(ring, at + RingsAbi.SUBMIT_ROWS);
    alone = SharedMemory.getInt(ring, at + RingsAbi.SUBMIT_ALONE);
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

  /**
   * Says whether every field but slot and generation is in its range: times not negative, tier at
   * most {@value #MAX_TIER}, length and rows at least 1.
   */
  public boolean isPlausible() {
    return arrivalNanos >= 0
        && deadlineNanos >= 0
        && tier >= 0
        && tier <= MAX_TIER
        && length >= 1
        && rows >= 1;
  }

  /** Returns the front's slot of the request; any number. */
  public int slot() {
    return slot;
  }

  /** Returns the generation of the slot; any number. */
  public int generation() {
    return generation;
  }

  /** Returns when the request arrived, nanoseconds of CLOCK_MONOTONIC. */
  public long arrivalNanos() {
    return arrivalNanos;
  }

  /** Returns the absolute deadline, nanoseconds of CLOCK_MONOTONIC, or 0. */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /** Returns the {@link NameHash} of the tenant, or 0. */
  public long tenantHash() {
    return tenantHash;
  }

  /** Returns the {@link NameHash} of the data region, or 0. */
  public long regionHash() {
    return regionHash;
  }

  /** Returns the key that requests of one child share. */
  public long mergeKey() {
    return mergeKey;
  }

  /** Returns 0 where no tier is named, else its ordinal + 1. */
  public int tier() {
    return tier;
  }

  /** Returns the priority, or 0 where none is named. */
  public int priority() {
    return priority;
  }

  /** Returns the elements along the length axis. */
  public int length() {
    return length;
  }

  /** Returns the rows along the batch axis. */
  public int rows() {
    return rows;
  }

  /** Says whether the request must run alone. */
  public boolean isAlone() {
    return alone != 0;
  }
}
