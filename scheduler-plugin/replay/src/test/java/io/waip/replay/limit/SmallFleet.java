package io.waip.replay.limit;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random workload of several services and a random fleet of unlike devices with outages, small
 * enough for an exhaustive search.
 *
 * @param machines the fleet's workers one by one
 */
record SmallFleet(Workload workload, Fleet fleet, List<ExactOptimum.Machine> machines) {
  /** Draws 2 to 7 requests of 1 or 2 services on 1 to 3 classes of 1 or 2 workers. */
  static SmallFleet draw(Random random) {
    int services = 1 + random.nextInt(2);
    List<DeviceClass> classes = new ArrayList<>();
    List<ExactOptimum.Machine> machines = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int d = 0; d < count; d++) {
      List<ServiceCost> costs = new ArrayList<>();
      for (int s = 0; s < services; s++) {
        costs.add(cost(random));
      }
      int workers = count < 3 ? 1 + random.nextInt(2) : 1;
      List<Outage> outages = new ArrayList<>();
      for (int w = 0; w < workers; w++) {
        List<Outage> downtimes = downtimes(random);
        outages.addAll(downtimes);
        machines.add(new ExactOptimum.Machine(costs, downtimes));
      }
      classes.add(new DeviceClass(workers, costs, outages));
    }
    Workload workload = workload(random, 2 + random.nextInt(6), services);
    return new SmallFleet(workload, new Fleet(classes), machines);
  }

  private static ServiceCost cost(Random random) {
    if (random.nextInt(6) == 0) {
      return ServiceCost.NOWHERE;
    }
    double alpha = 2 + random.nextInt(5);
    double beta = 0.5 + random.nextInt(3);
    double gamma = random.nextInt(2) * 0.5;
    boolean dips = random.nextInt(4) == 0;
    BatchCost cost =
        (variant, batch, length) -> {
          double nanos = (alpha + batch * (beta + gamma * length)) * (variant == 0 ? 1 : 0.8);
          return dips && batch == 3 ? nanos * 0.6 : nanos;
        };
    return new ServiceCost(cost, 1 + random.nextInt(2), 1 + random.nextInt(4));
  }

  private static List<Outage> downtimes(Random random) {
    if (random.nextInt(3) > 0) {
      return List.of();
    }
    int from = random.nextInt(40);
    return List.of(new Outage(from, from + 1 + random.nextInt(20), 1));
  }

  private static Workload workload(Random random, int n, int services) {
    int horizon = 10 + random.nextInt(30);
    boolean nested = random.nextBoolean();
    Workload.Builder builder = new Workload.Builder(60);
    for (long arrival : random.longs(n, 0, horizon).sorted().toArray()) {
      boolean offline = nested && random.nextInt(4) == 0;
      long slo = nested ? 4 + random.nextInt(20) : 12;
      builder.add(
          new Workload.Request(
              random.nextInt(services),
              arrival,
              1 + random.nextInt(3),
              offline ? Tier.OFFLINE : Tier.INTERACTIVE,
              0,
              offline ? RequestDescriptor.NO_DEADLINE : arrival + slo));
    }
    return builder.build();
  }
}
