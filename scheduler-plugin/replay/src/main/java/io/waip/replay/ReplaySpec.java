package io.waip.replay;

import io.waip.replay.limit.WorkerPool;
import io.waip.replay.spec.CostSpec;
import java.util.List;

/**
 * What is replayed: one service on workers that are alike.
 *
 * @param traffic the requests
 * @param sloNanos latency objective of requests that are not offline, nanoseconds, {@code > 0}
 * @param cost execution time of a batch
 * @param devices workers, and what happens to them
 * @param noise on execution times, and the seed
 */
public record ReplaySpec(
    Traffic traffic, long sloNanos, CostSpec cost, Devices devices, Noise noise) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public ReplaySpec {
    if (sloNanos < 1) {
      throw new IllegalArgumentException("slo must be >= 1 ns, is " + sloNanos);
    }
  }

  /**
   * Asks for workers to which nothing happens.
   *
   * @throws IllegalArgumentException if a part is out of range
   */
  public ReplaySpec(Traffic traffic, long sloNanos, CostSpec cost, WorkerPool pool, Noise noise) {
    this(traffic, sloNanos, cost, new Devices(pool, List.of()), noise);
  }

  /** Returns the workers. */
  public WorkerPool pool() {
    return devices.pool();
  }

  /** Returns this with another seed of noise and generated arrivals. */
  ReplaySpec withSeed(long seed) {
    Noise other = new Noise(noise.coefficientOfVariation(), seed);
    return new ReplaySpec(traffic, sloNanos, cost, devices, other);
  }
}
