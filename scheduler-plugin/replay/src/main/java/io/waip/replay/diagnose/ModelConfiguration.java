package io.waip.replay.diagnose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A model's configuration in Triton, as far as a diagnosis asks for it. The tree is that of {@code
 * GET /v2/models/M/config}; a message that may occur several times may also stand alone.
 *
 * @param tree the whole configuration
 */
public record ModelConfiguration(JsonNode tree) {
  private static final String BATCHING = "dynamic_batching";
  private static final long NANOS_PER_MICRO = 1000;

  /** Keys under which backends take the threads of an execution. */
  private static final List<String> THREAD_KEYS =
      List.of(
          "intra_op_thread_count",
          "INTRA_OP_THREAD_COUNT",
          "INFERENCE_NUM_THREADS",
          "CPU_THREADS_NUM");

  /** Backends that run models, where others run code or pass requests on. */
  private static final List<String> FRAMEWORKS =
      List.of(
          "onnxruntime",
          "onnxruntime_onnx",
          "tensorrt",
          "tensorrt_plan",
          "pytorch",
          "pytorch_libtorch",
          "tensorflow",
          "tensorflow_savedmodel",
          "tensorflow_graphdef",
          "openvino",
          "tensorrtllm",
          "vllm",
          "fil",
          "waip");

  /** Returns the name of the model; empty where it is that of its folder. */
  public String name() {
    return tree.path("name").asText("");
  }

  /** Returns the backend, or the platform where none is named. */
  public String backend() {
    String backend = tree.path("backend").asText("");
    return backend.isEmpty() ? tree.path("platform").asText("") : backend;
  }

  /** Says whether it runs a model, rather than code of its own or other models. */
  public boolean isFramework() {
    return FRAMEWORKS.contains(backend());
  }

  /** Says whether it is a front that holds requests for the planner. */
  public boolean isFront() {
    return backend().equals("waip") && !parameter("mode").equals("direct");
  }

  /** Returns the most rows in a batch; 0 for none. */
  public int maxBatch() {
    return (int) number(tree.path("max_batch_size"));
  }

  /** Returns how many executions may run at once, {@code >= 1}. */
  public int instances() {
    long count = 0;
    for (JsonNode group : items(tree.path("instance_group"))) {
      long devices = Math.max(1, items(group.path("gpus")).size());
      count += devices * Math.max(1, number(group.path("count")));
    }
    return (int) Math.max(1, count);
  }

  /** Says whether its instances run on the processor, as far as that is said. */
  public boolean isOnProcessor() {
    List<JsonNode> groups = items(tree.path("instance_group"));
    return !groups.isEmpty()
        && groups.stream().allMatch(group -> group.path("kind").asText("").equals("KIND_CPU"));
  }

  /** Returns the threads of one execution, where they are said. */
  public OptionalInt threads() {
    return THREAD_KEYS.stream()
        .map(this::parameter)
        .filter(value -> value.matches("[1-9]\\d{0,4}"))
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  /** Returns a parameter of the backend, or empty. */
  public String parameter(String key) {
    JsonNode parameters = tree.path("parameters");
    JsonNode byKey = parameters.path(key);
    if (!byKey.isMissingNode()) {
      return byKey.path("string_value").asText("");
    }
    for (JsonNode entry : items(parameters)) {
      if (entry.path("key").asText("").equals(key)) {
        return entry.path("value").path("string_value").asText("");
      }
    }
    return "";
  }

  /** Says whether Triton forms batches. */
  public boolean hasBatching() {
    return tree.has(BATCHING);
  }

  /** Says whether requests could be batched: neither sequences nor an ensemble. */
  public boolean canBatch() {
    return maxBatch() > 1 && !tree.has("sequence_batching") && !isEnsemble() && !isFront();
  }

  /** Returns the longest wait for a batch to fill, nanoseconds, {@code >= 0}. */
  public long queueDelayNanos() {
    return number(batching().path("max_queue_delay_microseconds")) * NANOS_PER_MICRO;
  }

  /** Returns the preferred batch sizes. */
  public List<Integer> preferredSizes() {
    return items(batching().path("preferred_batch_size")).stream()
        .map(size -> (int) number(size))
        .toList();
  }

  /** Returns the default time-out in the queue, nanoseconds; 0 for none. */
  public long timeoutNanos() {
    return number(policy().path("default_timeout_microseconds")) * NANOS_PER_MICRO;
  }

  /** Says whether a request may bring a time-out of its own. */
  public boolean allowsTimeouts() {
    return policy().path("allow_timeout_override").asBoolean(false);
  }

  /** Returns the most requests in the queue; 0 for any number. */
  public long maxQueueSize() {
    return number(policy().path("max_queue_size"));
  }

  /**
   * Says whether batches are formed ahead of execution: neither priority levels nor a queue policy.
   */
  public boolean prefetches() {
    return number(batching().path("priority_levels")) == 0
        && timeoutNanos() == 0
        && !allowsTimeouts()
        && maxQueueSize() == 0;
  }

  /** Says whether an input varies in shape and may not be batched with other shapes. */
  public boolean cutsShapes() {
    return items(tree.path("input")).stream()
        .anyMatch(input ->
            items(input.path("dims")).stream().anyMatch(dim -> number(dim) < 0)
                && !input.path("allow_ragged_batch").asBoolean(false));
  }

  /** Returns the names of inputs that vary in shape. */
  public List<String> variableInputs() {
    return items(tree.path("input")).stream()
        .filter(input -> items(input.path("dims")).stream().anyMatch(dim -> number(dim) < 0))
        .map(input -> input.path("name").asText("input"))
        .toList();
  }

  /** Says whether requests are run at the load of the model. */
  public boolean hasWarmup() {
    return !items(tree.path("model_warmup")).isEmpty();
  }

  /** Says whether it is an ensemble of other models. */
  public boolean isEnsemble() {
    return !steps().isEmpty();
  }

  /** Returns the models of an ensemble, in order of its steps. */
  public List<String> steps() {
    return items(tree.path("ensemble_scheduling").path("step")).stream()
        .map(step -> step.path("model_name").asText(""))
        .toList();
  }

  private JsonNode batching() {
    return tree.path(BATCHING);
  }

  private JsonNode policy() {
    return batching().path("default_queue_policy");
  }

  /** Numbers of 64 bits are text in the JSON of some servers. */
  private static long number(JsonNode node) {
    return node.isTextual() ? parsed(node.textValue()) : node.asLong(0);
  }

  private static long parsed(String text) {
    return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static List<JsonNode> items(JsonNode node) {
    List<JsonNode> items = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(items::add);
    } else if (!node.isMissingNode() && !node.isNull()) {
      items.add(node);
    }
    return items;
  }
}
