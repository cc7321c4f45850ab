package io.waip.replay.records;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
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
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.CostTable;
import io.waip.scheduler.runtime.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random deployment and random events of every kind; the same seed gives the same ones. */
final class RandomRun implements Decisions {
  private static final int EVENTS = 250;
  private static final long MS = Runs.MS;

  private record Running(long id, long nanos) {}

  private final SplittableRandom random;
  private final RunSetup setup;
  private final RequestDescriptor request = new RequestDescriptor();
  private final List<Running> running = new ArrayList<>();
  private long nowNanos;
  private long nextId;
  private long planVersion;

  RandomRun(long seed) {
    random = new SplittableRandom(seed);
    Deployment deployment = deployment();
    nowNanos = random.nextBoolean() ? 0 : -4_000_000_000_000_000_000L;
    int queue = new int[] {3, 40, 400}[random.nextInt(3)];
    setup =
        new RunSetup(
            Policy.WAIP,
            deployment,
            plan(deployment),
            CostTable.of(new CostSpec(2.0 * MS, 0.4 * MS, random.nextInt(2) * 0.05 * MS)),
            EngineSettings.DEFAULT.withQueueCapacity(queue),
            RunSetup.Origin.UNKNOWN);
  }

  RunSetup setup() {
    return setup;
  }

  private Deployment deployment() {
    List<Service> services = new ArrayList<>();
    for (int s = 0; s <= random.nextInt(2); s++) {
      double floor = random.nextInt(3) == 0 ? 0.95 : 0;
      Objective objective =
          new Objective(Tier.of(random.nextInt(3)), Duration.ofMillis(30), 99, floor);
      List<Variant> variants = new ArrayList<>();
      for (int v = 0; v <= random.nextInt(3); v++) {
        variants.add(
            new Variant("s" + s + "v" + v, 1 - 0.1 * v, 1 + random.nextInt(12), 40 - 10 * v));
      }
      services.add(new Service("s" + s, objective, random.nextInt(4) > 0, variants));
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (int e = 0; e <= random.nextInt(3); e++) {
      long variants = random.nextInt(3) == 0 ? 1 + random.nextInt(7) : Endpoint.ALL_VARIANTS;
      endpoints.add(new Endpoint("e" + e, variants, 1 + random.nextInt(2), -1));
    }
    Tenant limited = new Tenant("limited", 3, 300, 5);
    return new Deployment(services, List.of(Tenant.unlimited("free"), limited), endpoints);
  }

  private Plan plan(Deployment deployment) {
    List<ServicePlan> plans = new ArrayList<>();
    for (int s = 0; s < deployment.services().size(); s++) {
      plans.add(
          new ServicePlan.Builder()
              .latencyMargin(1 + 0.1 * random.nextInt(4))
              .paddingCap(0.25 * random.nextInt(3))
              .deferral(random.nextInt(3) == 0)
              .degradeBacklogNanos(random.nextInt(3) * (20 * MS))
              .offlineShare(0.1 * random.nextInt(3))
              .offlineQuantum(0.2 + 0.4 * random.nextInt(3))
              .gatherShare(0.01 * random.nextInt(2))
              .timePrice(0.4 * random.nextInt(3))
              .latenessFactor(1 + random.nextInt(3))
              .bucketEdges(edges(deployment.services().get(s).paddable()))
              .limits(limits(deployment.services().get(s).variants().size()))
              .build());
    }
    return new Plan(planVersion++, plans);
  }

  private ServiceLimits limits(int variants) {
    if (random.nextInt(3) > 0) {
      return ServiceLimits.NONE;
    }
    List<VariantLimit> limits = new ArrayList<>(List.of(new VariantLimit(1, 6)));
    for (int v = 1; v < variants; v++) {
      limits.add(new VariantLimit(0.3 * random.nextInt(3), 4));
    }
    return new ServiceLimits(200 + random.nextInt(2_000), limits);
  }

  private List<Integer> edges(boolean paddable) {
    int count = paddable && random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0;
    return random.ints(count, 1, 45).sorted().distinct().boxed().toList();
  }

  /** Drives a scheduler of the setup; a run can be driven once. */
  void drive(Scheduler scheduler) {
    for (int i = 0; i < EVENTS; i++) {
      nowNanos += random.nextLong(random.nextInt(8) == 0 ? 20 * MS : 2 * MS);
      int kind = random.nextInt(100);
      if (kind < 55) {
        arrive(scheduler);
      } else if (kind < 85 && !running.isEmpty()) {
        end(scheduler);
      } else {
        disturb(scheduler, kind);
      }
    }
    scheduler.shutdown(nowNanos, this);
  }

  private void arrive(Scheduler scheduler) {
    Deployment deployment = setup.deployment();
    int service = random.nextInt(deployment.services().size());
    request.reset(nextId++, service, random.nextInt(2));
    request.tier(Tier.of(random.nextInt(3))).length(1 + random.nextInt(42));
    request.arrivalNanos(nowNanos - random.nextInt(1000));
    if (random.nextInt(4) > 0) {
      request.deadlineNanos(nowNanos + random.nextLong(40 * MS));
    }
    request.qualityFloor(random.nextInt(10) == 0 ? 0.95 : 0);
    scheduler.arrived(nowNanos, request, this);
  }

  private void end(Scheduler scheduler) {
    Running batch = running.remove(random.nextInt(running.size()));
    if (random.nextInt(8) == 0) {
      scheduler.failed(nowNanos, batch.id(), this);
    } else {
      long nanos = Math.round(batch.nanos() * (0.5 + random.nextDouble()));
      scheduler.completed(nowNanos, batch.id(), nanos, this);
    }
  }

  private void disturb(Scheduler scheduler, int kind) {
    if (kind < 90) {
      scheduler.timer(nowNanos, this);
    } else if (kind < 95) {
      scheduler.cancelled(nowNanos, random.nextLong(nextId + 1), this);
    } else if (kind < 98) {
      int endpoint = random.nextInt(setup.deployment().endpoints().size());
      EndpointState state = EndpointState.values()[random.nextInt(3)];
      scheduler.endpointChanged(nowNanos, endpoint, state, this);
    } else {
      scheduler.planPublished(nowNanos, plan(setup.deployment()), this);
    }
  }

  @Override
  public void dispatch(Batch batch) {
    running.add(new Running(batch.dispatchId(), batch.predictedNanos()));
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {}

  @Override
  public void wakeAt(long timeNanos) {}
}
