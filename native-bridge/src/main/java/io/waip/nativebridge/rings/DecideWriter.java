package io.waip.nativebridge.rings;

import java.lang.foreign.MemorySegment;

/**
 * Decisions for the dispatcher of one channel. The setters describe the next record, {@link
 * #publish} hands it over. Confined to the planner's thread; allocates nothing.
 *
 * <pre>{@code
 * if (writer.isWritable()) {
 *   writer.request(slot, generation).dispatched(variant, dispatch).shape(members, padded);
 *   writer.publish(nowNanos);
 * }
 * }</pre>
 */
public final class DecideWriter {
  private final CellCursor cursor;

  DecideWriter(MemorySegment channel) {
    cursor = new CellCursor(channel, RingsAbi.DECIDE_OFFSET, RingsAbi.DECIDE_BYTES, RingsAbi.CELLS);
  }

  /** Says whether the next cell is free; only then may the setters and {@link #publish} be used. */
  public boolean isWritable() {
    return cursor.isWritable();
  }

  /** Says whether the front broke the ring, so that nothing can be written to it any more. */
  public boolean isBroken() {
    return cursor.isBrokenForWriting();
  }

  /** Names the request, as the front submitted it. */
  public DecideWriter request(int slot, int generation) {
    setInt(RingsAbi.DECIDE_SLOT, slot);
    setInt(RingsAbi.DECIDE_GENERATION, generation);
    return this;
  }

  /**
   * Makes it a member of a dispatch.
   *
   * @param variant position in the channel's service table
   */
  public DecideWriter dispatched(int variant, long dispatch) {
    setInt(RingsAbi.DECIDE_KIND, RingsAbi.DECIDE_DISPATCHED);
    setInt(RingsAbi.DECIDE_VARIANT, variant);
    SharedMemory.setLong(cursor.ring(), cursor.offset() + RingsAbi.DECIDE_DISPATCH, dispatch);
    setInt(RingsAbi.DECIDE_REASON, 0);
    setInt(RingsAbi.DECIDE_OUTCOME, 0);
    SharedMemory.setLong(cursor.ring(), cursor.offset() + RingsAbi.DECIDE_RETRY_AFTER, 0);
    return this;
  }

  /**
   * Sets the shape of its dispatch, the same in each record of it.
   *
   * @param members {@code >= 1}
   * @param paddedLength {@code >= 1}
   */
  public DecideWriter shape(int members, int paddedLength) {
    setInt(RingsAbi.DECIDE_MEMBERS, members);
    setInt(RingsAbi.DECIDE_PADDED_LENGTH, paddedLength);
    return this;
  }

  /**
   * Refuses it.
   *
   * @param reason ordinal of {@code io.waip.api.Reason}
   * @param outcome ordinal of {@code io.waip.api.Outcome}
   */
  public DecideWriter refused(int reason, int outcome, long retryAfterNanos) {
    setInt(RingsAbi.DECIDE_KIND, RingsAbi.DECIDE_REFUSED);
    setInt(RingsAbi.DECIDE_VARIANT, 0);
    SharedMemory.setLong(cursor.ring(), cursor.offset() + RingsAbi.DECIDE_DISPATCH, 0);
    setInt(RingsAbi.DECIDE_REASON, reason);
    setInt(RingsAbi.DECIDE_OUTCOME, outcome);
    SharedMemory.setLong(
        cursor.ring(), cursor.offset() + RingsAbi.DECIDE_RETRY_AFTER, retryAfterNanos);
    return shape(1, 1);
  }

  /** Hands the record to the dispatcher, which is not woken by this. */
  public void publish(long nowNanos) {
    SharedMemory.setLong(cursor.ring(), cursor.offset() + RingsAbi.DECIDE_AT, nowNanos);
    cursor.published();
  }

  private void setInt(int field, int value) {
    SharedMemory.setInt(cursor.ring(), cursor.offset() + field, value);
  }
}
