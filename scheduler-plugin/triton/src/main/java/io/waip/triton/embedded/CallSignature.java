package io.waip.triton.embedded;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.BytePointer;

/**
 * What all calls of a client have in common, with the names as C strings. Counted: the client and
 * each of its calls hold one reference, the last {@link #release()} frees the strings.
 */
final class CallSignature {
  final List<TensorSpec> inputs;
  final List<String> outputs;
  final BytePointer modelName;
  final List<BytePointer> inputNames;
  final List<BytePointer> outputNames;
  private final AtomicInteger references = new AtomicInteger(1);

  CallSignature(String model, List<TensorSpec> inputs, List<String> outputs) {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("name at least one output of " + model);
    }
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.modelName = new BytePointer(model);
    this.inputNames = inputs.stream().map(input -> new BytePointer(input.name())).toList();
    this.outputNames = outputs.stream().map(BytePointer::new).toList();
  }

  void retain() {
    references.incrementAndGet();
  }

  void release() {
    if (references.decrementAndGet() == 0) {
      modelName.close();
      inputNames.forEach(BytePointer::close);
      outputNames.forEach(BytePointer::close);
    }
  }
}
