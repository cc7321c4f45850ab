package io.waip.onnxruntime;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * ONNX models of one node, written field by field: small, quick, and exact enough to check by hand.
 *
 * <p>Field numbers are those of {@code onnx.proto} (ONNX 1.x, IR version 8).
 */
final class TinyModel {
  static final String BATCH = "batch";
  static final String LENGTH = "length";

  private static final int FLOAT = 1;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int DOUBLE = 11;
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  private TinyModel() {}

  /** {@code y = x + x}, {@code float32 [batch, length]}. */
  static byte[] doubling() {
    return model(
        node("Add", "x", "x"),
        List.of(),
        List.of(tensor("x", FLOAT, BATCH, LENGTH)),
        List.of(tensor("y", FLOAT, BATCH, LENGTH)));
  }

  /** {@code y = a + b}, {@code float32 [batch, length]}. */
  static byte[] sum() {
    return model(
        node("Add", "a", "b"),
        List.of(),
        List.of(tensor("a", FLOAT, BATCH, LENGTH), tensor("b", FLOAT, BATCH, LENGTH)),
        List.of(tensor("y", FLOAT, BATCH, LENGTH)));
  }

  /** {@code y = x + x}, {@code float32 [batch, 2, 3]}. */
  static byte[] fixedShape() {
    return model(
        node("Add", "x", "x"),
        List.of(),
        List.of(tensor("x", FLOAT, BATCH, "2", "3")),
        List.of(tensor("y", FLOAT, BATCH, "2", "3")));
  }

  /** {@code y = (10, 20, 30, 40)[ids]}, {@code int64 [batch, length]} to float32; fails on id 9. */
  static byte[] lookup() {
    return lookup(INT64, 10, 20, 30, 40);
  }

  /** As {@link #lookup()}, with {@code int32} ids. */
  static byte[] lookupInt32() {
    return lookup(INT32, 10, 20, 30, 40);
  }

  /** As {@link #lookup()}, but fails on every id except 0. */
  static byte[] lookupOfZero() {
    return lookup(INT64, 10);
  }

  private static byte[] lookup(int idType, float... table) {
    return model(
        node("Gather", "table", "ids"),
        List.of(table(table)),
        List.of(tensor("ids", idType, BATCH, LENGTH)),
        List.of(tensor("y", FLOAT, BATCH, LENGTH)));
  }

  /** Takes doubles, which requests cannot carry. */
  static byte[] doubles() {
    return model(
        node("Add", "x", "x"),
        List.of(),
        List.of(tensor("x", DOUBLE, BATCH, LENGTH)),
        List.of(tensor("y", DOUBLE, BATCH, LENGTH)));
  }

  /** Has a free axis after the length. */
  static byte[] twoFreeAxes() {
    return model(
        node("Add", "x", "x"),
        List.of(),
        List.of(tensor("x", FLOAT, BATCH, LENGTH, "width")),
        List.of(tensor("y", FLOAT, BATCH, LENGTH, "width")));
  }

  /** Has a batch axis of 1. */
  static byte[] fixedBatch() {
    return model(
        node("Add", "x", "x"),
        List.of(),
        List.of(tensor("x", FLOAT, "1", LENGTH)),
        List.of(tensor("y", FLOAT, "1", LENGTH)));
  }

  private static byte[] model(
      ByteString node, List<ByteString> initializers, List<ByteString> in, List<ByteString> out) {
    ByteString graph =
        message(coded -> {
          coded.writeBytes(1, node);
          coded.writeString(2, "tiny");
          for (ByteString initializer : initializers) {
            coded.writeBytes(5, initializer);
          }
          for (ByteString input : in) {
            coded.writeBytes(11, input);
          }
          for (ByteString output : out) {
            coded.writeBytes(12, output);
          }
        });
    ByteString opset =
        message(coded -> {
          coded.writeString(1, "");
          coded.writeInt64(2, OPSET);
        });
    return message(
            coded -> {
              coded.writeInt64(1, IR_VERSION);
              coded.writeBytes(7, graph);
              coded.writeBytes(8, opset);
            })
        .toByteArray();
  }

  private static ByteString node(String operator, String... inputs) {
    return message(coded -> {
      for (String input : inputs) {
        coded.writeString(1, input);
      }
      coded.writeString(2, "y");
      coded.writeString(4, operator);
    });
  }

  private static ByteString table(float... values) {
    return message(coded -> {
      coded.writeInt64(1, values.length);
      coded.writeInt32(2, FLOAT);
      for (float value : values) {
        coded.writeFloat(4, value);
      }
      coded.writeString(8, "table");
    });
  }

  private static ByteString tensor(String name, int type, String... dimensions) {
    ByteString shape =
        message(coded -> {
          for (String dimension : Arrays.asList(dimensions)) {
            coded.writeBytes(1, dimension(dimension));
          }
        });
    ByteString tensorType =
        message(coded -> {
          coded.writeInt32(1, type);
          coded.writeBytes(2, shape);
        });
    return message(coded -> {
      coded.writeString(1, name);
      coded.writeBytes(2, message(type1 -> type1.writeBytes(1, tensorType)));
    });
  }

  private static ByteString dimension(String dimension) {
    boolean fixed = Character.isDigit(dimension.charAt(0));
    return message(coded -> {
      if (fixed) {
        coded.writeInt64(1, Long.parseLong(dimension));
      } else {
        coded.writeString(2, dimension);
      }
    });
  }

  private interface Fields {
    void write(CodedOutputStream coded) throws IOException;
  }

  private static ByteString message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(coded);
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
