package io.waip.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import org.jspecify.annotations.Nullable;

/** Element types a request may carry. */
public enum ElementType {
  /** 32-bit signed integers. */
  INT32("int32", Integer.BYTES),
  /** 64-bit signed integers. */
  INT64("int64", Long.BYTES),
  /** IEEE 754 single precision. */
  FLOAT32("float32", Float.BYTES);

  private final String label;
  private final int bytes;

  ElementType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** Returns the size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Returns the name used in messages, such as {@code int64}. */
  public String label() {
    return label;
  }

  /** Returns the type for ONNX Runtime's, or null if requests cannot carry it. */
  static @Nullable ElementType of(OnnxJavaType type) {
    return switch (type) {
      case INT32 -> INT32;
      case INT64 -> INT64;
      case FLOAT -> FLOAT32;
      default -> null;
    };
  }

  OnnxJavaType onnxType() {
    return switch (this) {
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case FLOAT32 -> OnnxJavaType.FLOAT;
    };
  }
}
