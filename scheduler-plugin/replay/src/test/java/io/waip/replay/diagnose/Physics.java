package io.waip.replay.diagnose;

import java.util.HashMap;
import java.util.Map;

/**
 * What is true of a simulated machine whatever is configured: times of a model, cores, memory.
 * Figures have a name and a default of 0, so that a plant names only what it is about.
 */
final class Physics {
  /** Time of a batch as such, on one thread, ms. */
  static final String ALPHA = "alpha_ms";

  /** Time of each row, on one thread, ms. */
  static final String BETA = "beta_ms";

  /** Time of each row for copying in, and out, ms. */
  static final String INPUT = "input_ms";

  static final String OUTPUT = "output_ms";

  /** Rows beyond which a batch leaves the cache, and what each multiple of it costs then. */
  static final String KNEE = "knee_rows";

  static final String KNEE_COST = "knee_cost";

  /** Executions of an instance that are cold, and their factor. */
  static final String COLD = "cold_executions";

  static final String COLD_FACTOR = "cold_factor";

  /** Part of the device that one execution fills. */
  static final String DEVICE = "device_share";

  /** Part of the memory that one instance takes, and that other models take. */
  static final String INSTANCE_MEMORY = "instance_memory";

  static final String OTHER_MEMORY = "other_memory";

  /** How much longer an execution takes at the end of a run that is short of memory. */
  static final String SWAPPING = "swapping";

  /** Bytes of pinned memory that are asked for. */
  static final String PINNED = "pinned_bytes";

  /** Share of ends of executions that a batcher without prefetching misses. */
  static final String MISSED = "missed_ends";

  /** Rows that a batching strategy allows, where it is heeded. */
  static final String STRATEGY = "strategy_rows";

  /** Time-out that clients ask for, ms. */
  static final String CLIENT_TIMEOUT = "client_timeout_ms";

  /** Look-up and insertion of a response cache, ms, and its share of hits. */
  static final String CACHE = "cache_ms";

  static final String HITS = "cache_hits";

  private final Map<String, Double> figures = new HashMap<>();

  Physics with(String name, double value) {
    figures.put(name, value);
    return this;
  }

  double get(String name) {
    return figures.getOrDefault(name, 0.0);
  }

  boolean has(String name) {
    return figures.containsKey(name);
  }

  Physics copy() {
    Physics copy = new Physics();
    copy.figures.putAll(figures);
    return copy;
  }
}
