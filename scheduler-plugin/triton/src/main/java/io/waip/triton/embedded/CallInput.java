package io.waip.triton.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** One input of a call: its shape, and its bytes in the call's memory or the sender's. */
final class CallInput {
  /** Most axes of a tensor here; what the planner's rings carry ({@code WAIP_RINGS_DIMS}). */
  private static final int MAX_RANK = 8;

  final TensorSpec spec;
  private final PooledMemory own = new PooledMemory();
  private final LongPointer shape = new LongPointer(MAX_RANK);
  private int rank;
  private long bytes;
  private boolean present;
  // Kept reachable until Triton has released the request.
  private @Nullable Pointer foreign;

  CallInput(TensorSpec spec) {
    this.spec = spec;
  }

  void clear() {
    present = false;
    foreign = null;
  }

  ByteBuffer write(long size, long[] dims) {
    setShape(dims);
    own.reserve(size);
    bytes = size;
    present = true;
    foreign = null;
    return own.bytes().clear().limit((int) size);
  }

  void use(ByteBuffer direct, long[] dims) {
    if (!direct.isDirect()) {
      throw new IllegalArgumentException("the data of " + spec.name() + " must be direct");
    }
    setShape(dims);
    bytes = direct.remaining();
    present = true;
    foreign = new Pointer(direct.slice());
  }

  /** Returns the bytes of a tensor of this shape. */
  long sizeOf(long[] dims) {
    if (spec.type().bytes() == 0) {
      throw new IllegalArgumentException(spec.name() + " is of BYTES; say how many bytes it has");
    }
    long size = spec.type().bytes();
    for (long dim : dims) {
      size = Math.multiplyExact(size, dim);
    }
    return size;
  }

  private void setShape(long[] dims) {
    if (dims.length < 1 || dims.length > MAX_RANK) {
      throw new IllegalArgumentException(
          "the shape of %s is %s; allowed are 1 to %d axes"
              .formatted(spec.name(), Arrays.toString(dims), MAX_RANK));
    }
    rank = dims.length;
    for (int i = 0; i < rank; i++) {
      shape.put(i, dims[i]);
    }
  }

  boolean isPresent() {
    return present;
  }

  LongPointer shape() {
    return shape;
  }

  int rank() {
    return rank;
  }

  long bytes() {
    return bytes;
  }

  Pointer data() {
    return foreign == null ? own.pointer() : foreign;
  }

  void free() {
    own.free();
    shape.close();
  }
}
