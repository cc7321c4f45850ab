package io.waip.api.resource;

/** Number format of arithmetic, weights or a cache. */
public enum Precision {
  /** 32-bit floating point. */
  FP32(32),
  /** 16-bit floating point, bfloat16 included. */
  FP16(16),
  /** 8-bit floating point. */
  FP8(8),
  /** 8-bit integers. */
  INT8(8),
  /** 4-bit integers. */
  INT4(4);

  private final int bits;

  Precision(int bits) {
    this.bits = bits;
  }

  /** Returns the bits of an element. */
  public int bits() {
    return bits;
  }

  /** Returns the bytes of an element, 0.5 to 4. */
  public double bytes() {
    return bits / (double) Byte.SIZE;
  }
}
