package io.waip.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.waip.onnxruntime.agreement.ComparedModel;
import io.waip.onnxruntime.agreement.DenseTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A loaded model as comparisons run it, beside the executions that serve. */
final class SessionComparison implements ComparedModel {
  private final OrtSession session;
  private final Rest rest;
  private final OrtSession.RunOptions options;
  private final Map<String, ByteBuffer> memory = new HashMap<>();

  /** Makes the inputs that a batch does not carry. */
  interface Rest {
    /** Nothing is left out. */
    Rest NONE = (shapes, rows) -> Map.of();

    /**
     * Returns them by name; the caller closes them.
     *
     * @param shapes of the inputs that are carried
     */
    Map<String, OnnxTensor> tensors(Map<String, long[]> shapes, int rows) throws OrtException;
  }

  SessionComparison(OrtSession session, Rest rest) {
    this.session = session;
    this.rest = rest;
    try {
      options = new OrtSession.RunOptions();
    } catch (OrtException e) {
      throw new IllegalStateException("the runtime refuses options: " + e.getMessage(), e);
    }
  }

  @Override
  public void ready() {
    terminate(false);
  }

  @Override
  public void stop() {
    terminate(true);
  }

  private void terminate(boolean value) {
    try {
      options.setTerminate(value);
    } catch (OrtException e) {
      throw new IllegalStateException("the runtime refuses to stop: " + e.getMessage(), e);
    }
  }

  @Override
  public DenseTensor run(List<DenseTensor> inputs, String output) throws OrtException {
    Map<String, OnnxTensor> in = new LinkedHashMap<>();
    Map<String, long[]> shapes = new HashMap<>();
    try {
      for (DenseTensor input : inputs) {
        if (session.getInputNames().contains(input.name())) {
          long[] shape = input.shape().stream().mapToLong(Long::longValue).toArray();
          shapes.put(input.name(), shape);
          in.put(input.name(), tensor(input, shape));
        }
      }
      in.putAll(rest.tensors(shapes, inputs.getFirst().rows()));
      try (OrtSession.Result result = session.run(in, Set.of(output), options)) {
        return copy(output, (OnnxTensor) result.get(0));
      }
    } finally {
      in.values().forEach(OnnxTensor::close);
    }
  }

  /** Copies an input into memory of this, where the runtime reads it. */
  private OnnxTensor tensor(DenseTensor input, long[] shape) throws OrtException {
    int bytes = input.data().capacity();
    ByteBuffer place =
        memory.compute(
            input.name(),
            (name, old) ->
                old == null || old.capacity() < bytes ? ByteBuffer.allocateDirect(bytes) : old);
    ByteBuffer view = place.slice(0, bytes).order(ByteOrder.nativeOrder());
    view.put(0, input.data(), 0, bytes);
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), view, shape, input.type());
  }

  private static DenseTensor copy(String name, OnnxTensor tensor) {
    OnnxJavaType type = tensor.getInfo().type;
    List<Long> shape = Arrays.stream(tensor.getInfo().getShape()).boxed().toList();
    return new DenseTensor(name, type, shape, tensor.getByteBuffer());
  }

  @Override
  public void close() {
    options.close();
  }
}
