package io.waip.triton.client;

import java.util.List;

/**
 * What a server says about a model.
 *
 * @param name of the model
 * @param versions that are loaded
 * @param platform or backend that runs it
 * @param inputs and {@code outputs} it declares
 */
public record ModelDescription(
    String name,
    List<String> versions,
    String platform,
    List<TensorDescription> inputs,
    List<TensorDescription> outputs) {
  /** Copies the lists. */
  public ModelDescription {
    versions = List.copyOf(versions);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * A declared input or output.
   *
   * @param name of the tensor
   * @param datatype the protocol's name
   * @param shape sizes by dimension with the batch dimension, -1 where any is allowed
   */
  public record TensorDescription(String name, String datatype, List<Long> shape) {
    /** Copies the shape. */
    public TensorDescription {
      shape = List.copyOf(shape);
    }
  }
}
