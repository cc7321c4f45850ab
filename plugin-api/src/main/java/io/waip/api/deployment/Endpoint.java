package io.waip.api.deployment;

import io.waip.api.RequestDescriptor;

/**
 * A place that runs batches: a worker, a model instance or a server.
 *
 * @param name not blank
 * @param variants bit {@code v} set where it runs variant {@code v}, over all services in order
 * @param maxInFlight batches it may hold at once, {@code >= 1}
 * @param region index of its data region, or {@link RequestDescriptor#NO_REGION}
 */
public record Endpoint(String name, long variants, int maxInFlight, int region) {
  /** Runs every variant. */
  public static final long ALL_VARIANTS = -1L;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Endpoint {
    if (name.isBlank()) {
      throw new IllegalArgumentException("endpoint must have a name");
    }
    if (variants == 0) {
      throw new IllegalArgumentException("endpoint '" + name + "' runs no variant");
    }
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("max_in_flight must be >= 1, is " + maxInFlight);
    }
  }

  /** Returns a worker that runs every variant, one batch at a time. */
  public static Endpoint worker(String name) {
    return new Endpoint(name, ALL_VARIANTS, 1, RequestDescriptor.NO_REGION);
  }

  /** Says whether it runs this variant. */
  public boolean runs(int variant) {
    return (variants >>> variant & 1) != 0;
  }
}
