package io.waip.nativebridge.rings;

import java.lang.foreign.MemorySegment;

/**
 * One end of a ring, as {@code rings.h} describes it: cells whose turn says for the n-th use that
 * they may be written (2n) or read (2n + 1). After D. Vyukov, "Bounded MPMC queue", 1024cores.net,
 * 2010, with the cursor outside the shared memory.
 *
 * <p>The cursor stays with the mapping: a channel that is opened again goes on where it stopped.
 * Confined to one thread; allocates nothing.
 */
final class CellCursor {
  private final MemorySegment ring;
  private final int cellBytes;
  private final int cells;
  private long use;
  private int cell;

  CellCursor(MemorySegment channel, long offset, int cellBytes, int cells) {
    ring = channel.asSlice(offset, (long) cellBytes * cells);
    this.cellBytes = cellBytes;
    this.cells = cells;
  }

  MemorySegment ring() {
    return ring;
  }

  /** Returns the offset of the cell that is next. */
  long offset() {
    return (long) cell * cellBytes;
  }

  private long turn() {
    return SharedMemory.acquireLong(ring, offset() + RingsAbi.CELL_TURN);
  }

  boolean isWritable() {
    return turn() == 2 * use;
  }

  boolean isReadable() {
    return turn() == 2 * use + 1;
  }

  /** Says, for a reading end, whether the turn is one that the protocol cannot give. */
  boolean isBrokenForReading() {
    long turn = turn();
    return turn != 2 * use && turn != 2 * use + 1;
  }

  /** Says, for a writing end, whether the turn is one that the protocol cannot give. */
  boolean isBrokenForWriting() {
    long turn = turn();
    return turn != 2 * use && turn != 2 * use - 1 && turn != 2 * use - 2;
  }

  /** Gives a written cell to the reader. */
  void published() {
    SharedMemory.releaseLong(ring, offset() + RingsAbi.CELL_TURN, 2 * use + 1);
    advance();
  }

  /** Gives a read cell back to the writers. */
  void consumed() {
    SharedMemory.releaseLong(ring, offset() + RingsAbi.CELL_TURN, 2 * use + 2);
    advance();
  }

  private void advance() {
    cell++;
    if (cell == cells) {
      cell = 0;
      use++;
    }
  }
}
