package io.waip.triton.actuate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server of remembered configurations that refuses and misunderstands as its test says. */
final class FakeModelServer implements ModelServer {
  static final String ENCODER =
      """
      {"name":"embed","backend":"onnxruntime","max_batch_size":16,
       "instance_group":[{"name":"embed_0","kind":"KIND_CPU","count":1}],
       "dynamic_batching":{"preferred_batch_size":[16],"max_queue_delay_microseconds":500},
       "parameters":{"intra_op_thread_count":{"string_value":"4"}}}
      """;

  /** Configurations in force, by model. */
  final Map<String, String> inForce = new HashMap<>(Map.of("embed", ENCODER));

  /** Models that do not answer though they are loaded. */
  final Set<String> notReady = new HashSet<>();

  /** What the next load is refused with. */
  @Nullable String refusal;

  /** What the next load puts in force in place of what it was given. */
  @Nullable String misunderstood;

  /** Whether a refused load takes the model down. */
  boolean refusalTakesDown;

  boolean takesLoads = true;
  int loads;

  @Override
  public String configuration(String model) {
    String found = inForce.get(model);
    if (found == null) {
      throw refused("no model '" + model + "'");
    }
    return found;
  }

  @Override
  public boolean isReady(String model) {
    return inForce.containsKey(model) && !notReady.contains(model);
  }

  @Override
  public void load(String model, String configuration) {
    loads++;
    if (!takesLoads) {
      throw refused("explicit model load / unload is not allowed if polling is enabled");
    }
    String why = refusal;
    if (why != null) {
      refusal = null;
      if (refusalTakesDown) {
        inForce.put(model, configuration);
        notReady.add(model);
      }
      throw refused(why);
    }
    notReady.remove(model);
    String other = misunderstood;
    misunderstood = null;
    inForce.put(model, other == null ? configuration : other);
  }

  @Override
  public boolean takesLoads() {
    return takesLoads;
  }

  private static ServerRefusal refused(String words) {
    return new ServerRefusal(new IllegalStateException(words));
  }
}
