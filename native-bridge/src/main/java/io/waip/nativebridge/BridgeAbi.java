package io.waip.nativebridge;

/**
 * The Java copy of {@code include/waip/abi.h}; the status codes are in {@link NativeStatus}. A test
 * parses the header and compares every number both ways.
 */
final class BridgeAbi {
  /** Version the library must report before any other call. */
  static final int VERSION = 1;

  /** Size of {@code struct waip_rows}, bytes. */
  static final int ROWS_BYTES = 40;

  static final int ROWS_OFFSET_ADDRESSES = 0;
  static final int ROWS_OFFSET_LENGTHS = 8;
  static final int ROWS_OFFSET_COUNT = 16;
  static final int ROWS_OFFSET_WIDTH = 24;
  static final int ROWS_OFFSET_ELEMENT_BYTES = 32;

  private BridgeAbi() {}
}
