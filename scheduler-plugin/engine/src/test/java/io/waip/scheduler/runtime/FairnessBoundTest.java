package io.waip.scheduler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.Reason;
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
import io.waip.api.plan.ServicePlan;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The service of tenants that always have work queued differs, over their weights, by at most two
 * largest batches over the smallest weight at any time; after Sheng et al. (VTC), OSDI 2024.
 *
 * <p>Service is counted here, from the batches seen: device time in proportion to the time a
 * request of that length takes in the best batch.
 */
class FairnessBoundTest {
  private static final long MS = 1_000_000L;
  private static final int MAX_BATCH = 8;
  private static final int LONGEST = 32;
  private static final long LATENCY = 500 * MS;

  /** 2 ms + 0.1 ms per request and element. */
  private static final LatencyModel MODEL =
      (variant, batch, length) -> 2 * MS + batch * (long) length * MS / 10;

  /** Keeps every tenant backlogged, and measures the widest gap. */
  private static final class Backlog implements Decisions {
    final double[] weights;
    final double[] served;
    final int[] queuedOf;
    final List<Integer> tenantOf = new ArrayList<>();
    final List<Integer> lengthOf = new ArrayList<>();
    final ArrayDeque<long[]> running = new ArrayDeque<>();
    final SplittableRandom random = new SplittableRandom(7);
    private final RequestDescriptor request = new RequestDescriptor();
    final Tier tier;
    double widestGap;

    Backlog(double[] weights, Tier tier) {
      this.weights = weights;
      this.tier = tier;
      served = new double[weights.length];
      queuedOf = new int[weights.length];
    }

    Deployment deployment(int workers) {
      Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofNanos(LATENCY), 99, 0);
      Variant variant = new Variant("m", 1, MAX_BATCH, LONGEST);
      List<Tenant> tenants = new ArrayList<>();
      for (double weight : weights) {
        tenants.add(new Tenant("t" + tenants.size(), weight, Double.POSITIVE_INFINITY, 1));
      }
      List<Endpoint> endpoints = new ArrayList<>();
      for (int e = 0; e < workers; e++) {
        endpoints.add(Endpoint.worker("w" + e));
      }
      return new Deployment(
          List.of(new Service("s", objective, true, List.of(variant))), tenants, endpoints);
    }

    void run(Scheduler scheduler, int batches) {
      long now = 0;
      for (int i = 0; i < batches; i++) {
        for (int tenant = 0; tenant < weights.length; tenant++) {
          while (queuedOf[tenant] < 2 * MAX_BATCH) {
            arrive(scheduler, now, tenant);
          }
        }
        long[] batch = running.remove();
        now = Math.max(now, batch[1]);
        scheduler.completed(now, batch[0], batch[2], this);
      }
    }

    /** Odd tenants send long requests, even ones short; each has its own urgency. */
    private void arrive(Scheduler scheduler, long now, int tenant) {
      int length = tenant % 2 == 0 ? 1 + random.nextInt(4) : LONGEST - random.nextInt(4);
      long deadline = tier == Tier.OFFLINE ? Long.MAX_VALUE : now + LATENCY * 1_000 / (tenant + 1);
      request.reset(tenantOf.size(), 0, tenant).tier(tier).length(length).deadlineNanos(deadline);
      tenantOf.add(tenant);
      lengthOf.add(length);
      queuedOf[tenant]++;
      time = now;
      scheduler.arrived(now, request, this);
    }

    private long time;

    @Override
    public void dispatch(Batch batch) {
      double total = 0;
      for (int i = 0; i < batch.size(); i++) {
        total += work((int) batch.requestId(i));
      }
      for (int i = 0; i < batch.size(); i++) {
        int r = (int) batch.requestId(i);
        served[tenantOf.get(r)] += batch.predictedNanos() * work(r) / total;
        queuedOf[tenantOf.get(r)]--;
      }
      running.add(
          new long[] {batch.dispatchId(), time + batch.predictedNanos(), batch.predictedNanos()});
      measure();
    }

    private double work(int r) {
      return (double) MODEL.medianNanos(0, MAX_BATCH, lengthOf.get(r)) / MAX_BATCH;
    }

    private void measure() {
      for (int i = 0; i < weights.length; i++) {
        for (int j = 0; j < i; j++) {
          double gap = Math.abs(served[i] / weights[i] - served[j] / weights[j]);
          widestGap = Math.max(widestGap, gap);
        }
      }
    }

    @Override
    public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
      assertThat(outcome).isEqualTo(Outcome.COMPLETED);
    }

    @Override
    public void wakeAt(long timeNanos) {}
  }

  private static final double LARGEST_CHARGE = 2 * MS + MAX_BATCH * LONGEST * MS / 10.0;

  private static Engine engine(Deployment deployment) {
    ServicePlan exact =
        new ServicePlan.Builder()
            .latencyMargin(1)
            .paddingCap(0.25)
            .deferral(false)
            .degradeBacklogNanos(Long.MAX_VALUE)
            .offlineShare(0.05)
            .offlineQuantum(0.5)
            .gatherShare(0)
            .timePrice(0.8)
            .latenessFactor(Double.MAX_VALUE)
            .build();
    return new Engine(
        deployment, MODEL, Plan.uniform(0, deployment, exact), EngineSettings.DEFAULT);
  }

  private static double bound(double[] weights) {
    double least = Double.POSITIVE_INFINITY;
    for (double weight : weights) {
      least = Math.min(least, weight);
    }
    return 2 * LARGEST_CHARGE / least;
  }

  @Test
  void boundsTheGapOfBackloggedTenantsWithDeadlines() {
    double[] weights = {1, 1, 4, 2.5, 0.5};
    for (int workers = 1; workers <= 3; workers++) {
      Backlog backlog = new Backlog(weights, Tier.INTERACTIVE);
      backlog.run(engine(backlog.deployment(workers)), 5_000);
      assertThat(backlog.widestGap).isPositive().isLessThanOrEqualTo(bound(weights));
    }
  }

  @Test
  void boundsTheGapOfBackloggedOfflineTenants() {
    double[] weights = {3, 1, 8};
    Backlog backlog = new Backlog(weights, Tier.OFFLINE);
    backlog.run(engine(backlog.deployment(2)), 5_000);
    assertThat(backlog.widestGap).isPositive().isLessThanOrEqualTo(bound(weights));
  }

  @Test
  void sharesTheDeviceByWeightInTheLongRun() {
    double[] weights = {1, 4};
    Backlog backlog = new Backlog(weights, Tier.INTERACTIVE);
    backlog.run(engine(backlog.deployment(1)), 5_000);
    assertThat(backlog.served[1] / backlog.served[0]).isBetween(3.95, 4.05);
  }

  /** A planted fault: tells the engine that every request is the first tenant's. */
  @Test
  void catchesASchedulerThatKnowsNoTenants() {
    double[] weights = {1, 1, 4};
    Backlog backlog = new Backlog(weights, Tier.INTERACTIVE);
    Scheduler blind =
        new PlantedFault(engine(backlog.deployment(1))) {
          @Override
          public void arrived(long now, RequestDescriptor request, Decisions driver) {
            RequestDescriptor same =
                new RequestDescriptor()
                    .reset(request.requestId(), 0, 0)
                    .length(request.length())
                    .deadlineNanos(request.deadlineNanos());
            super.arrived(now, same, driver);
          }
        };
    backlog.run(blind, 2_000);
    assertThat(backlog.widestGap).isGreaterThan(bound(weights));
  }
}
