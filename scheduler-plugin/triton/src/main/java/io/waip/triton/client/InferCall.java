package io.waip.triton.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One inference to ask for. Immutable; built with {@link #to}.
 *
 * @param model name of the model or front model
 * @param version empty: the server's choice
 * @param id comes back in the answer; may be empty
 * @param parameters {@link String}, {@link Long}, {@link Double} or {@link Boolean} by name; those
 *     the planner reads are {@code tenant}, {@code tier}, {@code priority}, {@code deadline_ms},
 *     {@code region} and {@code idempotency_key}
 * @param inputs the tensors, at least one
 * @param outputs names of the outputs wanted; empty: all
 */
public record InferCall(
    String model,
    String version,
    String id,
    Map<String, Object> parameters,
    List<Tensor> inputs,
    List<String> outputs) {

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if the model or the inputs are empty
   */
  public InferCall {
    if (model.isEmpty()) {
      throw new IllegalArgumentException("a call names a model");
    }
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("a call to " + model + " has no input");
    }
    parameters = Map.copyOf(parameters);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Starts a call of a model. */
  public static Builder to(String model) {
    return new Builder(model);
  }

  /** Collects the parts of a call; not for use by several threads. */
  public static final class Builder {
    private final String model;
    private String version = "";
    private String id = "";
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final List<Tensor> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();

    private Builder(String model) {
      this.model = model;
    }

    /** Asks for one version of the model. */
    public Builder version(String version) {
      this.version = version;
      return this;
    }

    /** Names the call; the answer carries the same id. */
    public Builder id(String id) {
      this.id = id;
      return this;
    }

    /** Sets a parameter, such as {@code tenant} or {@code tier}. */
    public Builder parameter(String name, String value) {
      parameters.put(name, value);
      return this;
    }

    /** Sets a parameter, such as {@code deadline_ms} or {@code priority}. */
    public Builder parameter(String name, long value) {
      parameters.put(name, value);
      return this;
    }

    /** Adds an input. */
    public Builder input(Tensor tensor) {
      inputs.add(tensor);
      return this;
    }

    /** Asks for an output; without this call all come. */
    public Builder output(String name) {
      outputs.add(name);
      return this;
    }

    /** Returns the call. */
    public InferCall build() {
      return new InferCall(model, version, id, parameters, inputs, outputs);
    }
  }
}
