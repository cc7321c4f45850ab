package io.waip.triton.actuate;

import io.waip.api.actuate.ModelSetting;
import io.waip.triton.json.JsonTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A model's whole configuration as a server gives it; immutable. */
final class Configuration {
  static final String THREADS = "intra_op_thread_count";
  static final String INSTANCE_GROUP = "instance_group";
  static final String COUNT = "count";
  static final String MAX_BATCH = "max_batch_size";
  static final String PARAMETERS = "parameters";
  static final String STRING_VALUE = "string_value";
  static final String BATCHING = "dynamic_batching";
  static final String DELAY = "max_queue_delay_microseconds";
  static final String PREFERRED = "preferred_batch_size";

  private static final String ONNX_RUNTIME = "onnxruntime";
  private static final List<String> OTHER_SCHEDULERS =
      List.of("sequence_batching", "ensemble_scheduling");

  private final Map<String, Object> root;

  private Configuration(Map<String, Object> root) {
    this.root = root;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  static Configuration read(String json) {
    return new Configuration(JsonTree.read(json));
  }

  String json() {
    return JsonTree.write(root);
  }

  /** Returns the setting in it; one instance where it counts none. */
  ModelSetting setting() {
    long instances = 0;
    for (Object group : list(root.get(INSTANCE_GROUP))) {
      instances += count(map(group)) * devices(map(group));
    }
    int largest = Math.toIntExact(number(root.get(MAX_BATCH)));
    Optional<Map<String, Object>> batching =
        root.containsKey(BATCHING) ? Optional.of(map(root.get(BATCHING))) : Optional.empty();
    return new ModelSetting(
        String.valueOf(root.get("name")),
        Math.toIntExact(Math.max(1, instances)),
        threads(),
        largest < 1 ? OptionalInt.empty() : OptionalInt.of(largest),
        batching.map(each -> micros(number(each.get(DELAY)))),
        batching.map(Configuration::preferred).orElse(List.of()));
  }

  private OptionalInt threads() {
    Object text = map(map(root.get(PARAMETERS)).get(THREADS)).get(STRING_VALUE);
    boolean isCount = isOnnxRuntime() && text instanceof String s && s.matches("[1-9]\\d{0,5}");
    return isCount ? OptionalInt.of(Integer.parseInt((String) text)) : OptionalInt.empty();
  }

  private static List<Integer> preferred(Map<String, Object> batching) {
    return list(batching.get(PREFERRED)).stream()
        .map(size -> Math.toIntExact(number(size)))
        .toList();
  }

  /** Says whether the backend reads the parameter of threads. */
  private boolean isOnnxRuntime() {
    return ONNX_RUNTIME.equals(root.get("backend"))
        || String.valueOf(root.get("platform")).startsWith(ONNX_RUNTIME);
  }

  /** Returns the one group of instances. */
  Map<String, Object> group() {
    List<Object> groups = list(root.get(INSTANCE_GROUP));
    if (groups.size() != 1) {
      throw new IllegalArgumentException(
          "it has %d groups of instances, only one can be changed".formatted(groups.size()));
    }
    return map(groups.getFirst());
  }

  /**
   * Returns this with a setting put in and all else as it is. Preferred batches that a smaller
   * {@code maxBatch} leaves no room for go, and the one that is the largest batch stays that.
   *
   * @throws IllegalArgumentException if this model cannot run so; the message says why
   */
  Configuration with(ModelSetting wanted) {
    ModelSetting current = setting();
    Map<String, Object> changed = new LinkedHashMap<>(root);
    if (wanted.instances() != current.instances()) {
      changed.put(INSTANCE_GROUP, List.of(groupOf(wanted.instances())));
    }
    if (wanted.threads().isPresent() && !wanted.threads().equals(current.threads())) {
      changed.put(PARAMETERS, parametersWith(wanted.threads().getAsInt()));
    }
    if (wanted.maxBatch().isPresent() && !wanted.maxBatch().equals(current.maxBatch())) {
      if (current.maxBatch().isEmpty()) {
        throw new IllegalArgumentException("its tensors have no batch axis");
      }
      changed.put(MAX_BATCH, (long) wanted.maxBatch().getAsInt());
    }
    batchingWith(wanted, current).ifPresent(batching -> changed.put(BATCHING, batching));
    return new Configuration(changed);
  }

  private Map<String, Object> groupOf(int instances) {
    Map<String, Object> group = new LinkedHashMap<>(group());
    int devices = devices(group);
    if (instances % devices != 0) {
      throw new IllegalArgumentException(
          "its instances are the same on each of %d devices, %d cannot be"
              .formatted(devices, instances));
    }
    group.put(COUNT, (long) instances / devices);
    return group;
  }

  private Map<String, Object> parametersWith(int threads) {
    if (!isOnnxRuntime()) {
      throw new IllegalArgumentException(
          "its backend is '%s', threads are a parameter of '%s'"
              .formatted(root.get("backend"), ONNX_RUNTIME));
    }
    Map<String, Object> parameters = new LinkedHashMap<>(map(root.get(PARAMETERS)));
    parameters.put(THREADS, Map.of(STRING_VALUE, String.valueOf(threads)));
    return parameters;
  }

  private Optional<Map<String, Object>> batchingWith(ModelSetting wanted, ModelSetting current) {
    boolean wants = wanted.queueDelay().isPresent() || !wanted.preferredBatches().isEmpty();
    if (!wants && !root.containsKey(BATCHING)) {
      return Optional.empty();
    }
    for (String other : OTHER_SCHEDULERS) {
      if (wants && root.containsKey(other)) {
        throw new IllegalArgumentException("it has " + other + ", which forms no such batches");
      }
    }
    Map<String, Object> batching = new LinkedHashMap<>(map(root.get(BATCHING)));
    wanted.queueDelay().ifPresent(delay -> batching.put(DELAY, wholeMicros(delay)));
    List<Integer> sizes = preferredUnder(wanted, current);
    if (!sizes.equals(current.preferredBatches())) {
      batching.put(PREFERRED, sizes.stream().map(size -> (Object) (long) size).toList());
    }
    return Optional.of(batching);
  }

  private static List<Integer> preferredUnder(ModelSetting wanted, ModelSetting current) {
    if (!wanted.preferredBatches().isEmpty()) {
      return wanted.preferredBatches();
    }
    if (wanted.maxBatch().isEmpty() || wanted.maxBatch().equals(current.maxBatch())) {
      return current.preferredBatches();
    }
    int largest = wanted.maxBatch().getAsInt();
    boolean isLargest = List.of(current.maxBatch().orElse(0)).equals(current.preferredBatches());
    List<Integer> fitting =
        current.preferredBatches().stream().filter(size -> size <= largest).toList();
    return isLargest ? List.of(largest) : fitting;
  }

  /** Says whether another has the same but for what a setting is about. */
  boolean differsOnlyInSettingFrom(Configuration other) {
    return withoutSetting().equals(other.withoutSetting());
  }

  private Map<String, Object> withoutSetting() {
    Map<String, Object> rest = new LinkedHashMap<>(root);
    rest.remove(MAX_BATCH);
    rest.remove(BATCHING);
    List<Object> groups = new ArrayList<>();
    list(root.get(INSTANCE_GROUP)).forEach(group -> groups.add(without(map(group), COUNT)));
    rest.put(INSTANCE_GROUP, groups);
    rest.put(PARAMETERS, without(map(root.get(PARAMETERS)), THREADS));
    Map<String, Object> batching = new LinkedHashMap<>(map(root.get(BATCHING)));
    batching.remove(DELAY);
    batching.remove(PREFERRED);
    // What Triton fills in of batching that is new.
    batching.values().removeIf(value -> value.equals(0L) || value.equals(false));
    rest.put(BATCHING, batching);
    return rest;
  }

  private static Map<String, Object> without(Map<String, Object> map, String key) {
    Map<String, Object> rest = new LinkedHashMap<>(map);
    rest.remove(key);
    return rest;
  }

  private static long count(Map<String, Object> group) {
    return number(group.get(COUNT));
  }

  private static int devices(Map<String, Object> group) {
    return Math.max(1, list(group.get("gpus")).size());
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(Math.multiplyExact(micros, 1_000L));
  }

  static long wholeMicros(Duration delay) {
    long micros = delay.toNanos() / 1_000;
    if (!micros(micros).equals(delay)) {
      throw new IllegalArgumentException("a queue delay has whole microseconds, not " + delay);
    }
    return micros;
  }

  private static long number(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Number number -> number.longValue();
      case String text -> Long.parseLong(text);
      default -> throw new IllegalArgumentException("'" + value + "' is no number");
    };
  }

  @SuppressWarnings("unchecked") // of JsonTree, whose names are text
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  @SuppressWarnings("unchecked") // of JsonTree, whose lists hold any value
  private static List<Object> list(@Nullable Object value) {
    return value instanceof List<?> list ? (List<Object>) list : List.of();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Configuration that && root.equals(that.root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }
}
