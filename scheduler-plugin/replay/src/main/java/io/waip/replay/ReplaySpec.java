package io.waip.replay;

import io.waip.api.deployment.Deployment;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.spec.CostSpec;

/**
 * What is replayed: one service on identical workers.
 *
 * @param traffic the requests
 * @param sloNanos latency objective of requests that are not offline, nanoseconds, {@code > 0}
 * @param cost execution time of a batch
 * @param pool workers, at most {@link Deployment#MAX_ENDPOINTS}, of one variant
 * @param noise on execution times, and the seed
 */
public record ReplaySpec(
    Traffic traffic, long sloNanos, CostSpec cost, WorkerPool pool, Noise noise) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public ReplaySpec {
    if (sloNanos < 1) {
      throw new IllegalArgumentException("slo must be >= 1 ns, is " + sloNanos);
    }
    if (pool.workers() > Deployment.MAX_ENDPOINTS || pool.variants() != 1) {
      throw new IllegalArgumentException(
          "a replay has at most %d workers and one variant, got %d and %d"
              .formatted(Deployment.MAX_ENDPOINTS, pool.workers(), pool.variants()));
    }
  }

  /** Returns this with another seed of noise and generated arrivals. */
  ReplaySpec withSeed(long seed) {
    Noise other = new Noise(noise.coefficientOfVariation(), seed);
    return new ReplaySpec(traffic, sloNanos, cost, pool, other);
  }
}
