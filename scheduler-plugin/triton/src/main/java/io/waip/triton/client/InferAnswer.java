package io.waip.triton.client;

import java.util.List;

/**
 * What a model answered.
 *
 * @param model name and {@code version} of the model that ran, as the server says
 * @param id that of the call
 * @param outputs in the server's order
 */
public record InferAnswer(String model, String version, String id, List<Tensor> outputs) {
  /** Copies the outputs. */
  public InferAnswer {
    outputs = List.copyOf(outputs);
  }

  /**
   * Returns an output by name.
   *
   * @throws IllegalArgumentException if the answer has none of that name
   */
  public Tensor output(String name) {
    for (Tensor tensor : outputs) {
      if (tensor.name().equals(name)) {
        return tensor;
      }
    }
    throw new IllegalArgumentException(
        "no output %s in the answer of %s; it has %s"
            .formatted(name, model, outputs.stream().map(Tensor::name).toList()));
  }
}
