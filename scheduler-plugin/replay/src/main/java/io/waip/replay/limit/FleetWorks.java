package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each request of a workload costs each class of a fleet at least.
 *
 * <p>Requests of two services are never in one batch, so {@link WorkBound} is taken over the
 * requests of one service at a time, with the costs of the class. That some workers are down for a
 * while is left to the {@link Supply}: a batch beside an outage still has the windows of all its
 * members around it.
 */
final class FleetWorks {
  /** The requests of one service, and which of the whole workload they are. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares or prints parts.
  private record Part(int service, int[] requests, Workload workload) {
    static Part of(Workload whole, int service) {
      int[] requests =
          IntStream.range(0, whole.size()).filter(i -> whole.service(i) == service).toArray();
      if (requests.length == whole.size()) {
        return new Part(service, requests, whole);
      }
      Workload.Builder builder = new Workload.Builder(whole.windowNanos());
      for (int i : requests) {
        builder.add(
            whole.arrivalNanos(i),
            whole.length(i),
            whole.tier(i),
            whole.tenant(i),
            whole.deadlineNanos(i));
      }
      return new Part(service, requests, builder.build());
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private final int size;

  private FleetWorks(Workload workload, int services) {
    size = workload.size();
    boolean[] called = new boolean[services];
    for (int i = 0; i < size; i++) {
      int service = workload.service(i);
      if (service >= services) {
        throw new IllegalArgumentException(
            "request %d calls service %d, the fleet knows %d".formatted(i, service, services));
      }
      called[service] = true;
    }
    for (int s = 0; s < services; s++) {
      if (called[s]) {
        parts.add(Part.of(workload, s));
      }
    }
  }

  /**
   * Computes the bound of every request on every class, in the fleet's order.
   *
   * @throws IllegalArgumentException if a cost is NaN or not positive, or a request calls a service
   *     that the fleet does not know
   */
  static List<ClassWorks> of(Workload workload, Fleet fleet) {
    FleetWorks works = new FleetWorks(workload, fleet.services());
    return fleet.classes().stream().map(works::of).toList();
  }

  private ClassWorks of(DeviceClass device) {
    double[] works = ClassWorks.unservable(size);
    for (Part part : parts) {
      ServiceCost cost = device.services().get(part.service());
      double[] nanos = WorkBound.nanos(part.workload(), new CostEnvelope(part.workload(), cost));
      for (int k = 0; k < nanos.length; k++) {
        works[part.requests()[k]] = nanos[k];
      }
    }
    return new ClassWorks(Supply.of(device.workers(), device.outages()), works);
  }
}
