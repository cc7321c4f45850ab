package io.waip.nativebridge.rings;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The front's half of one slot of the arena, in Java; see {@link RehearsalFront}. One thread. */
public final class RehearsalSlot {
  private final MemorySegment memory;
  private int inputs;
  private long end;

  /** Takes the front's half of a slot that no other front uses. */
  public RehearsalSlot(SharedMapping mapping, int index) {
    memory =
        mapping
            .memory()
            .asSlice(
                RingsAbi.ARENA_OFFSET + (long) index * RingsAbi.ARENA_SLOT_BYTES,
                RingsAbi.ARENA_SLOT_BYTES);
  }

  /** Begins a new batch of this many rows. */
  public RehearsalSlot begin(int generation, int rows) {
    inputs = 0;
    end = RingsAbi.SLOT_HEADER_BYTES;
    SharedMemory.setInt(memory, RingsAbi.SLOT_INPUT_COUNT, 0);
    SharedMemory.setInt(memory, RingsAbi.SLOT_ROWS, rows);
    SharedMemory.releaseInt(memory, RingsAbi.SLOT_GENERATION, generation);
    return this;
  }

  /** Adds an input; the buffer is copied. */
  public RehearsalSlot input(String name, TensorType type, long[] shape, ByteBuffer data) {
    long at = RingsAbi.SLOT_INPUTS + (long) inputs * RingsAbi.TENSOR_BYTES;
    SharedMemory.text(memory, at + RingsAbi.TENSOR_NAME, RingsAbi.NAME_BYTES, name);
    SharedMemory.setInt(memory, at + RingsAbi.TENSOR_TYPE, type.code());
    SharedMemory.setInt(memory, at + RingsAbi.TENSOR_RANK, shape.length);
    for (int i = 0; i < shape.length; i++) {
      SharedMemory.setLong(memory, at + RingsAbi.TENSOR_SHAPE + (long) Long.BYTES * i, shape[i]);
    }
    SharedMemory.setLong(memory, at + RingsAbi.TENSOR_DATA, end);
    SharedMemory.setLong(memory, at + RingsAbi.TENSOR_DATA_BYTES, data.remaining());
    MemorySegment.copy(MemorySegment.ofBuffer(data), 0, memory, end, data.remaining());
    end += (data.remaining() + 63L) / 64 * 64;
    inputs++;
    SharedMemory.setInt(memory, RingsAbi.SLOT_INPUT_COUNT, inputs);
    return this;
  }

  /** Makes the slot ready to be run; {@link RehearsalFront#execute} tells the planner. */
  public void post() {
    SharedMemory.releaseInt(memory, RingsAbi.SLOT_STATE, RingsAbi.SLOT_POSTED);
  }

  /** Says whether the planner ended it. */
  public boolean isDone() {
    return SharedMemory.acquireInt(memory, RingsAbi.SLOT_STATE) == RingsAbi.SLOT_DONE;
  }

  /** Says whether the execution succeeded. */
  public boolean succeeded() {
    return SharedMemory.getInt(memory, RingsAbi.SLOT_STATUS) == 0;
  }

  /** Returns the planner's message, or "". */
  public String message() {
    String text = SharedMemory.text(memory, RingsAbi.SLOT_MESSAGE, RingsAbi.SLOT_MESSAGE_BYTES);
    return text == null ? "" : text;
  }

  /** Returns the number of outputs. */
  public int outputs() {
    return SharedMemory.getInt(memory, RingsAbi.SLOT_OUTPUT_COUNT);
  }

  /** Returns the name of an output. */
  public String outputName(int i) {
    String text = SharedMemory.text(memory, output(i) + RingsAbi.TENSOR_NAME, RingsAbi.NAME_BYTES);
    return text == null ? "" : text;
  }

  /** Returns the shape of an output. */
  public long[] outputShape(int i) {
    long[] shape = new long[SharedMemory.getInt(memory, output(i) + RingsAbi.TENSOR_RANK)];
    for (int d = 0; d < shape.length; d++) {
      shape[d] =
          SharedMemory.getLong(memory, output(i) + RingsAbi.TENSOR_SHAPE + (long) Long.BYTES * d);
    }
    return shape;
  }

  /** Returns the bytes of an output, a view. */
  public ByteBuffer outputBytes(int i) {
    long at = SharedMemory.getLong(memory, output(i) + RingsAbi.TENSOR_DATA);
    long bytes = SharedMemory.getLong(memory, output(i) + RingsAbi.TENSOR_DATA_BYTES);
    return memory.asSlice(at, bytes).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  private static long output(int i) {
    return RingsAbi.SLOT_OUTPUTS + (long) i * RingsAbi.TENSOR_BYTES;
  }
}
