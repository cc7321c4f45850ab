package io.waip.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.waip.nativebridge.BatchAssembler;
import io.waip.nativebridge.BatchAssemblers;
import io.waip.nativebridge.NativeBuffer;
import io.waip.nativebridge.RaggedRows;
import io.waip.onnxruntime.Signature.Port;
import io.waip.onnxruntime.agreement.DenseTensor;
import io.waip.onnxruntime.agreement.ServedBatch;
import io.waip.onnxruntime.agreement.ShadowDesk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs batches on ONNX Runtime sessions, one execution at a time.
 *
 * <p>The assembler gathers held rows into off-heap memory that the input tensors view; the runtime
 * writes outputs into off-heap memory of this runner, and each request's part is copied out once.
 */
final class OrtBatchRunner implements BatchRunner {
  private final LoadedModels models;
  private final RowStore store;
  private final BatchAssembler assembler;
  private final List<BatchTensor> inputs;
  private final List<BatchTensor> outputs;
  private final List<RaggedRows> rows = new ArrayList<>();
  private final @Nullable Shadow shadow;

  /** Makes a runner that gathers rows of {@code store}. */
  OrtBatchRunner(LoadedModels models, RowStore store) {
    this(models, store, null);
  }

  /**
   * Makes a runner that shows its executions to be compared.
   *
   * @param shadow null where nothing is compared
   */
  OrtBatchRunner(LoadedModels models, RowStore store, @Nullable Shadow shadow) {
    this.models = models;
    this.store = store;
    this.shadow = shadow;
    assembler = BatchAssemblers.best();
    inputs = models.signature().inputs().stream().map(BatchTensor::new).toList();
    outputs = models.signature().outputs().stream().map(BatchTensor::new).toList();
    for (Port port : models.signature().inputs()) {
      rows.add(new RaggedRows(port.type(), port.width(), models.maxBatch()));
    }
  }

  /**
   * Where executions are shown.
   *
   * @param output that is compared
   */
  record Shadow(ShadowDesk desk, String output) {}

  @Override
  public void run(Execution execution) throws OrtException {
    if (shadow == null) {
      execute(execution);
      return;
    }
    shadow.desk.started();
    try {
      execute(execution);
      shadow.desk.served(new Shown(execution, shadow.output));
    } finally {
      shadow.desk.ended();
    }
  }

  /** An execution whose tensors still lie in the memory of this runner. */
  private final class Shown implements ServedBatch {
    private final Execution execution;
    private final String output;

    Shown(Execution execution, String output) {
      this.execution = execution;
      this.output = output;
    }

    @Override
    public long id() {
      return execution.dispatchId();
    }

    @Override
    public int variant() {
      return execution.variant();
    }

    @Override
    public int rows() {
      return execution.size();
    }

    @Override
    public List<DenseTensor> inputs() {
      return inputs.stream().map(this::dense).toList();
    }

    @Override
    public DenseTensor output() {
      return dense(compared());
    }

    @Override
    public BitSet real(int row) {
      BitSet real = new BitSet();
      if (compared().port().hasLength()) {
        real.set(0, execution.member(row).length);
      }
      return real;
    }

    private BatchTensor compared() {
      return outputs.stream()
          .filter(tensor -> tensor.port().name().equals(output))
          .findFirst()
          .orElseThrow();
    }

    private DenseTensor dense(BatchTensor tensor) {
      return tensor.dense(execution.size(), execution.paddedLength());
    }
  }

  private void execute(Execution execution) throws OrtException {
    Map<String, OnnxTensor> in = new LinkedHashMap<>();
    Map<String, OnnxTensor> out = new LinkedHashMap<>();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        gather(i, execution);
        in.put(inputs.get(i).port().name(), tensor(inputs.get(i), execution));
      }
      for (BatchTensor output : outputs) {
        output.reserve(execution.size(), execution.paddedLength());
        out.put(output.port().name(), tensor(output, execution));
      }
      models.session(execution.variant()).run(in, out).close();
    } finally {
      in.values().forEach(OnnxTensor::close);
      out.values().forEach(OnnxTensor::close);
    }
    scatter(execution);
  }

  private void gather(int input, Execution execution) {
    Port port = inputs.get(input).port();
    RaggedRows batch = rows.get(input);
    batch.clear();
    for (int i = 0; i < execution.size(); i++) {
      store.addTo(batch, input, execution.member(i));
    }
    NativeBuffer memory = inputs.get(input).reserve(execution.size(), execution.paddedLength());
    assembler.gather(batch, port.positions(execution.paddedLength()), padBits(port), memory);
  }

  private long padBits(Port port) {
    LengthRule rule = models.rule();
    return rule == null ? 0 : ElementTypes.bits(port.type(), rule.padValueOf(port.name()));
  }

  private static OnnxTensor tensor(BatchTensor memory, Execution execution) throws OrtException {
    return memory.tensor(execution.size(), execution.paddedLength());
  }

  private void scatter(Execution execution) {
    for (int row = 0; row < execution.size(); row++) {
      Submission member = execution.member(row);
      Map<String, OutputRow.Values> values = new LinkedHashMap<>();
      for (BatchTensor output : outputs) {
        float[] elements = output.row(row, member.length, execution.paddedLength());
        values.put(
            output.port().name(),
            new OutputRow.Values(elements, output.port().shape(member.length)));
      }
      member.output = new OutputRow(values);
    }
  }

  @Override
  public void close() {
    inputs.forEach(BatchTensor::close);
    outputs.forEach(BatchTensor::close);
  }
}
