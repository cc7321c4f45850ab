package io.waip.replay;

import io.waip.replay.policy.Policy;
import io.waip.replay.spec.ServerSpec;
import io.waip.replay.spec.WorkloadSpec;
import java.util.HashSet;
import java.util.List;

/**
 * Everything a replay depends on.
 *
 * @param workload the requests
 * @param server what serves them
 * @param policies those compared, at least one, each once
 * @param noise coefficient of variation of execution times, {@code [0, 10]}; 0 for the nominal ones
 * @param seed of generated arrivals and of noise
 */
public record ReplaySpec(
    WorkloadSpec workload, ServerSpec server, List<Policy> policies, double noise, long seed) {
  private static final double MAX_NOISE = 10;

  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if there is no policy or one twice, or the noise is out of
   *     range
   */
  public ReplaySpec {
    policies = List.copyOf(policies);
    if (policies.isEmpty() || new HashSet<>(policies).size() < policies.size()) {
      throw new IllegalArgumentException(
          "policies must be given, each once; one or more of "
              + String.join(", ", Policy.labels()));
    }
    if (!(noise >= 0 && noise <= MAX_NOISE)) {
      throw new IllegalArgumentException(
          "noise must be a coefficient of variation in [0, 10], is " + noise);
    }
  }
}
