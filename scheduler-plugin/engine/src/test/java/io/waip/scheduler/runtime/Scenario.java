package io.waip.scheduler.runtime;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import io.waip.api.route.Screener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random deployment, cost model and workload; the same seed gives the same one.
 *
 * <p>Costs are {@code alpha + beta * batch * length} for each variant; a request without a region
 * may run anywhere, one with a region only on endpoints of it.
 */
final class Scenario {
  static final double[] QUALITIES = {1, 0.95, 0.9};
  private static final double[] SPEED = {1, 0.6, 0.35};

  final Deployment deployment;
  final LatencyModel model;
  final EngineSettings settings;
  final Plan firstPlan;
  final long startNanos;
  final double meanGapNanos;
  final double noise;
  final double failureRate;
  final double disturbance;
  final double offlineShare;
  final boolean mayDefer;

  Scenario(SplittableRandom random) {
    mayDefer = random.nextInt(4) == 0;
    long alphaNanos = random.nextLong(100_000, 4_000_000);
    long betaNanos = random.nextLong(1_000, 100_000);
    deployment = deployment(random, alphaNanos + 8 * betaNanos * 8);
    int[] rank = ranks(deployment);
    model =
        (variant, batch, length) ->
            Math.round((alphaNanos + betaNanos * (long) batch * length) * SPEED[rank[variant]]);
    int capacity = new int[] {3, 24, 64, 200}[random.nextInt(4)];
    int window = random.nextInt(4) == 0 ? 4 : 256;
    List<Endpoint> endpoints = deployment.endpoints();
    Screener region =
        (r, e) ->
            r.region() == RequestDescriptor.NO_REGION || r.region() == endpoints.get(e).region();
    EngineSettings defaults = EngineSettings.DEFAULT;
    settings =
        new EngineSettings(
            capacity, window, defaults.ordering(), List.of(region), defaults.admitters());
    firstPlan = plan(random, 0);
    startNanos = new long[] {0, -4_000_000_000_000_000_000L, 1L << 50}[random.nextInt(3)];
    double load = new double[] {0.2, 0.8, 1.3, 4}[random.nextInt(4)];
    meanGapNanos = model.medianNanos(0, 4, 8) / 4.0 / endpoints.size() / load;
    noise = new double[] {0, 0.05, 0.5}[random.nextInt(3)];
    failureRate = new double[] {0, 0, 0.02, 0.5}[random.nextInt(4)];
    disturbance = new double[] {0, 0.02, 0.2}[random.nextInt(3)];
    offlineShare = new double[] {0, 0.2, 0.6}[random.nextInt(3)];
  }

  private static Deployment deployment(SplittableRandom random, long batchNanos) {
    List<Service> services = new ArrayList<>();
    int variants = 0;
    for (int s = random.nextInt(3); s >= 0; s--) {
      Service service = service(random, "s" + s, batchNanos);
      services.add(service);
      variants += service.variants().size();
    }
    List<Tenant> tenants = new ArrayList<>();
    for (int t = random.nextInt(8); t >= 0; t--) {
      boolean limited = random.nextInt(5) == 0;
      double rate = limited ? 50 + random.nextInt(2000) : Double.POSITIVE_INFINITY;
      tenants.add(new Tenant("t" + t, 1 + random.nextInt(8), rate, 1 + random.nextInt(20)));
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (int e = random.nextInt(4); e >= 0; e--) {
      long mask = random.nextInt(2) == 0 ? Endpoint.ALL_VARIANTS : 0;
      for (int v = 0; v < variants; v++) {
        mask |= random.nextInt(3) > 0 ? 1L << v : 0;
      }
      mask = mask == 0 ? 1 : mask;
      endpoints.add(new Endpoint("e" + e, mask, 1 + random.nextInt(2), random.nextInt(3) - 1));
    }
    return new Deployment(services, tenants, endpoints);
  }

  private static Service service(SplittableRandom random, String name, long batchNanos) {
    long latency = Math.round(batchNanos * (1.2 + 6 * random.nextDouble()));
    double floor = new double[] {0, 0.93, 1}[random.nextInt(3)];
    List<Variant> variants = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int maxBatch = new int[] {1, 3, 8, 32}[random.nextInt(4)];
      int maxLength = new int[] {8, 16, 16, 16}[random.nextInt(4)];
      variants.add(new Variant(name + "v" + i, QUALITIES[i], maxBatch, maxLength));
    }
    Tier tier = Tier.of(random.nextInt(10) == 0 ? 2 : random.nextInt(2));
    Objective objective = new Objective(tier, Duration.ofNanos(latency), 99, floor);
    return new Service(name, objective, random.nextInt(4) > 0, variants);
  }

