package io.waip.nativebridge;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The assembler in plain Java: the same checks in the same order as {@code checks.c}, no native
 * code.
 */
final class JavaBatchAssembler extends AbstractBatchAssembler {
  @Override
  public String name() {
    return "java";
  }

  @Override
  int gatherPinned(RaggedRows rows, long paddedLength, long padBits, NativeBuffer out) {
    int elementBytes = rows.elementType().bytes();
    NativeStatus status = check(rows, paddedLength, out);
    if (status != NativeStatus.OK) {
      return status.code();
    }
    MemorySegment target = out.segment();
    long positionBytes = (long) rows.width() * elementBytes;
    long rowBytes = paddedLength * positionBytes;
    long at = 0;
    for (int row = 0; row < rows.count(); row++) {
      long bytes = rows.length(row) * positionBytes;
      MemorySegment.copy(rows.rowSegment(row), rows.rowByteOffset(row), target, at, bytes);
      fill(target, at + bytes, at + rowBytes, elementBytes, padBits);
      at += rowBytes;
    }
    return NativeStatus.OK.code();
  }

  @Override
  int maskPinned(RaggedRows rows, long paddedLength, NativeBuffer out) {
    NativeStatus status = checkSizes(rows.count(), paddedLength, Long.BYTES, out.byteSize());
    if (status == NativeStatus.OK && rows.maxLength() > paddedLength) {
      status = NativeStatus.ROW_LENGTH;
    }
    if (status != NativeStatus.OK) {
      return status.code();
    }
    MemorySegment target = out.segment();
    long rowBytes = paddedLength * Long.BYTES;
    long at = 0;
    for (int row = 0; row < rows.count(); row++) {
      long ones = at + (long) rows.length(row) * Long.BYTES;
      fill(target, at, ones, Long.BYTES, 1);
      fill(target, ones, at + rowBytes, Long.BYTES, 0);
      at += rowBytes;
    }
    return NativeStatus.OK.code();
  }

  @Override
  int scatterPinned(NativeBuffer dense, long paddedLength, RaggedRows rows) {
    NativeStatus status = check(rows, paddedLength, dense);
    if (status != NativeStatus.OK) {
      return status.code();
    }
    long positionBytes = (long) rows.width() * rows.elementType().bytes();
    long at = 0;
    for (int row = 0; row < rows.count(); row++) {
      long bytes = rows.length(row) * positionBytes;
      MemorySegment.copy(dense.segment(), at, rows.rowSegment(row), rows.rowByteOffset(row), bytes);
      at += paddedLength * positionBytes;
    }
    return NativeStatus.OK.code();
  }

  private static NativeStatus check(RaggedRows rows, long paddedLength, NativeBuffer dense) {
    long positionBytes = (long) rows.width() * rows.elementType().bytes();
    NativeStatus status = checkSizes(rows.count(), paddedLength, positionBytes, dense.byteSize());
    if (status != NativeStatus.OK) {
      return status;
    }
    if (rows.maxLength() > paddedLength) {
      return NativeStatus.ROW_LENGTH;
    }
    long denseBytes = rows.count() * paddedLength * positionBytes;
    long denseStart = dense.segment().address();
    for (int row = 0; row < rows.count(); row++) {
      long start = rows.rowSegment(row).address() + rows.rowByteOffset(row);
      if (overlaps(start, rows.length(row) * positionBytes, denseStart, denseBytes)) {
        return NativeStatus.OVERLAP;
      }
    }
    return NativeStatus.OK;
  }

  private static NativeStatus checkSizes(
      int rows, long paddedLength, long positionBytes, long usableBytes) {
    if (paddedLength < 0) {
      return NativeStatus.RANGE;
    }
    if (overflows(positionBytes, paddedLength) || overflows(positionBytes * paddedLength, rows)) {
      return NativeStatus.OVERFLOW;
    }
    return positionBytes * paddedLength * rows > usableBytes
        ? NativeStatus.CAPACITY
        : NativeStatus.OK;
  }

  /** Whether the product of two numbers {@code >= 0} exceeds a long. */
  private static boolean overflows(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0;
  }

  private static boolean overlaps(long a, long aBytes, long b, long bBytes) {
    return aBytes > 0 && bBytes > 0 && a < b + bBytes && b < a + aBytes;
  }

  private static void fill(MemorySegment out, long start, long end, int elementBytes, long bits) {
    switch (elementBytes) {
      case 1 -> {
        for (long at = start; at < end; at += Byte.BYTES) {
          out.set(ValueLayout.JAVA_BYTE, at, (byte) bits);
        }
      }
      case 2 -> {
        for (long at = start; at < end; at += Short.BYTES) {
          out.set(JAVA_SHORT_UNALIGNED, at, (short) bits);
        }
      }
      case 4 -> {
        for (long at = start; at < end; at += Integer.BYTES) {
          out.set(JAVA_INT_UNALIGNED, at, (int) bits);
        }
      }
      default -> {
        for (long at = start; at < end; at += Long.BYTES) {
          out.set(JAVA_LONG_UNALIGNED, at, bits);
        }
      }
    }
  }
}
