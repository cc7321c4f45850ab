package io.waip.triton.client;

import com.google.protobuf.ByteString;
import io.waip.triton.client.wire.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Tensor contents in the protocol's typed form, which servers other than Triton answer with, as the
 * raw form.
 */
final class TypedContents {
  private TypedContents() {}

  /**
   * Converts the elements.
   *
   * @throws IllegalArgumentException if the protocol has no typed form for the type
   */
  static ByteBuffer raw(String datatype, InferTensorContents contents) {
    return switch (datatype) {
      case "BOOL" -> bools(contents.getBoolContentsList());
      case "INT8" -> integers(contents.getIntContentsList(), Byte.BYTES);
      case "INT16" -> integers(contents.getIntContentsList(), Short.BYTES);
      case "INT32" -> integers(contents.getIntContentsList(), Integer.BYTES);
      case "UINT8" -> integers(contents.getUintContentsList(), Byte.BYTES);
      case "UINT16" -> integers(contents.getUintContentsList(), Short.BYTES);
      case "UINT32" -> integers(contents.getUintContentsList(), Integer.BYTES);
      case "INT64" -> integers(contents.getInt64ContentsList(), Long.BYTES);
      case "UINT64" -> integers(contents.getUint64ContentsList(), Long.BYTES);
      case "FP32" -> floats(contents.getFp32ContentsList());
      case "FP64" -> doubles(contents.getFp64ContentsList());
      case "BYTES" -> texts(contents.getBytesContentsList());
      default -> throw new IllegalArgumentException("no typed form of " + datatype);
    };
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer bools(List<Boolean> elements) {
    ByteBuffer bytes = allocate(elements.size());
    elements.forEach(element -> bytes.put((byte) (element ? 1 : 0)));
    return bytes.flip();
  }

  /** The low {@code width} bytes of each element. */
  private static ByteBuffer integers(List<? extends Number> elements, int width) {
    ByteBuffer bytes = allocate(elements.size() * width);
    for (Number element : elements) {
      long value = element.longValue();
      for (int i = 0; i < width; i++) {
        bytes.put((byte) (value >>> (Byte.SIZE * i)));
      }
    }
    return bytes.flip();
  }

  private static ByteBuffer floats(List<Float> elements) {
    ByteBuffer bytes = allocate(elements.size() * Float.BYTES);
    elements.forEach(bytes::putFloat);
    return bytes.flip();
  }

  private static ByteBuffer doubles(List<Double> elements) {
    ByteBuffer bytes = allocate(elements.size() * Double.BYTES);
    elements.forEach(bytes::putDouble);
    return bytes.flip();
  }

  private static ByteBuffer texts(List<ByteString> elements) {
    ByteBuffer bytes =
        allocate(elements.stream().mapToInt(element -> Integer.BYTES + element.size()).sum());
    elements.forEach(element -> bytes.putInt(element.size()).put(element.toByteArray()));
    return bytes.flip();
  }
}
