package io.waip.nativebridge.rings;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A slot of the arena: a batch the front wrote, and room for what its execution gives.
 *
 * <p>{@link #take} claims it for one thread, which reads {@link #inputs}, describes outputs with
 * {@link #addOutput}, writes their elements and ends with {@link #succeed} or {@link #fail}. The
 * front may take the slot back at any time only by abandoning the mapping.
 */
public final class ArenaSlot {
  private static final long ALIGNMENT = 64;

  private final int index;
  private final MemorySegment memory;
  private final Futex state;
  private long end;
  private int outputs;

  ArenaSlot(int index, MemorySegment memory) {
    this.index = index;
    this.memory = memory;
    // Nobody waits here for a time, so the scratch memory is never written.
    state = new Futex(memory, RingsAbi.SLOT_STATE, memory);
  }

  /** Returns its position in the arena. */
  public int index() {
    return index;
  }

  /** Claims a posted slot; false where it is not posted or of another generation. */
  public boolean take(int generation) {
    if (SharedMemory.acquireInt(memory, RingsAbi.SLOT_GENERATION) != generation
        || !SharedMemory.compareAndSetInt(
            memory, RingsAbi.SLOT_STATE, RingsAbi.SLOT_POSTED, RingsAbi.SLOT_RUNNING)) {
      return false;
    }
    end = RingsAbi.SLOT_HEADER_BYTES;
    outputs = 0;
    return true;
  }

  /** Returns the rows of the batch, as the front says; any number. */
  public int rows() {
    return SharedMemory.getInt(memory, RingsAbi.SLOT_ROWS);
  }

  /**
   * Reads the descriptions of the inputs.
   *
   * @throws IllegalArgumentException if one breaks the layout
   */
  public List<ArenaTensor> inputs() {
    int count = SharedMemory.getInt(memory, RingsAbi.SLOT_INPUT_COUNT);
    if (count < 0 || count > RingsAbi.SLOT_TENSORS) {
      throw new IllegalArgumentException("a slot with " + count + " inputs");
    }
    List<ArenaTensor> tensors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tensors.add(tensor(RingsAbi.SLOT_INPUTS + (long) i * RingsAbi.TENSOR_BYTES));
    }
    return tensors;
  }

  /** Returns the outputs that were described since it was claimed, in order. */
  public List<ArenaTensor> outputs() {
    List<ArenaTensor> tensors = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      tensors.add(tensor(RingsAbi.SLOT_OUTPUTS + (long) i * RingsAbi.TENSOR_BYTES));
    }
    return tensors;
  }

  private ArenaTensor tensor(long at) {
    String name = SharedMemory.text(memory, at + RingsAbi.TENSOR_NAME, RingsAbi.NAME_BYTES);
    TensorType type = TensorType.of(SharedMemory.getInt(memory, at + RingsAbi.TENSOR_TYPE));
    int rank = SharedMemory.getInt(memory, at + RingsAbi.TENSOR_RANK);
    long data = SharedMemory.getLong(memory, at + RingsAbi.TENSOR_DATA);
    long bytes = SharedMemory.getLong(memory, at + RingsAbi.TENSOR_DATA_BYTES);
    if (name == null || rank < 1 || rank > RingsAbi.DIMS) {
      throw new IllegalArgumentException("an input without a name or with rank " + rank);
    }
    long[] shape = new long[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = SharedMemory.getLong(memory, at + RingsAbi.TENSOR_SHAPE + (long) Long.BYTES * i);
    }
    if (bytes != byteSize(name, type, shape)
        || data < RingsAbi.SLOT_HEADER_BYTES
        || data % ALIGNMENT != 0
        || data > RingsAbi.ARENA_SLOT_BYTES - bytes) {
      throw new IllegalArgumentException(
          "input '%s' lies at %d with %d bytes".formatted(name, data, bytes));
    }
    end = Math.max(end, data + bytes);
    return new ArenaTensor(name, type, shape, memory.asSlice(data, bytes).asByteBuffer());
  }

  private static long byteSize(String name, TensorType type, long[] shape) {
    long bytes = type.bytes();
    for (long dimension : shape) {
      if (dimension < 0 || (dimension > 0 && bytes > RingsAbi.ARENA_SLOT_BYTES / dimension)) {
        throw new IllegalArgumentException(
            "tensor '%s' has dimension %d; a slot holds %d bytes"
                .formatted(name, dimension, RingsAbi.ARENA_SLOT_BYTES));
      }
      bytes *= dimension;
    }
    return bytes;
  }

  /**
   * Describes the next output and returns its memory, which lies behind the inputs that were read.
   *
   * @throws IllegalArgumentException if the slot has no room for it, or a dimension or the name is
   *     out of range
   */
  public ArenaTensor addOutput(String name, TensorType type, long[] shape) {
    long bytes = byteSize(name, type, shape);
    long data = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (outputs == RingsAbi.SLOT_TENSORS
        || shape.length < 1
        || shape.length > RingsAbi.DIMS
        || data > RingsAbi.ARENA_SLOT_BYTES - bytes) {
      throw new IllegalArgumentException(
          "output '%s' of %d bytes and rank %d does not fit the slot"
              .formatted(name, bytes, shape.length));
    }
    long at = RingsAbi.SLOT_OUTPUTS + (long) outputs * RingsAbi.TENSOR_BYTES;
    SharedMemory.text(memory, at + RingsAbi.TENSOR_NAME, RingsAbi.NAME_BYTES, name);
    SharedMemory.setInt(memory, at + RingsAbi.TENSOR_TYPE, type.code());
    SharedMemory.setInt(memory, at + RingsAbi.TENSOR_RANK, shape.length);
    for (int i = 0; i < shape.length; i++) {
      SharedMemory.setLong(memory, at + RingsAbi.TENSOR_SHAPE + (long) Long.BYTES * i, shape[i]);
    }
    SharedMemory.setLong(memory, at + RingsAbi.TENSOR_DATA, data);
    SharedMemory.setLong(memory, at + RingsAbi.TENSOR_DATA_BYTES, bytes);
    end = data + bytes;
    outputs++;
    return new ArenaTensor(name, type, shape.clone(), memory.asSlice(data, bytes).asByteBuffer());
  }

  /**
   * Hands the outputs to the front.
   *
   * @param executionNanos the execution alone
   */
  public void succeed(long executionNanos) {
    SharedMemory.setInt(memory, RingsAbi.SLOT_OUTPUT_COUNT, outputs);
    SharedMemory.setLong(memory, RingsAbi.SLOT_EXECUTION, executionNanos);
    end(0, "");
  }

  /**
   * Tells the front that the execution failed.
   *
   * @param message one line; what is too long is cut
   */
  public void fail(String message) {
    SharedMemory.setInt(memory, RingsAbi.SLOT_OUTPUT_COUNT, 0);
    SharedMemory.setLong(memory, RingsAbi.SLOT_EXECUTION, 0);
    end(1, message);
  }

  private void end(int status, String message) {
    SharedMemory.setInt(memory, RingsAbi.SLOT_STATUS, status);
    SharedMemory.text(memory, RingsAbi.SLOT_MESSAGE, RingsAbi.SLOT_MESSAGE_BYTES, message);
    SharedMemory.releaseInt(memory, RingsAbi.SLOT_STATE, RingsAbi.SLOT_DONE);
    state.wake(Integer.MAX_VALUE);
  }
}
