package io.waip.triton.embedded;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;

/**
 * An output of a call. Its memory belongs to the call and is valid until the call is closed.
 *
 * <p>One thread at a time.
 */
public final class CallOutput {
  private final String name;
  private final PooledMemory memory = new PooledMemory();
  private TensorType type = TensorType.FP32;
  private long[] shape = {};
  private long bytes;
  private boolean present;

  CallOutput(String name) {
    this.name = name;
  }

  /** Returns the output's name. */
  public String name() {
    return name;
  }

  /** Returns whether the answer had this output. */
  public boolean isPresent() {
    return present;
  }

  /** Returns the type of its elements. */
  public TensorType type() {
    return type;
  }

  /** Returns its axes, the batch axis first where the model batches. */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * Returns its bytes, row-major and little-endian, in the call's own memory: position 0, limit the
   * size. The same object each time.
   *
   * @throws IllegalStateException if the answer did not have it
   */
  public ByteBuffer bytes() {
    if (!present) {
      throw new IllegalStateException("the answer has no output " + name);
    }
    return memory.bytes().clear().limit((int) bytes);
  }

  /**
   * Returns a copy of its elements.
   *
   * @throws IllegalStateException if the answer did not have it, or its type is not FP32
   */
  public float[] floats() {
    if (present && type != TensorType.FP32) {
      throw new IllegalStateException(name + " has elements of " + type + ", not FP32");
    }
    float[] copy = new float[(int) (bytes / Float.BYTES)];
    bytes().asFloatBuffer().get(copy);
    return copy;
  }

  void clear() {
    present = false;
  }

  Pointer reserve(long size) {
    memory.reserve(size);
    return memory.pointer();
  }

  void set(TensorType newType, long[] newShape, long size) {
    type = newType;
    shape = newShape;
    bytes = size;
    present = true;
  }

  void free() {
    memory.free();
  }
}
