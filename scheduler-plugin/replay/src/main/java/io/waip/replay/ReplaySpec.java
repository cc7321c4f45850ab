package io.waip.replay;

import io.waip.api.deployment.Deployment;
import io.waip.replay.limit.BatchCost;
import io.waip.replay.limit.DeviceClass;
import io.waip.replay.limit.Fleet;
import io.waip.replay.limit.ServiceCost;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.CostTable;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is replayed.
 *
 * @param traffic the requests
 * @param services that they call; at least one
 * @param devices workers, and what happens to them
 * @param noise on execution times, and the seed
 */
public record ReplaySpec(
    Traffic traffic, List<ServiceSpec> services, Devices devices, Noise noise) {
  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if there is no service, there are too many variants: one for
   *     each service on each kind of worker, or a kind of worker has costs of other services; the
   *     message is one line for the user
   */
  public ReplaySpec {
    services = List.copyOf(services);
    int variants = services.size() * devices.classes().size();
    if (services.isEmpty() || variants > Deployment.MAX_VARIANTS) {
      throw new IllegalArgumentException(
          "%d services on %d kinds of workers are %d variants; allowed: 1 to %d; remedy: name fewer"
              .formatted(
                  services.size(), devices.classes().size(), variants, Deployment.MAX_VARIANTS));
    }
    for (DeviceSpec device : devices.classes()) {
      if (!device.costs().isEmpty() && device.costs().size() != services.size()) {
        throw new IllegalArgumentException(
            "'%s' has %d costs; allowed: none or %d, one for each service; remedy: name them all"
                .formatted(device.name(), device.costs().size(), services.size()));
      }
    }
  }

  /**
   * Asks for one service.
   *
   * @param sloNanos latency objective of requests that are not offline, nanoseconds, {@code > 0}
   * @throws IllegalArgumentException if a part is out of range
   */
  public ReplaySpec(Traffic traffic, long sloNanos, CostSpec cost, Devices devices, Noise noise) {
    this(traffic, List.of(ServiceSpec.only(sloNanos, cost)), devices, noise);
  }

  /**
   * Asks for one service on workers that are alike and to which nothing happens.
   *
   * @throws IllegalArgumentException if a part is out of range
   */
  public ReplaySpec(Traffic traffic, long sloNanos, CostSpec cost, WorkerPool pool, Noise noise) {
    this(traffic, sloNanos, cost, Devices.alike(pool, List.of()), noise);
  }

  /** Returns the tightest latency objective of a service, nanoseconds. */
  public long sloNanos() {
    return services.stream().mapToLong(ServiceSpec::sloNanos).min().orElseThrow();
  }

  /** Returns what batches of a service take on a kind of worker. */
  CostSpec cost(int service, DeviceSpec device) {
    return device.cost(service, services.get(service).cost());
  }

  /** Returns the times of every service on every kind of worker, service by service. */
  CostTable costs() {
    List<CostSpec> costs = new ArrayList<>();
    for (int s = 0; s < services.size(); s++) {
      for (DeviceSpec device : devices.classes()) {
        costs.add(cost(s, device));
      }
    }
    return new CostTable(costs);
  }

  /** Returns the workers as the limit and the search with full knowledge see them. */
  Fleet fleet() {
    List<DeviceClass> classes = new ArrayList<>();
    for (int c = 0; c < devices.classes().size(); c++) {
      DeviceSpec device = devices.classes().get(c);
      List<ServiceCost> costs =
          IntStream.range(0, services.size())
              .mapToObj(s -> BatchCost.of(cost(s, device)))
              .map(cost -> new ServiceCost(cost, 1, devices.maxBatch()))
              .toList();
      classes.add(new DeviceClass(device.count(), costs, devices.outages(c)));
    }
    return new Fleet(classes);
  }

  /** Returns this with another seed of noise and generated arrivals. */
  ReplaySpec withSeed(long seed) {
    Noise other = new Noise(noise.coefficientOfVariation(), seed);
    return new ReplaySpec(traffic, services, devices, other);
  }
}
