package io.waip.triton.embedded;

import io.waip.nativebridge.ElementType;
import io.waip.nativebridge.NativeBuffer;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;

/**
 * Off-heap memory of one call that grows and is kept from request to request. Owned by the call;
 * one thread at a time.
 */
final class PooledMemory {
  /** Smallest size: most scalars and short rows fit, so that they never grow. */
  private static final long MIN_BYTES = 256;

  private NativeBuffer memory = NativeBuffer.allocate(ElementType.UINT8, MIN_BYTES);
  private ByteBuffer bytes = memory.bytes();
  private Pointer pointer = new Pointer(bytes);

  /**
   * Makes room; what was there is lost when that needs new memory.
   *
   * @throws IllegalArgumentException if the size is above {@link NativeBuffer#MAX_BYTES}
   */
  void reserve(long size) {
    if (size > memory.byteSize()) {
      long rounded = Math.min(NativeBuffer.MAX_BYTES, Long.highestOneBit(size - 1) << 1);
      NativeBuffer grown = NativeBuffer.allocate(ElementType.UINT8, Math.max(size, rounded));
      memory.close();
      memory = grown;
      bytes = memory.bytes();
      pointer = new Pointer(bytes);
    }
  }

  /** Returns all bytes, in native order; the same object until the memory grows. */
  ByteBuffer bytes() {
    return bytes;
  }

  Pointer pointer() {
    return pointer;
  }

  void free() {
    memory.close();
  }
}
