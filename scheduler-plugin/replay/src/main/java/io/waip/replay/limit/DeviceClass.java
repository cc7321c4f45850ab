package io.waip.replay.limit;

import java.util.List;

/**
 * Workers of one kind: each runs one batch of one service at a time.
 *
 * @param workers {@code >= 1}
 * @param services cost of each service, by index; at least one
 * @param outages when some of the workers are down; they may overlap
 */
public record DeviceClass(int workers, List<ServiceCost> services, List<Outage> outages) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is no worker or no service, or more workers are down
   *     at once than there are
   */
  public DeviceClass {
    services = List.copyOf(services);
    outages = List.copyOf(outages);
    if (workers < 1 || services.isEmpty()) {
      throw new IllegalArgumentException(
          "a device class needs workers and services, has %d, %d"
              .formatted(workers, services.size()));
    }
    requireEnough(workers, outages);
  }

  /** Workers that are never down. */
  public DeviceClass(int workers, List<ServiceCost> services) {
    this(workers, services, List.of());
  }

  private static void requireEnough(int workers, List<Outage> outages) {
    for (Outage start : outages) {
      int down =
          outages.stream()
              .filter(o -> o.fromNanos() <= start.fromNanos() && start.fromNanos() < o.untilNanos())
              .mapToInt(Outage::workers)
              .sum();
      if (down > workers) {
        throw new IllegalArgumentException(
            "%d of %d workers are down at %d ns".formatted(down, workers, start.fromNanos()));
      }
    }
  }
}
