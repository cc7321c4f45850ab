package io.waip.onnxruntime.agreement;

import ai.onnxruntime.OnnxJavaType;
import io.waip.api.agreement.AnswerRow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * An input or output of a batch: dense, row-major, batch axis first, in the order of the machine.
 *
 * @param name as the model names it
 * @param type of every element
 * @param shape at least the batch axis, every dimension {@code >= 1}
 * @param data exactly the elements; read from 0 to its capacity. A view or a copy, as its maker
 *     says
 */
public record DenseTensor(String name, OnnxJavaType type, List<Long> shape, ByteBuffer data) {
  /**
   * Copies the shape.
   *
   * @throws IllegalArgumentException if data and shape do not belong together
   */
  public DenseTensor {
    shape = List.copyOf(shape);
    long bytes = type.size;
    for (long dimension : shape) {
      bytes *= dimension;
    }
    if (shape.isEmpty() || bytes < 1 || bytes != data.capacity()) {
      throw new IllegalArgumentException(
          "tensor '%s' of shape %s and type %s cannot have %d bytes"
              .formatted(name, shape, type, data.capacity()));
    }
    data = data.order(ByteOrder.nativeOrder());
  }

  /** Returns the size of the batch axis. */
  public int rows() {
    return Math.toIntExact(shape.getFirst());
  }

  /** Returns a copy on the heap that stays valid. */
  DenseTensor copy() {
    return new DenseTensor(name, type, shape, copyOf(0, data.capacity()));
  }

  /** Returns a copy of one row on the heap, as a batch of its own. */
  DenseTensor copyOfRow(int row) {
    int bytes = data.capacity() / rows();
    List<Long> one = new ArrayList<>(shape);
    one.set(0, 1L);
    return new DenseTensor(name, type, one, copyOf(row * bytes, bytes));
  }

  /**
   * Returns a copy of the real positions of one row.
   *
   * @param real positions along the axis after the batch; empty where that is no length
   * @throws IllegalArgumentException if it is not {@code float32}, or has no such positions
   */
  public AnswerRow answer(int row, BitSet real) {
    if (type != OnnxJavaType.FLOAT) {
      throw new IllegalArgumentException(
          "output '%s' is %s; agreement compares float32".formatted(name, type));
    }
    int size = data.capacity() / Float.BYTES / rows();
    FloatBuffer all = data.asFloatBuffer();
    if (real.isEmpty()) {
      return new AnswerRow(FloatBuffer.allocate(size).put(0, all, row * size, size), 1);
    }
    int length = shape.size() < 2 ? 1 : Math.toIntExact(shape.get(1));
    if (real.length() > length) {
      throw new IllegalArgumentException(
          "output '%s' has %d positions, position %d is real"
              .formatted(name, length, real.length() - 1));
    }
    int width = size / length;
    FloatBuffer kept = FloatBuffer.allocate(real.cardinality() * width);
    int at = 0;
    for (int p = real.nextSetBit(0); p >= 0; p = real.nextSetBit(p + 1)) {
      kept.put(at, all, row * size + p * width, width);
      at += width;
    }
    return new AnswerRow(kept, real.cardinality());
  }

  private ByteBuffer copyOf(int from, int bytes) {
    return ByteBuffer.allocate(bytes).put(0, data, from, bytes);
  }
}
