package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The {@link GoodputLimit}s of one workload on fleets that differ in the numbers of their workers
 * alone. What each request costs on a class does not depend on that number, so it is computed once.
 * Immutable.
 */
public final class FleetLimits {
  private final Workload workload;
  private final List<ClassWorks> works;

  private FleetLimits(Workload workload, List<ClassWorks> works) {
    this.workload = workload;
    this.works = works;
  }

  /**
   * Computes what requests cost.
   *
   * @param classes cost of every service on each class of devices; at least one class, all with the
   *     same number of services
   * @throws IllegalArgumentException if a cost is NaN or not positive, or a request calls a service
   *     that the classes do not know
   */
  public static FleetLimits of(Workload workload, List<List<ServiceCost>> classes) {
    List<DeviceClass> one = classes.stream().map(costs -> new DeviceClass(1, costs)).toList();
    return new FleetLimits(workload, FleetWorks.of(workload, new Fleet(one)));
  }

  /**
   * Returns the limit of workers that are never down.
   *
   * @param workers of each class, {@code >= 0}
   */
  public GoodputLimit at(List<Integer> workers) {
    return at(workers, Collections.nCopies(works.size(), List.of()));
  }

  /**
   * Returns the limit.
   *
   * @param workers of each class, {@code >= 0}
   * @param outages of each class; never of more workers at once than it has
   */
  public GoodputLimit at(List<Integer> workers, List<List<Outage>> outages) {
    List<ClassWorks> fleet = new ArrayList<>();
    for (int c = 0; c < works.size(); c++) {
      if (workers.get(c) > 0) {
        Supply supply = Supply.of(workers.get(c), outages.get(c));
        fleet.add(new ClassWorks(supply, works.get(c).works()));
      }
    }
    return GoodputLimit.of(workload, fleet);
  }
}
