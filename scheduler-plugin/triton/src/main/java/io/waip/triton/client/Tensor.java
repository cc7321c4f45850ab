package io.waip.triton.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A named tensor as it travels: row-major, little-endian, without padding. Immutable.
 *
 * @param name of the input or output
 * @param datatype the protocol's name: {@code BOOL}, {@code INT64}, {@code FP32}, {@code BYTES} ...
 * @param shape sizes by dimension, each {@code >= 0}
 * @param content the elements; for {@code BYTES} each one is its length as a 32-bit number, then
 *     its bytes. Read-only, from position 0 to its limit.
 */
public record Tensor(String name, String datatype, List<Long> shape, ByteBuffer content) {
  /** Copies the shape; the content is taken as it is and must not be written afterwards. */
  public Tensor {
    shape = List.copyOf(shape);
    content = content.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An {@code INT64} tensor. */
  public static Tensor int64(String name, List<Long> shape, long... elements) {
    ByteBuffer bytes = allocate(elements.length * Long.BYTES);
    bytes.asLongBuffer().put(elements);
    return new Tensor(name, "INT64", shape, bytes);
  }

  /** An {@code INT32} tensor. */
  public static Tensor int32(String name, List<Long> shape, int... elements) {
    ByteBuffer bytes = allocate(elements.length * Integer.BYTES);
    bytes.asIntBuffer().put(elements);
    return new Tensor(name, "INT32", shape, bytes);
  }

  /** An {@code FP32} tensor. */
  public static Tensor float32(String name, List<Long> shape, float... elements) {
    ByteBuffer bytes = allocate(elements.length * Float.BYTES);
    bytes.asFloatBuffer().put(elements);
    return new Tensor(name, "FP32", shape, bytes);
  }

  /** A {@code BYTES} tensor of UTF-8 texts. */
  public static Tensor texts(String name, List<Long> shape, String... elements) {
    List<byte[]> encoded =
        Arrays.stream(elements).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    ByteBuffer bytes =
        allocate(encoded.stream().mapToInt(element -> Integer.BYTES + element.length).sum());
    encoded.forEach(element -> bytes.putInt(element.length).put(element));
    return new Tensor(name, "BYTES", shape, bytes.flip());
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A view of the elements; moving its position changes nothing here. */
  @Override
  public ByteBuffer content() {
    return content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns a copy of the elements.
   *
   * @throws IllegalStateException if this is no {@code FP32} tensor
   */
  public float[] toFloats() {
    require("FP32");
    float[] elements = new float[content.remaining() / Float.BYTES];
    content().asFloatBuffer().get(elements);
    return elements;
  }

  /**
   * Returns a copy of the elements.
   *
   * @throws IllegalStateException if this is no {@code INT64} tensor
   */
  public long[] toLongs() {
    require("INT64");
    long[] elements = new long[content.remaining() / Long.BYTES];
    content().asLongBuffer().get(elements);
    return elements;
  }

  /**
   * Returns the elements as UTF-8 texts.
   *
   * @throws IllegalStateException if this is no {@code BYTES} tensor
   * @throws java.nio.BufferUnderflowException if an element is longer than the content
   */
  public List<String> toTexts() {
    require("BYTES");
    ByteBuffer bytes = content();
    List<String> elements = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] element = new byte[bytes.getInt()];
      bytes.get(element);
      elements.add(new String(element, StandardCharsets.UTF_8));
    }
    return elements;
  }

  private void require(String wanted) {
    if (!datatype.equals(wanted)) {
      throw new IllegalStateException("tensor " + name + " is " + datatype + ", not " + wanted);
    }
  }
}