  private static int[] ranks(Deployment deployment) {
    return deployment.services().stream()
        .flatMapToInt(s -> java.util.stream.IntStream.range(0, s.variants().size()))
        .toArray();
  }

  Plan plan(SplittableRandom random, long version) {
    List<ServicePlan> plans = new ArrayList<>();
    for (int s = 0; s < deployment.services().size(); s++) {
      plans.add(
          new ServicePlan.Builder()
              .latencyMargin(1 + random.nextInt(3) * 0.1)
              .paddingCap(new double[] {0, 0.25, 0.9}[random.nextInt(3)])
              .deferral(mayDefer && random.nextBoolean())
              .degradeBacklogNanos(new long[] {0, 5_000_000, 250_000_000}[random.nextInt(3)])
              .offlineShare(new double[] {0, 0.05, 0.5}[random.nextInt(3)])
              .offlineQuantum(new double[] {0.05, 0.5, 1}[random.nextInt(3)])
              .gatherShare(mayDefer ? new double[] {0, 0.005, 0.1}[random.nextInt(3)] : 0)
              .timePrice(new double[] {0, 0.8, 1}[random.nextInt(3)])
              .latenessFactor(new double[] {1, 2, 1000}[random.nextInt(3)])
              .bucketEdges(edges(random, deployment.services().get(s).paddable()))
              .limits(limits(random, deployment.services().get(s)))
              .build());
    }
    return new Plan(version, plans);
  }

  private static List<Integer> edges(SplittableRandom random, boolean paddable) {
    int count = paddable && random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0;
    return random.ints(count, 1, 20).sorted().distinct().boxed().toList();
  }

  /** The first variant may take all, others a share, also below the floor. */
  private static ServiceLimits limits(SplittableRandom random, Service service) {
    if (random.nextInt(3) > 0) {
      return ServiceLimits.NONE;
    }
    List<VariantLimit> variants = new ArrayList<>();
    for (int i = 0; i < service.variants().size(); i++) {
      double share = i == 0 ? 1 : new double[] {0, 0.2, 0.5, 1}[random.nextInt(4)];
      variants.add(new VariantLimit(share, new int[] {2, 5, 1000}[random.nextInt(3)]));
    }
    boolean hasCeiling = random.nextInt(4) == 0;
    double ceiling = hasCeiling ? 20 + random.nextInt(500) : Double.POSITIVE_INFINITY;
    return new ServiceLimits(ceiling, variants);
  }

  Engine engine() {
    return new Engine(deployment, model, firstPlan, settings);
  }

  /** Describes a random request that arrives at {@code nowNanos}. */
  void describe(SplittableRandom random, long nowNanos, long id, RequestDescriptor out) {
    int service = random.nextInt(deployment.services().size());
    out.reset(id, service, random.nextInt(deployment.tenants().size()));
    boolean offline = random.nextDouble() < offlineShare;
    Tier tier = offline ? Tier.OFFLINE : Tier.of(random.nextInt(2));
    long latency = deployment.services().get(service).objective().latency().toNanos();
    boolean deadline = random.nextInt(20) > 0 ^ (offline && random.nextInt(4) > 0);
    double slack = random.nextInt(15) == 0 ? 0.1 * random.nextDouble() : 1;
    double floor = random.nextInt(5) == 0 ? QUALITIES[random.nextInt(2)] - 0.01 : 0;
    floor = random.nextInt(100) == 0 ? 1 : floor;
    out.tier(tier)
        .arrivalNanos(nowNanos - random.nextInt(1000))
        .length(random.nextInt(100) == 0 ? 17 : 1 + random.nextInt(16))
        .deadlineNanos(
            deadline ? nowNanos + Math.round(latency * slack) : RequestDescriptor.NO_DEADLINE)
        .qualityFloor(floor)
        .region(random.nextInt(6) == 0 ? random.nextInt(3) : RequestDescriptor.NO_REGION);
  }
}
