package io.waip.onnxruntime;

import io.waip.onnxruntime.Signature.Port;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Dense off-heap memory of one input or output over a batch, row-major, native byte order. Grows to
 * the largest batch so far and is reused. Confined to one thread.
 */
final class TensorBatch {
  private final Port port;
  private ByteBuffer memory = direct(0);

  TensorBatch(Port port) {
    this.port = port;
  }

  /**
   * Returns the memory of a batch, its limit at the batch's end.
   *
   * @throws IllegalArgumentException if the batch takes 2 GiB or more
   */
  ByteBuffer shape(int batch, int length) {
    long bytes = (long) batch * port.elements(length) * port.type().bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "'%s' takes %d bytes for batch %d, length %d"
              .formatted(port.name(), bytes, batch, length));
    }
    if (memory.capacity() < bytes) {
      memory = direct((int) Math.max(bytes, Math.min(2L * memory.capacity(), Integer.MAX_VALUE)));
    }
    return memory.clear().limit((int) bytes);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /**
   * Writes a row at the memory's position and advances to the next row.
   *
   * @param row values of this row, or null to fill its {@code length} positions with {@code
   *     missing}
   * @param length positions of the row
   * @param padded positions the row takes
   * @param missing fills a row that is left out
   * @param pad fills the rest
   */
  void put(@Nullable InputRow row, int length, int padded, long missing, long pad) {
    int used = port.elements(length);
    if (row == null) {
      fill(used, missing);
    } else {
      copy(row);
    }
    fill(port.elements(padded) - used, pad);
  }

  private void copy(InputRow row) {
    int bytes = row.size() * row.type().bytes();
    switch (row.values()) {
      case LongBuffer longs -> memory.asLongBuffer().put(0, longs, 0, longs.capacity());
      case IntBuffer ints -> memory.asIntBuffer().put(0, ints, 0, ints.capacity());
      case FloatBuffer floats -> memory.asFloatBuffer().put(0, floats, 0, floats.capacity());
      default -> throw new IllegalStateException("no row holds " + row.values().getClass());
    }
    memory.position(memory.position() + bytes);
  }

  private void fill(int elements, long value) {
    for (int i = 0; i < elements; i++) {
      switch (port.type()) {
        case INT64 -> memory.putLong(value);
        case INT32 -> memory.putInt((int) value);
        case FLOAT32 -> memory.putFloat((float) value);
      }
    }
  }

  /**
   * Copies the first {@code length} positions of a row of a {@code float32} batch.
   *
   * @param row index in the batch
   */
  float[] row(int row, int length, int padded) {
    float[] values = new float[port.elements(length)];
    memory.clear();
    memory.asFloatBuffer().get(row * port.elements(padded), values);
    return values;
  }
}
