package io.waip.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.waip.onnxruntime.Signature.Port;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs batches on ONNX Runtime sessions, one execution at a time.
 *
 * <p>Rows are copied once into off-heap memory that the input tensors view; outputs are written by
 * the runtime into off-heap memory of this runner, and each request's part is copied out once.
 */
final class OrtBatchRunner implements BatchRunner {
  private static final long REAL = 1;
  private static final long PADDED = 0;

  private final LoadedModels models;
  private final List<TensorBatch> inputs;
  private final List<TensorBatch> outputs;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  OrtBatchRunner(LoadedModels models) {
    this.models = models;
    inputs = models.signature().inputs().stream().map(TensorBatch::new).toList();
    outputs = models.signature().outputs().stream().map(TensorBatch::new).toList();
  }

  @Override
  public void run(Execution execution) throws OrtException {
    Map<String, OnnxTensor> in = new LinkedHashMap<>();
    Map<String, OnnxTensor> out = new LinkedHashMap<>();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        Port port = models.signature().inputs().get(i);
        in.put(port.name(), tensor(port, gather(i, port, execution), execution));
      }
      for (int i = 0; i < outputs.size(); i++) {
        Port port = models.signature().outputs().get(i);
        ByteBuffer memory = outputs.get(i).shape(execution.size(), execution.paddedLength());
        out.put(port.name(), tensor(port, memory, execution));
      }
      OrtSession session = models.session(execution.variant());
      session.run(in, out).close();
    } finally {
      in.values().forEach(OnnxTensor::close);
      out.values().forEach(OnnxTensor::close);
    }
    scatter(execution);
  }

  private ByteBuffer gather(int input, Port port, Execution execution) {
    TensorBatch batch = inputs.get(input);
    int padded = execution.paddedLength();
    ByteBuffer memory = batch.shape(execution.size(), padded);
    LengthRule rule = models.rule();
    long missing = 0;
    long pad = 0;
    if (rule != null) {
      missing =
          port.name().equals(rule.mask()) ? REAL : rule.defaults().getOrDefault(port.name(), 0L);
      pad = port.name().equals(rule.input()) ? rule.padValue() : PADDED;
    }
    for (int i = 0; i < execution.size(); i++) {
      Submission member = execution.member(i);
      batch.put(member.inputs[input], member.length, padded, missing, pad);
    }
    return memory.flip();
  }

  private OnnxTensor tensor(Port port, ByteBuffer memory, Execution execution) throws OrtException {
    long[] shape = port.batchShape(execution.size(), execution.paddedLength());
    return OnnxTensor.createTensor(environment, memory, shape, port.type().onnxType());
  }

  private void scatter(Execution execution) {
    for (int row = 0; row < execution.size(); row++) {
      Submission member = execution.member(row);
      Map<String, OutputRow.Values> values = new LinkedHashMap<>();
      for (int i = 0; i < outputs.size(); i++) {
        Port port = models.signature().outputs().get(i);
        float[] elements = outputs.get(i).row(row, member.length, execution.paddedLength());
        values.put(port.name(), new OutputRow.Values(elements, port.shape(member.length)));
      }
      member.output = new OutputRow(values);
    }
  }

  /** Does nothing: the sessions belong to the models, and the memory to the garbage collector. */
  @Override
  public void close() {}
}
