package io.waip.nativebridge;

/** Result of an assembly call. The codes are those of {@code include/waip/abi.h}. */
public enum NativeStatus {
  /** The call did all it was asked to. */
  OK(0, "done"),
  /** A pointer that the call would have to follow is null. */
  NULL_POINTER(1, "a pointer is null"),
  /** Bytes per element are not 1, 2, 4 or 8. */
  ELEMENT_SIZE(2, "the element size is not 1, 2, 4 or 8 bytes"),
  /** A count, padded length or capacity is negative, or a width is below 1. */
  RANGE(3, "a size is negative, or the width is below 1"),
  /** The size of the dense tensor does not fit 64 bits. */
  OVERFLOW(4, "the size of the dense tensor does not fit 64 bits"),
  /** The dense tensor needs more bytes than its buffer has. */
  CAPACITY(5, "the dense tensor needs more bytes than its buffer has"),
  /** A row is longer than the padded length. */
  ROW_LENGTH(6, "a row is longer than the padded length"),
  /** A row shares bytes with the dense tensor. */
  OVERLAP(7, "a row shares bytes with the dense tensor"),
  /** The row descriptor is not aligned to 8 bytes. */
  ALIGNMENT(8, "the row descriptor is not aligned to 8 bytes");

  private static final NativeStatus[] BY_CODE = values();

  private final int code;
  private final String meaning;

  NativeStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** Returns the number the C side uses. */
  public int code() {
    return code;
  }

  /** Returns one clause in plain words. */
  public String meaning() {
    return meaning;
  }

  /**
   * Returns the status with a code.
   *
   * @throws IllegalArgumentException for a code that is not in {@code abi.h}
   */
  static NativeStatus of(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("unknown native status " + code);
    }
    return BY_CODE[code];
  }
}
