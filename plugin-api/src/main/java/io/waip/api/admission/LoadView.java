package io.waip.api.admission;

/** What an admission decision may read of the engine's state. Valid during the call only. */
public interface LoadView {
  /** Returns the number of queued requests. */
  int queued();

  /** Returns the most requests that may be queued. */
  int queueCapacity();

  /**
   * Returns how many endpoints a service has up, each counted by how much faster than the service's
   * reference the variant of highest quality is that it runs; {@code > 0}, 1 where none is up.
   */
  double devices(int service);

  /**
   * Returns the predicted device time of the deadline-bound requests queued for a service, at its
   * most efficient batch, nanoseconds.
   */
  long backlogNanos(int service);

  /**
   * Returns the part of {@link #backlogNanos(int)} that may go before a new request of a tenant:
   * all of it, or the tenant's own requests where the tenant is inside its share and others are
   * not.
   */
  default long backlogNanos(int service, int tenant) {
    return backlogNanos(service);
  }

  /**
   * Returns the predicted time until an endpoint that runs the service is free, nanoseconds; 0 if
   * one is.
   */
  long busyNanos(long nowNanos, int service);

  /**
   * Returns the predicted time of this length alone, on the service's fastest variant that is up,
   * nanoseconds, or {@link io.waip.api.cost.LatencyModel#UNKNOWN_NANOS}.
   */
  long aloneNanos(int service, int length);

  /** Returns {@link io.waip.api.plan.ServicePlan#latenessFactor} of the service. */
  double latenessFactor(int service);
}
