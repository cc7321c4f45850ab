package io.waip.triton.embedded;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A copied answer.
 *
 * @param outputs those the answer had, in the client's order
 */
public record InferenceResult(List<Output> outputs) {
  public InferenceResult {
    outputs = List.copyOf(outputs);
  }

  /** Copies the outputs of a call that ended; throws its error if it failed. */
  static InferenceResult of(InferenceCall call) {
    if (call.status() != TritonStatus.OK) {
      throw new TritonException(call.status(), call.message());
    }
    return new InferenceResult(
        call.outputs().stream().filter(CallOutput::isPresent).map(Output::of).toList());
  }

  /**
   * Returns the output of a name.
   *
   * @throws IllegalArgumentException if the answer has none of this name
   */
  public Output output(String name) {
    return outputs.stream()
        .filter(output -> output.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the answer has no output " + name));
  }

  /**
   * One output.
   *
   * @param name as the model calls it
   * @param type of its elements
   * @param shape its axes
   * @param bytes row-major, little-endian; position 0, limit the size
   */
  public record Output(String name, TensorType type, List<Long> shape, ByteBuffer bytes) {
    public Output {
      shape = List.copyOf(shape);
    }

    private static Output of(CallOutput output) {
      ByteBuffer from = output.bytes();
      ByteBuffer copy = ByteBuffer.allocate(from.remaining()).order(ByteOrder.nativeOrder());
      copy.put(from).flip();
      return new Output(
          output.name(), output.type(), Arrays.stream(output.shape()).boxed().toList(), copy);
    }

    /**
     * Returns a copy of the elements.
     *
     * @throws IllegalStateException if the type is not FP32
     */
    public float[] floats() {
      if (type != TensorType.FP32) {
        throw new IllegalStateException(name + " has elements of " + type + ", not FP32");
      }
      float[] copy = new float[bytes.remaining() / Float.BYTES];
      bytes.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer().get(copy);
      return copy;
    }
  }
}
