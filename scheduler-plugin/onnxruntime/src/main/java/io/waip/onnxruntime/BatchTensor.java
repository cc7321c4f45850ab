package io.waip.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.waip.nativebridge.NativeBuffer;
import io.waip.onnxruntime.Signature.Port;
import io.waip.onnxruntime.agreement.DenseTensor;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The off-heap memory of one input or output over a batch, dense and row-major. Grows to the
 * largest batch so far and is reused. Confined to one thread.
 */
final class BatchTensor implements AutoCloseable {
  private static final int FIRST_ELEMENTS = 1024;

  private final Port port;
  private NativeBuffer memory;

  BatchTensor(Port port) {
    this.port = port;
    memory = NativeBuffer.allocate(port.type(), FIRST_ELEMENTS);
  }

  Port port() {
    return port;
  }

  /**
   * Returns memory for a batch; what it held before is lost when it grows.
   *
   * @throws IllegalArgumentException if the batch takes 2 GiB or more
   */
  NativeBuffer reserve(int batch, int length) {
    long elements = (long) batch * port.elements(length);
    if (elements > memory.elements()) {
      NativeBuffer larger = NativeBuffer.allocate(port.type(), elements);
      memory.close();
      memory = larger;
    }
    return memory;
  }

  /**
   * Returns a tensor over the memory reserved last, to be closed before the next reservation.
   *
   * @throws OrtException if the runtime refuses the shape
   */
  OnnxTensor tensor(int batch, int length) throws OrtException {
    long bytes = (long) batch * port.elements(length) * port.type().bytes();
    ByteBuffer view = memory.bytes().limit((int) bytes);
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(),
        view,
        port.batchShape(batch, length),
        ElementTypes.onnxType(port.type()));
  }

  /**
   * Returns what lies in the memory reserved last, as comparisons take it: a view until the next
   * reservation.
   */
  DenseTensor dense(int batch, int length) {
    long bytes = (long) batch * port.elements(length) * port.type().bytes();
    return new DenseTensor(
        port.name(),
        ElementTypes.onnxType(port.type()),
        Arrays.stream(port.batchShape(batch, length)).boxed().toList(),
        memory.bytes().slice(0, (int) bytes));
  }

  /**
   * Copies the first {@code length} positions of a row of a {@code float32} batch.
   *
   * @param row index in the batch
   */
  float[] row(int row, int length, int padded) {
    float[] values = new float[port.elements(length)];
    memory.floats().get(row * port.elements(padded), values);
    return values;
  }

  @Override
  public void close() {
    memory.close();
  }
}
