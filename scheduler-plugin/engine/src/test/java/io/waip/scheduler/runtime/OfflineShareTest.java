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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Offline work beside interactive work on one worker: what each gets at several loads. */
class OfflineShareTest {
  private static final long MS = 1_000_000L;
  private static final long SECOND = 1_000 * MS;
  private static final double SHARE = 0.1;

  /** 4 ms + 1 ms per request: 8 requests in 12 ms, so 667 a second. */
  private static final LatencyModel MODEL = (variant, batch, length) -> (4 + batch) * MS;

  private static final double CAPACITY = 8 * 1_000 / 12.0;

  /** One worker under Poisson arrivals of interactive requests and, if asked, endless offline. */
  private static final class Worker implements Decisions {
    private final SplittableRandom random = new SplittableRandom(11);
    private final RequestDescriptor request = new RequestDescriptor();
    private final List<Boolean> offlineOf = new ArrayList<>();
    private final boolean offlineWaits;
    private final Engine engine;
    long offered;
    long inTime;
    double offlineNanos;
    private long now;
    private long busyId;
    private long busyUntil;
    private long busyNanos;
    private int offlineQueued;

    Worker(boolean offlineWaits) {
      this.offlineWaits = offlineWaits;
      Objective objective = Objective.interactive(Duration.ofMillis(50));
      Service service = new Service("s", objective, true, List.of(new Variant("m", 1, 8, 128)));
      Deployment deployment =
          new Deployment(
              List.of(service), List.of(Tenant.unlimited("t")), List.of(Endpoint.worker("w")));
      ServicePlan plan =
          new ServicePlan.Builder()
              .latencyMargin(1)
              .paddingCap(0.25)
              .deferral(false)
              .degradeBacklogNanos(Long.MAX_VALUE)
              .offlineShare(SHARE)
              .offlineQuantum(0.5)
              .gatherShare(0)
              .timePrice(0.8)
              .latenessFactor(2)
              .build();
      engine =
          new Engine(deployment, MODEL, Plan.uniform(0, deployment, plan), EngineSettings.DEFAULT);
    }

    Worker run(double load, long untilNanos) {
      long next = 0;
      while (now < untilNanos) {
        while (offlineWaits && offlineQueued < 32) {
          arrive(Tier.OFFLINE, RequestDescriptor.NO_DEADLINE);
          offlineQueued++;
        }
        if (busyId != 0 && busyUntil <= next) {
          now = busyUntil;
          long id = busyId;
          busyId = 0;
          engine.completed(now, id, busyNanos, this);
        } else {
          now = next;
          offered++;
          arrive(Tier.INTERACTIVE, now + 50 * MS);
          next += Math.round(-Math.log(1 - random.nextDouble()) * SECOND / (load * CAPACITY));
        }
      }
      return this;
    }

    private void arrive(Tier tier, long deadline) {
      request.reset(offlineOf.size(), 0, 0).tier(tier).arrivalNanos(now).deadlineNanos(deadline);
      offlineOf.add(tier == Tier.OFFLINE);
      engine.arrived(now, request, this);
    }

    double attainment() {
      return (double) inTime / offered;
    }

    double offlineShare() {
      return offlineNanos / now;
    }

    @Override
    public void dispatch(Batch batch) {
      int offline = 0;
      for (int i = 0; i < batch.size(); i++) {
        offline += offlineOf.get((int) batch.requestId(i)) ? 1 : 0;
      }
      offlineQueued -= offline;
      offlineNanos += (double) batch.predictedNanos() * offline / batch.size();
      busyId = batch.dispatchId();
      busyNanos = batch.predictedNanos();
      busyUntil = now + busyNanos;
    }

    @Override
    public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
      if (!offlineOf.get((int) requestId) && outcome == Outcome.COMPLETED) {
        inTime++;
      }
    }

    @Override
    public void wakeAt(long timeNanos) {}
  }

  @Test
  void getsItsPromisedShareUnderOverload() {
    for (double load : new double[] {1.3, 2, 4}) {
      double share = new Worker(true).run(load, 60 * SECOND).offlineShare();
      assertThat(share).as("load " + load).isBetween(0.95 * SHARE, 1.6 * SHARE);
    }
  }

  @Test
  void costsInteractiveWorkNoMoreThanThePromise() {
    for (double load : new double[] {0.3, 0.6, 1.3}) {
      double alone = new Worker(false).run(load, 60 * SECOND).attainment();
      double beside = new Worker(true).run(load, 60 * SECOND).attainment();
      assertThat(beside).as("load " + load).isGreaterThan(alone * (1 - SHARE) - 0.01);
    }
  }

  @Test
  void keepsInteractiveWorkInTimeWhileThereIsRoom() {
    Worker worker = new Worker(true).run(0.5, 60 * SECOND);
    assertThat(worker.attainment()).isGreaterThan(0.98);
    assertThat(worker.offlineShare()).isGreaterThan(SHARE);
  }
}
