package io.waip.replay.limit;

import java.util.Collections;
import java.util.List;

/**
 * The devices that serve a workload, by class.
 *
 * @param classes at least one, all with the same number of services
 */
public record Fleet(List<DeviceClass> classes) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty or the classes know different numbers of
   *     services
   */
  public Fleet {
    classes = List.copyOf(classes);
    if (classes.stream().mapToInt(each -> each.services().size()).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "a fleet needs classes with one number of services, has "
              + classes.stream().map(each -> each.services().size()).toList());
    }
  }

  /** Identical workers on which a number of services have one cost. */
  static Fleet uniform(BatchCost cost, WorkerPool pool, int services) {
    ServiceCost each = new ServiceCost(cost, pool.variants(), pool.maxBatch());
    return new Fleet(List.of(new DeviceClass(pool.workers(), Collections.nCopies(services, each))));
  }

  /** Returns the number of services. */
  public int services() {
    return classes.getFirst().services().size();
  }
}
