package io.waip.triton.embedded;

import org.bytedeco.tritonserver.global.tritonserver;

/** Type of a tensor's elements, {@code TRITONSERVER_DataType}. */
public enum TensorType {
  /** One byte, 0 or 1. */
  BOOL(tritonserver.TRITONSERVER_TYPE_BOOL, 1),
  /** Unsigned 8-bit integer. */
  UINT8(tritonserver.TRITONSERVER_TYPE_UINT8, 1),
  /** Unsigned 16-bit integer. */
  UINT16(tritonserver.TRITONSERVER_TYPE_UINT16, 2),
  /** Unsigned 32-bit integer. */
  UINT32(tritonserver.TRITONSERVER_TYPE_UINT32, 4),
  /** Unsigned 64-bit integer. */
  UINT64(tritonserver.TRITONSERVER_TYPE_UINT64, 8),
  /** Signed 8-bit integer. */
  INT8(tritonserver.TRITONSERVER_TYPE_INT8, 1),
  /** Signed 16-bit integer. */
  INT16(tritonserver.TRITONSERVER_TYPE_INT16, 2),
  /** Signed 32-bit integer. */
  INT32(tritonserver.TRITONSERVER_TYPE_INT32, 4),
  /** Signed 64-bit integer. */
  INT64(tritonserver.TRITONSERVER_TYPE_INT64, 8),
  /** IEEE 754 binary16. */
  FP16(tritonserver.TRITONSERVER_TYPE_FP16, 2),
  /** IEEE 754 binary32. */
  FP32(tritonserver.TRITONSERVER_TYPE_FP32, 4),
  /** IEEE 754 binary64. */
  FP64(tritonserver.TRITONSERVER_TYPE_FP64, 8),
  /** Strings of bytes, each after its length as a 32-bit little-endian number. */
  BYTES(tritonserver.TRITONSERVER_TYPE_BYTES, 0),
  /** bfloat16. */
  BF16(tritonserver.TRITONSERVER_TYPE_BF16, 2);

  private static final TensorType[] ALL = values();

  private final int code;
  private final int bytes;

  TensorType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Returns the size of one element in bytes; 0 for {@link #BYTES}, whose elements differ. */
  public int bytes() {
    return bytes;
  }

  /** Returns the name {@code config.pbtxt} uses, such as {@code TYPE_FP32}. */
  public String configName() {
    return "TYPE_" + (this == BYTES ? "STRING" : name());
  }

  int code() {
    return code;
  }

  static TensorType ofCode(int code) {
    for (TensorType type : ALL) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalStateException("Triton gave an unknown data type, " + code);
  }
}
