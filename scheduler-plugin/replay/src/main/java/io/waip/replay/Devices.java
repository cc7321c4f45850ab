package io.waip.replay;

import io.waip.api.RequestDescriptor;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.replay.drive.EndpointEvent;
import io.waip.replay.limit.Outage;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.EventSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The workers of a replay, class by class, and what happens to them. Each class is a variant of its
 * own of every service.
 *
 * @param classes kinds of workers, together at most {@link Deployment#MAX_ENDPOINTS} workers
 * @param maxBatch most requests in a batch, {@code >= 1}
 * @param events changes of workers, in any order; may be empty
 */
public record Devices(List<DeviceSpec> classes, int maxBatch, List<EventSpec> events) {
  /**
   * Copies the lists and checks the parts.
   *
   * @throws IllegalArgumentException if there are no or too many workers, or an event is of a
   *     worker that does not exist; the message is one line for the user
   */
  public Devices {
    classes = List.copyOf(classes);
    events = List.copyOf(events);
    int workers = classes.stream().mapToInt(DeviceSpec::count).sum();
    if (workers < 1 || workers > Deployment.MAX_ENDPOINTS || maxBatch < 1) {
      throw new IllegalArgumentException(
          "a replay has at least 1 and at most %d workers, and batches of at least 1; got %d and %d"
              .formatted(Deployment.MAX_ENDPOINTS, workers, maxBatch));
    }
    List<String> names = names(classes);
    events.forEach(event -> event.resolve(names));
  }

  /**
   * Returns workers that are alike.
   *
   * @throws IllegalArgumentException if there are too many workers or more than one variant, or an
   *     event is of a worker that does not exist
   */
  public static Devices alike(WorkerPool pool, List<EventSpec> events) {
    if (pool.variants() != 1) {
      throw new IllegalArgumentException(
          "a replay has one variant for each kind of worker, got " + pool.variants());
    }
    return new Devices(List.of(DeviceSpec.workers(pool.workers())), pool.maxBatch(), events);
  }

  private static List<String> names(List<DeviceSpec> classes) {
    return classes.stream().flatMap(each -> each.workerNames().stream()).toList();
  }

  /** Returns the number of workers. */
  public int workers() {
    return classes.stream().mapToInt(DeviceSpec::count).sum();
  }

  /** Says whether all workers are of one kind. */
  public boolean areAlike() {
    return classes.size() == 1;
  }

  /**
   * Returns the endpoints.
   *
   * @param services how many there are; variant {@code s * classes + c} is of service s on class c
   */
  List<Endpoint> endpoints(int services) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      long variants = 0;
      for (int s = 0; s < services; s++) {
        variants |= 1L << (s * classes.size() + c);
      }
      for (String name : classes.get(c).workerNames()) {
        endpoints.add(new Endpoint(name, variants, 1, RequestDescriptor.NO_REGION));
      }
    }
    return endpoints;
  }

  /** Returns what happens to the endpoints. */
  List<EndpointEvent> timeline() {
    List<String> names = names(classes);
    return events.stream().map(event -> event.resolve(names)).toList();
  }

  /**
   * Returns when workers of a class are down: they do nothing from going down until they are up.
   * One that drains still finishes a batch, which may have been its last in time or not, so that
   * says nothing for sure.
   */
  List<Outage> outages(int deviceClass) {
    int first = classes.subList(0, deviceClass).stream().mapToInt(DeviceSpec::count).sum();
    List<Outage> outages = new ArrayList<>();
    for (int e = first; e < first + classes.get(deviceClass).count(); e++) {
      outages.addAll(Outages.of(timeline(), e));
    }
    return outages;
  }
}
