package io.waip.nativebridge.rings;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of shared memory. Words are little-endian and aligned; "acquire" and "release"
 * are those of {@link VarHandle} and of C11 alike.
 */
final class SharedMemory {
  private static final VarHandle INT = JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  private static final VarHandle LONG = JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  private SharedMemory() {}

  static int getInt(MemorySegment memory, long offset) {
    return (int) INT.get(memory, offset);
  }

  static long getLong(MemorySegment memory, long offset) {
    return (long) LONG.get(memory, offset);
  }

  static void setInt(MemorySegment memory, long offset, int value) {
    INT.set(memory, offset, value);
  }

  static void setLong(MemorySegment memory, long offset, long value) {
    LONG.set(memory, offset, value);
  }

  static int acquireInt(MemorySegment memory, long offset) {
    return (int) INT.getAcquire(memory, offset);
  }

  static long acquireLong(MemorySegment memory, long offset) {
    return (long) LONG.getAcquire(memory, offset);
  }

  static void releaseInt(MemorySegment memory, long offset, int value) {
    INT.setRelease(memory, offset, value);
  }

  static void releaseLong(MemorySegment memory, long offset, long value) {
    LONG.setRelease(memory, offset, value);
  }

  static void volatileInt(MemorySegment memory, long offset, int value) {
    INT.setVolatile(memory, offset, value);
  }

  static boolean compareAndSetInt(MemorySegment memory, long offset, int expected, int value) {
    return INT.compareAndSet(memory, offset, expected, value);
  }

  /** Returns the text at an offset, or null where no zero byte ends it within {@code bytes}. */
  static @Nullable String text(MemorySegment memory, long offset, int bytes) {
    byte[] copy = new byte[bytes];
    MemorySegment.copy(memory, offset, MemorySegment.ofArray(copy), 0, bytes);
    for (int i = 0; i < bytes; i++) {
      if (copy[i] == 0) {
        return new String(copy, 0, i, StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  /**
   * Writes a text and its ending zero byte; what is too long is cut.
   *
   * @param bytes room, the zero included
   */
  static void text(MemorySegment memory, long offset, int bytes, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(utf8.length, bytes - 1);
    MemorySegment field = memory.asSlice(offset, bytes);
    field.fill((byte) 0);
    MemorySegment.copy(MemorySegment.ofArray(utf8), 0, field, 0, length);
  }
}
