package io.waip.triton.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one model, as {@code config.pbtxt} or as the JSON {@link
 * EmbeddedServer#load(String, String)} takes.
 *
 * @param name the model's name and folder
 * @param backend that runs it
 * @param maxBatchSize rows of a batch; 0 for a model whose tensors have no batch axis
 * @param inputs without the batch axis
 * @param outputs without the batch axis
 * @param raggedInputs names of inputs that Triton may batch though their shapes differ
 * @param parameters that the backend reads
 * @param instances executions at once
 * @param batching Triton's own batching; null is none
 */
public record ModelConfig(
    String name,
    String backend,
    int maxBatchSize,
    List<TensorSpec> inputs,
    List<TensorSpec> outputs,
    List<String> raggedInputs,
    Map<String, String> parameters,
    int instances,
    @Nullable DynamicBatching batching) {
  public ModelConfig {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    raggedInputs = List.copyOf(raggedInputs);
    parameters = Map.copyOf(parameters);
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException("'" + name + "' cannot be the name of a model's folder");
    }
    if (maxBatchSize < 0 || instances < 1) {
      throw new IllegalArgumentException(
          "%s: maxBatchSize is %d, allowed is at least 0; instances is %d, allowed is at least 1"
              .formatted(name, maxBatchSize, instances));
    }
    for (String ragged : raggedInputs) {
      if (inputs.stream().noneMatch(input -> input.name().equals(ragged))) {
        throw new IllegalArgumentException(name + " has no input " + ragged + " to be ragged");
      }
    }
  }

  /** Begins a configuration of a model. */
  public static Builder builder(String name, String backend) {
    return new Builder(name, backend);
  }

  /** Returns a builder that holds this configuration. */
  public Builder toBuilder() {
    Builder builder = new Builder(name, backend).maxBatchSize(maxBatchSize).instances(instances);
    builder.inputs.addAll(inputs);
    builder.outputs.addAll(outputs);
    builder.raggedInputs.addAll(raggedInputs);
    builder.parameters.putAll(parameters);
    builder.batching = batching;
    return builder;
  }

  /** Returns the text of {@code config.pbtxt}. */
  public String toPbtxt() {
    return text().toPbtxt();
  }

  /** Returns the same as JSON. */
  public String toJson() {
    return text().toJson();
  }

  private ConfigText text() {
    ConfigText text =
        new ConfigText()
            .add("name", name)
            .add("backend", backend)
            .add("max_batch_size", maxBatchSize)
            .add("input", inputs.stream().map(this::input).toList())
            .add("output", outputs.stream().map(ModelConfig::tensor).toList())
            .add("instance_group", List.of(instanceGroup()))
            .addUnless(Map.of(), "parameters", parameters);
    return batching == null ? text : text.add("dynamic_batching", batching.toConfig());
  }

  private ConfigText input(TensorSpec spec) {
    return tensor(spec).addUnless(false, "allow_ragged_batch", raggedInputs.contains(spec.name()));
  }

  private static ConfigText tensor(TensorSpec spec) {
    return new ConfigText()
        .add("name", spec.name())
        .add("data_type", new ConfigText.Word(spec.type().configName()))
        .add("dims", spec.dims());
  }

  private ConfigText instanceGroup() {
    return new ConfigText().add("count", instances).add("kind", new ConfigText.Word("KIND_CPU"));
  }

  /** Collects a {@link ModelConfig}; one thread. */
  public static final class Builder {
    private final String name;
    private final String backend;
    private final List<TensorSpec> inputs = new ArrayList<>();
    private final List<TensorSpec> outputs = new ArrayList<>();
    private final List<String> raggedInputs = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private int maxBatchSize;
    private int instances = 1;
    private @Nullable DynamicBatching batching;

    private Builder(String name, String backend) {
      this.name = name;
      this.backend = backend;
    }

    /** Adds an input. */
    public Builder input(TensorSpec spec) {
      inputs.add(spec);
      return this;
    }

    /** Adds an output. */
    public Builder output(TensorSpec spec) {
      outputs.add(spec);
      return this;
    }

    /** Lets Triton batch requests whose inputs of this name differ in shape, unpadded. */
    public Builder ragged(String input) {
      raggedInputs.add(input);
      return this;
    }

    /** Adds a parameter for the backend. */
    public Builder parameter(String key, String value) {
      parameters.put(key, value);
      return this;
    }

    /** Sets the rows of a batch, at least 0; default 0. */
    public Builder maxBatchSize(int rows) {
      maxBatchSize = rows;
      return this;
    }

    /** Sets the executions at once, at least 1; default 1. */
    public Builder instances(int count) {
      instances = count;
      return this;
    }

    /** Lets Triton form batches; default is not. */
    public Builder batching(@Nullable DynamicBatching settings) {
      batching = settings;
      return this;
    }

    /** Returns the configuration. */
    public ModelConfig build() {
      return new ModelConfig(
          name,
          backend,
          maxBatchSize,
          inputs,
          outputs,
          raggedInputs,
          parameters,
          instances,
          batching);
    }
  }
}
