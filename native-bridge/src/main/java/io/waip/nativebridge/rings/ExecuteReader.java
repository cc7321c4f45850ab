package io.waip.nativebridge.rings;

import java.lang.foreign.MemorySegment;

/**
 * Arena slots of one channel in direct mode that wait to be run. Used like {@link SubmitReader}.
 * Confined to the planner's thread; allocates nothing.
 */
public final class ExecuteReader {
  private final CellCursor cursor;
  private int slot;
  private int generation;

  ExecuteReader(MemorySegment channel) {
    cursor =
        new CellCursor(
            channel, RingsAbi.EXECUTE_OFFSET, RingsAbi.EXECUTE_BYTES, RingsAbi.EXECUTE_CELLS);
  }

  /** Takes the next record; false if there is none. */
  public boolean poll() {
    if (!cursor.isReadable()) {
      return false;
    }
    slot = SharedMemory.getInt(cursor.ring(), cursor.offset() + RingsAbi.EXECUTE_SLOT);
    generation = SharedMemory.getInt(cursor.ring(), cursor.offset() + RingsAbi.EXECUTE_GENERATION);
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

  /** Returns the slot of the arena; any number. */
  public int slot() {
    return slot;
  }

  /** Returns the generation of the slot; any number. */
  public int generation() {
    return generation;
  }
}
