package io.waip.nativebridge.rings;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The front's half of one channel, in Java: for a planner that rehearses before it takes traffic,
 * and for tests. The product's front is {@code libtriton_waip.so}.
 *
 * <p>One thread writes and one reads; allocates nothing after construction but in {@link #open}.
 *
 * <pre>{@code
 * front.request(slot, generation).times(arrival, 0).shape(length, 1).submit();
 * while (front.pollDecision()) { ... front.completed(front.dispatch(), nanos); }
 * }</pre>
 */
public final class RehearsalFront {
  private final SharedMapping mapping;
  private final MemorySegment memory;
  private final MemorySegment table;
  private final CellCursor submits;
  private final CellCursor completions;
  private final CellCursor executions;
  private final CellCursor decisions;
  private boolean decisionIsDispatch;
  private int slot;
  private int generation;
  private int variant;
  private int members;
  private int paddedLength;
  private int reason;
  private int outcome;
  private long dispatch;
  private long retryAfterNanos;

  /** Takes the front's half of a channel that no other front uses. */
  public RehearsalFront(SharedMapping mapping, int channel) {
    this.mapping = mapping;
    memory =
        mapping
            .memory()
            .asSlice(
                RingsAbi.CHANNELS_OFFSET + (long) channel * RingsAbi.CHANNEL_BYTES,
                RingsAbi.CHANNEL_BYTES);
    table = memory.asSlice(RingsAbi.TABLE_OFFSET, RingsAbi.TABLE_BYTES);
    submits = cursor(RingsAbi.SUBMIT_OFFSET, RingsAbi.SUBMIT_BYTES, RingsAbi.CELLS);
    completions = cursor(RingsAbi.COMPLETE_OFFSET, RingsAbi.COMPLETE_BYTES, RingsAbi.CELLS);
    executions = cursor(RingsAbi.EXECUTE_OFFSET, RingsAbi.EXECUTE_BYTES, RingsAbi.EXECUTE_CELLS);
    decisions = cursor(RingsAbi.DECIDE_OFFSET, RingsAbi.DECIDE_BYTES, RingsAbi.CELLS);
  }

  /**
   * Creates a sparse file that looks as a fresh mapping does.
   *
   * @throws IOException if it cannot be written
   */
  public static void create(Path file, long epoch) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Integer.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(RingsAbi.HEADER_MAGIC, RingsAbi.MAGIC);
    header.putInt(RingsAbi.HEADER_VERSION, RingsAbi.VERSION);
    header.putLong(RingsAbi.HEADER_EPOCH, epoch);
    header.putLong(RingsAbi.HEADER_TOTAL_BYTES, RingsAbi.MAPPING_BYTES);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(header, 0);
      channel.write(ByteBuffer.allocate(1), RingsAbi.MAPPING_BYTES - 1L);
    }
  }

  private CellCursor cursor(int offset, int cellBytes, int cells) {
    return new CellCursor(memory, offset, cellBytes, cells);
  }

  /**
   * Opens the channel under the next generation.
   *
   * @param kind {@link ChannelView#FRONT} or {@link ChannelView#DIRECT}
   */
  public void open(String model, String defaultVariant, int kind, int maxBatch) {
    SharedMemory.setInt(memory, RingsAbi.CHANNEL_KIND, kind);
    SharedMemory.setInt(memory, RingsAbi.CHANNEL_MAX_BATCH, maxBatch);
    SharedMemory.text(memory, RingsAbi.CHANNEL_MODEL, RingsAbi.NAME_BYTES, model);
    SharedMemory.text(
        memory, RingsAbi.CHANNEL_DEFAULT_VARIANT, RingsAbi.NAME_BYTES, defaultVariant);
    int last = SharedMemory.getInt(memory, RingsAbi.CHANNEL_GENERATION);
    SharedMemory.releaseInt(memory, RingsAbi.CHANNEL_GENERATION, last + 1);
    SharedMemory.releaseInt(memory, RingsAbi.CHANNEL_STATE, RingsAbi.CHANNEL_OPEN);
    mapping.wake();
  }

  /** Closes the channel. */
  public void close() {
    SharedMemory.releaseInt(memory, RingsAbi.CHANNEL_STATE, RingsAbi.CHANNEL_FREE);
    mapping.wake();
  }

  /** Says how many instances a variant of the service table has. */
  public void variantInstances(int position, int instances) {
    SharedMemory.releaseInt(
        memory, RingsAbi.CHANNEL_VARIANT_INSTANCES + (long) Integer.BYTES * position, instances);
  }

  /** Says how many instances the default variant has. */
  public void instances(int count) {
    SharedMemory.releaseInt(memory, RingsAbi.CHANNEL_INSTANCES, count);
  }

  /** Says how many children of an earlier epoch are in flight. */
  public void foreign(int children) {
    SharedMemory.releaseInt(memory, RingsAbi.CHANNEL_FOREIGN, children);
  }

  /** Says whether a service table for this opening is in force. */
  public boolean hasTable() {
    int version = SharedMemory.acquireInt(table, RingsAbi.TABLE_VERSION);
    return version != 0
        && version % 2 == 0
        && SharedMemory.getInt(table, RingsAbi.TABLE_GENERATION)
            == SharedMemory.getInt(memory, RingsAbi.CHANNEL_GENERATION);
  }

  /** Says whether the table gives requests to the planner. */
  public boolean isPlanned() {
    return hasTable() && SharedMemory.getInt(table, RingsAbi.TABLE_PLANNED) == 1;
  }

  /** Says whether the planner announced that it is ready. */
  public boolean isReady() {
    return SharedMemory.acquireInt(mapping.memory(), RingsAbi.HEADER_READY) == 1;
  }

  /** Returns the planner's last heartbeat. */
  public long heartbeatNanos() {
    return SharedMemory.acquireLong(mapping.memory(), RingsAbi.HEADER_HEARTBEAT);
  }

  /** Gives the mapping up. */
  public void abandon() {
    SharedMemory.releaseInt(mapping.memory(), RingsAbi.HEADER_ABANDONED, 1);
    mapping.wake();
  }

  /** Says whether the submit ring has room. */
  public boolean hasRoom() {
    return submits.isWritable();
  }

  /**
   * Begins the description of the next request; what is not set is "not named", 1 row and length 1.
   */
  public RehearsalFront request(int requestSlot, int requestGeneration) {
    long at = submits.offset();
    for (int field = Long.BYTES; field < RingsAbi.SUBMIT_BYTES; field += Long.BYTES) {
      SharedMemory.setLong(submits.ring(), at + field, 0);
    }
    SharedMemory.setInt(submits.ring(), at + RingsAbi.SUBMIT_SLOT, requestSlot);
    SharedMemory.setInt(submits.ring(), at + RingsAbi.SUBMIT_GENERATION, requestGeneration);
    return shape(1, 1);
  }

  /** Sets arrival and deadline, nanoseconds; 0 for no deadline. */
  public RehearsalFront times(long arrivalNanos, long deadlineNanos) {
    SharedMemory.setLong(submits.ring(), submits.offset() + RingsAbi.SUBMIT_ARRIVAL, arrivalNanos);
    SharedMemory.setLong(
        submits.ring(), submits.offset() + RingsAbi.SUBMIT_DEADLINE, deadlineNanos);
    return this;
  }

  /** Sets the hashes of tenant and region, and the tier's ordinal + 1; 0 for not named. */
  public RehearsalFront named(long tenantHash, long regionHash, int tier) {
    SharedMemory.setLong(submits.ring(), submits.offset() + RingsAbi.SUBMIT_TENANT, tenantHash);
    SharedMemory.setLong(submits.ring(), submits.offset() + RingsAbi.SUBMIT_REGION, regionHash);
    SharedMemory.setInt(submits.ring(), submits.offset() + RingsAbi.SUBMIT_TIER, tier);
    return this;
  }

  /** Sets what requests of one child must share, and whether this one must run alone. */
  public RehearsalFront merging(long mergeKey, boolean alone) {
    SharedMemory.setLong(submits.ring(), submits.offset() + RingsAbi.SUBMIT_MERGE_KEY, mergeKey);
    SharedMemory.setInt(submits.ring(), submits.offset() + RingsAbi.SUBMIT_ALONE, alone ? 1 : 0);
    return this;
  }

  /** Sets the size. */
  public RehearsalFront shape(int length, int rows) {
    SharedMemory.setInt(submits.ring(), submits.offset() + RingsAbi.SUBMIT_LENGTH, length);
    SharedMemory.setInt(submits.ring(), submits.offset() + RingsAbi.SUBMIT_ROWS, rows);
    return this;
  }

  /** Hands the request that was described to the planner. */
  public void submit() {
    submits.published();
    mapping.wake();
  }

  /** Reports that a dispatch was answered. */
  public void completed(long dispatchId, long executionNanos) {
    complete(RingsAbi.COMPLETE_DONE, 0, 0, dispatchId, executionNanos);
  }

  /** Reports that a dispatch failed. */
  public void failed(long dispatchId) {
    complete(RingsAbi.COMPLETE_FAILED, 0, 0, dispatchId, 0);
  }

  /** Reports that the client of a held request went away. */
  public void cancelled(int requestSlot, int requestGeneration) {
    complete(RingsAbi.COMPLETE_CANCELLED, requestSlot, requestGeneration, 0, 0);
  }

  /** Writes a completion of any content. */
  public void complete(
      int kind, int requestSlot, int requestGeneration, long dispatchId, long executionNanos) {
    long at = completions.offset();
    SharedMemory.setInt(completions.ring(), at + RingsAbi.COMPLETE_KIND, kind);
    SharedMemory.setInt(completions.ring(), at + RingsAbi.COMPLETE_SLOT, requestSlot);
    SharedMemory.setInt(completions.ring(), at + RingsAbi.COMPLETE_GENERATION, requestGeneration);
    SharedMemory.setLong(completions.ring(), at + RingsAbi.COMPLETE_DISPATCH, dispatchId);
    SharedMemory.setLong(completions.ring(), at + RingsAbi.COMPLETE_EXECUTION, executionNanos);
    completions.published();
    mapping.wake();
  }

  /** Hands a slot of the arena to the planner. */
  public void execute(int arenaSlot, int slotGeneration) {
    long at = executions.offset();
    SharedMemory.setInt(executions.ring(), at + RingsAbi.EXECUTE_SLOT, arenaSlot);
    SharedMemory.setInt(executions.ring(), at + RingsAbi.EXECUTE_GENERATION, slotGeneration);
    executions.published();
    mapping.wake();
  }

  /** Takes the next decision into the fields; false if there is none. */
  public boolean pollDecision() {
    if (!decisions.isReadable()) {
      return false;
    }
    MemorySegment ring = decisions.ring();
    long at = decisions.offset();
    decisionIsDispatch =
        SharedMemory.getInt(ring, at + RingsAbi.DECIDE_KIND) == RingsAbi.DECIDE_DISPATCHED;
    slot = SharedMemory.getInt(ring, at + RingsAbi.DECIDE_SLOT);
    generation = SharedMemory.getInt(ring, at + RingsAbi.DECIDE_GENERATION);
    variant = SharedMemory.getInt(ring, at + RingsAbi.DECIDE_VARIANT);
    dispatch = SharedMemory.getLong(ring, at + RingsAbi.DECIDE_DISPATCH);
    members = SharedMemory.getInt(ring, at + RingsAbi.DECIDE_MEMBERS);
    paddedLength = SharedMemory.getInt(ring, at + RingsAbi.DECIDE_PADDED_LENGTH);
    reason = SharedMemory.getInt(ring, at + RingsAbi.DECIDE_REASON);
    outcome = SharedMemory.getInt(ring, at + RingsAbi.DECIDE_OUTCOME);
    retryAfterNanos = SharedMemory.getLong(ring, at + RingsAbi.DECIDE_RETRY_AFTER);
    decisions.consumed();
    return true;
  }

  /** Says whether the decision dispatches a request; else it refuses it. */
  public boolean isDispatch() {
    return decisionIsDispatch;
  }

  /** Returns the slot of the request decided on. */
  public int slot() {
    return slot;
  }

  /** Returns its generation. */
  public int generation() {
    return generation;
  }

  /** Returns the variant that runs it, a position in the service table. */
  public int variant() {
    return variant;
  }

  /** Returns the id of the dispatch it is in. */
  public long dispatch() {
    return dispatch;
  }

  /** Returns the members of that dispatch. */
  public int members() {
    return members;
  }

  /** Returns the length that each of them is padded to. */
  public int paddedLength() {
    return paddedLength;
  }

  /** Returns the ordinal of {@code io.waip.api.Reason} of a refusal. */
  public int reason() {
    return reason;
  }

  /** Returns the ordinal of {@code io.waip.api.Outcome} of a refusal. */
  public int outcome() {
    return outcome;
  }

  /** Returns when a retry may succeed, nanoseconds, of a refusal. */
  public long retryAfterNanos() {
    return retryAfterNanos;
  }
}
