package io.waip.nativebridge.rings;

/** Element type of an arena tensor. */
public enum TensorType {
  /** Bytes of 0 and 1. */
  BOOL(1, 1),
  /** Unsigned 8-bit integer. */
  UINT8(2, 1),
  /** Unsigned 16-bit integer. */
  UINT16(3, 2),
  /** Unsigned 32-bit integer. */
  UINT32(4, 4),
  /** Unsigned 64-bit integer. */
  UINT64(5, 8),
  /** Signed 8-bit integer. */
  INT8(6, 1),
  /** Signed 16-bit integer. */
  INT16(7, 2),
  /** Signed 32-bit integer. */
  INT32(8, 4),
  /** Signed 64-bit integer. */
  INT64(9, 8),
  /** IEEE 754 binary16. */
  FP16(10, 2),
  /** IEEE 754 binary32. */
  FP32(11, 4),
  /** IEEE 754 binary64. */
  FP64(12, 8);

  private static final TensorType[] VALUES = values();

  private final int code;
  private final int bytes;

  TensorType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Returns the number of {@code TRITONSERVER_DataType} in Triton's {@code tritonserver.h}. */
  public int code() {
    return code;
  }

  /** Returns the size of an element: 1, 2, 4 or 8 bytes. */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns the type with this code.
   *
   * @throws IllegalArgumentException if elements of that type have no fixed size, or there is none
   */
  public static TensorType of(int code) {
    if (code < 1 || code > VALUES.length) {
      throw new IllegalArgumentException("data type " + code + " has no elements of fixed size");
    }
    return VALUES[code - 1];
  }
}
