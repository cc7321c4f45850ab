package io.waip.nativebridge.rings;

import java.lang.foreign.MemorySegment;

/**
 * A ring of few cells with both its ends, and the word its reader parks on: small enough for
 * jcstress to make one per sample.
 *
 * <p>A record is a number from 1 to 3, written to each of a cell's two fields by a plain write.
 * What was read is put down as decimal digits, the first record leftmost.
 */
class CellRing {
  /** Read where no record waits. */
  static final int NOTHING = 0;

  /** Met where the turn is one that the protocol cannot give. */
  static final int BROKEN = 8;

  /** Read where the fields do not belong together. */
  static final int TORN = 9;

  static final int RECORDS = 3;

  /** Looks of one side at a ring, so that it ends whatever the other side does. */
  private static final int ATTEMPTS = 64;

  // As in the submit ring: the fields of a cell are in two lines of the cache.
  private static final int CELL_BYTES = RingsAbi.SUBMIT_BYTES;
  private static final int FIRST = RingsAbi.SUBMIT_SLOT;
  private static final int SECOND = RingsAbi.SUBMIT_ROWS;

  // For a time-out, and nobody sleeps here.
  private static final MemorySegment NO_TIMEOUT = MemorySegment.ofArray(new long[2]);

  final CellCursor writer;
  final CellCursor reader;
  final MemorySegment word = MemorySegment.ofArray(new long[1]);
  final Futex parked = new Futex(word, 0, NO_TIMEOUT);

  CellRing(int cells) {
    MemorySegment memory = MemorySegment.ofArray(new long[cells * CELL_BYTES / Long.BYTES]);
    writer = new CellCursor(memory, 0, CELL_BYTES, cells);
    reader = new CellCursor(memory, 0, CELL_BYTES, cells);
  }

  /** Writes a record to the cell at an offset. */
  void write(long at, int number) {
    SharedMemory.setInt(writer.ring(), at + FIRST, number);
    SharedMemory.setInt(writer.ring(), at + SECOND, number);
  }

  /** Reads the record of the cell at an offset: its number or {@link #TORN}. */
  int read(long at) {
    int first = SharedMemory.getInt(reader.ring(), at + FIRST);
    int second = SharedMemory.getInt(reader.ring(), at + SECOND);
    return first == second && first != NOTHING ? first : TORN;
  }

  /** Publishes a record if its cell is free, as the writers of the product do. */
  boolean offer(int number) {
    if (!writer.isWritable()) {
      return false;
    }
    write(writer.offset(), number);
    writer.published();
    return true;
  }

  /** Takes a record, as the readers of the product do. */
  int poll() {
    if (!reader.isReadable()) {
      return reader.isBrokenForReading() ? BROKEN : NOTHING;
    }
    int number = read(reader.offset());
    reader.consumed();
    return number;
  }

  /** Publishes what finds room; returns how many records did, or {@link #BROKEN}. */
  int publishAll() {
    int published = 0;
    for (int i = 0; i < ATTEMPTS && published < RECORDS; i++) {
      if (offer(published + 1)) {
        published++;
      } else if (writer.isBrokenForWriting()) {
        return BROKEN;
      }
    }
    return published;
  }

  /** Takes what comes; ends where the ring is broken. */
  int takeAll() {
    int seen = 0;
    for (int i = 0; i < ATTEMPTS && seen % 10 != BROKEN; i++) {
      int number = poll();
      seen = number == NOTHING ? seen : seen * 10 + number;
    }
    return seen;
  }

  /** Says that the reader is about to sleep, as {@link SharedMapping#announceSleep} does. */
  void announceSleep() {
    parked.set(1);
  }

  /**
   * Says whether the reader sleeps and is the writer's to wake: {@link SharedMapping#wake} but for
   * the call of the kernel.
   */
  boolean claimSleeper() {
    return parked.claimSleeper();
  }
}
