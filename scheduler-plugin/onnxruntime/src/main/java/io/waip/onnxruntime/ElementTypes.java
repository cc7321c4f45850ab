package io.waip.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import io.waip.nativebridge.ElementType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Element types a request may carry, in the words of ONNX Runtime and of messages. */
final class ElementTypes {
  private ElementTypes() {}

  /** Returns the type for ONNX Runtime's, or null if requests cannot carry it. */
  static @Nullable ElementType of(OnnxJavaType type) {
    return switch (type) {
      case INT32 -> ElementType.INT32;
      case INT64 -> ElementType.INT64;
      case FLOAT -> ElementType.FLOAT32;
      default -> null;
    };
  }

  /** Returns ONNX Runtime's type for one that {@link #of} returned. */
  static OnnxJavaType onnxType(ElementType type) {
    return switch (type) {
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case FLOAT32 -> OnnxJavaType.FLOAT;
      default -> throw new IllegalArgumentException("no request carries " + type);
    };
  }

  /** Returns the bits of an element of this type and value, for padding. */
  static long bits(ElementType type, long value) {
    return type == ElementType.FLOAT32 ? Float.floatToRawIntBits((float) value) : value;
  }

  /** Returns the name used in messages, such as {@code int64}. */
  static String label(ElementType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
