package io.waip.nativebridge;

/** Type of one tensor element, in the machine's byte order. */
public enum ElementType {
  /** Signed 8-bit integer. */
  INT8(1),
  /** Unsigned 8-bit integer, also booleans of 0 and 1. */
  UINT8(1),
  /** Signed 16-bit integer. */
  INT16(2),
  /** IEEE 754 binary16. */
  FLOAT16(2),
  /** Signed 32-bit integer. */
  INT32(4),
  /** IEEE 754 binary32. */
  FLOAT32(4),
  /** Signed 64-bit integer: token ids and attention masks of most exported models. */
  INT64(8),
  /** IEEE 754 binary64. */
  FLOAT64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the size of one element: 1, 2, 4 or 8 bytes. */
  public int bytes() {
    return bytes;
  }
}
