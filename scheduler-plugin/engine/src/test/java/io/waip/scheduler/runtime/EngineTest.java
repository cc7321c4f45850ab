package io.waip.scheduler.runtime;

import static io.waip.scheduler.runtime.RecordingDriver.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.waip.api.schedule.EndpointState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final long MS = 1_000_000L;

  /** 4 ms + 1 ms per request, whatever its length; the second variant takes half. */
  private static final LatencyModel MODEL =
      (variant, batch, length) -> (4 + batch) * MS / (variant + 1);

  private static final ServicePlan EXACT = ServicePlan.DEFAULT.toBuilder().latencyMargin(1).build();

  private final RecordingDriver driver = new RecordingDriver();

  private static Service service(double qualityFloor, Variant... variants) {
    Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofMillis(50), 99, qualityFloor);
    return new Service("embed", objective, true, List.of(variants));
  }

  private static Variant variant(String name, double quality) {
    return new Variant(name, quality, 8, 128);
  }

  private static Engine engine(Service service, List<Tenant> tenants, ServicePlan plan) {
    Deployment deployment =
        new Deployment(List.of(service), tenants, List.of(Endpoint.worker("w0")));
    return new Engine(deployment, MODEL, Plan.uniform(0, deployment, plan), EngineSettings.DEFAULT);
  }

  private static Engine oneVariant() {
    return engine(service(0, variant("fp32", 1)), List.of(Tenant.unlimited("t")), EXACT);
  }

  @Test
  void dispatchesAtOnceWhenIdle() {
    Engine engine = oneVariant();
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    assertThat(driver.batches).hasSize(1);
    assertThat(driver.batches.getFirst().ids()).containsExactly(1L);
    assertThat(driver.batches.getFirst().nanos()).isEqualTo(5 * MS);
  }

  @Test
  void batchesWhatArrivedWhileBusy() {
    Engine engine = oneVariant();
    for (long id = 1; id <= 5; id++) {
      engine.arrived(id, request(id).deadlineNanos(50 * MS + id), driver);
    }
    driver.completeOldest(engine, 5 * MS);
    assertThat(driver.batches.get(1).ids()).containsExactlyInAnyOrder(2L, 3L, 4L, 5L);
    assertThat(driver.outcome(1)).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void reportsAnAnswerAfterTheDeadlineAsLate() {
    Engine engine = oneVariant();
    engine.arrived(0, request(1).deadlineNanos(10 * MS), driver);
    driver.completeOldest(engine, 10 * MS + 1);
    assertThat(driver.outcome(1)).isEqualTo(Outcome.LATE);
  }

  @Test
  void refusesADeadlineThatEvenALoneRunMisses() {
    Engine engine = oneVariant();
    engine.arrived(0, request(1).deadlineNanos(5 * MS - 1), driver);
    engine.arrived(0, request(2).deadlineNanos(5 * MS), driver);
    assertThat(driver.reason(1)).isEqualTo(Reason.PREDICTED_LATE);
    assertThat(driver.batches.getFirst().ids()).containsExactly(2L);
  }

  @Test
  void evictsAQueuedRequestWhoseDeadlinePasses() {
    Engine engine = oneVariant();
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    engine.arrived(0, request(2).deadlineNanos(20 * MS), driver);
    assertThat(driver.wakeNanos).isLessThanOrEqualTo(20 * MS);
    engine.timer(20 * MS, driver);
    assertThat(driver.outcome(2)).isEqualTo(Outcome.EVICTED);
    assertThat(driver.reason(2)).isEqualTo(Reason.EXPIRED);
  }

  @Test
  void givesUpHopelessHeadsForALongerBatch() {
    Engine engine = oneVariant();
    engine.arrived(0, request(100).deadlineNanos(50 * MS), driver);
    engine.arrived(0, request(1).deadlineNanos(11 * MS), driver);
    for (long id = 2; id <= 40; id++) {
      engine.arrived(0, request(id).deadlineNanos(17 * MS), driver);
    }
    driver.completeOldest(engine, 5 * MS);
    assertThat(driver.batches.get(1).ids()).hasSize(8).doesNotContain(1L);
  }

  @Test
  void servesTheEarliestDeadlineFirst() {
    Engine engine = oneVariant();
    engine.arrived(0, request(100).deadlineNanos(50 * MS), driver);
    for (long id = 1; id <= 12; id++) {
      engine.arrived(0, request(id).deadlineNanos((60 - id) * MS), driver);
    }
    driver.completeOldest(engine, 5 * MS);
    assertThat(driver.batches.get(1).ids()).contains(12L, 11L, 10L, 9L, 8L).doesNotContain(1L, 2L);
  }

  @Test
  void runsOfflineWorkOnlyAfterDeadlines() {
    Engine engine = oneVariant();
    engine.arrived(0, request(100).deadlineNanos(50 * MS), driver);
    for (long id = 1; id <= 20; id++) {
      engine.arrived(0, request(id).tier(Tier.OFFLINE), driver);
    }
    engine.arrived(1, request(50).deadlineNanos(20 * MS), driver);
    driver.completeOldest(engine, 5 * MS);
    assertThat(driver.batches.get(1).ids()).contains(50L);
  }

  @Test
  void keepsThePromiseToOfflineWorkUnderInteractiveOverload() {
    Engine engine = oneVariant();
    long id = 1_000;
    long now = 0;
    for (long offline = 1; offline <= 50; offline++) {
      engine.arrived(now, request(offline).tier(Tier.OFFLINE), driver);
    }
    for (int step = 0; step < 200; step++) {
      for (int i = 0; i < 20; i++) {
        engine.arrived(now, request(id++).deadlineNanos(now + 50 * MS), driver);
      }
      now += 12 * MS;
      driver.completeOldest(engine, now);
    }
    long served =
        driver.batches.stream().flatMap(b -> b.ids().stream()).filter(i -> i <= 50).count();
    assertThat(served).isGreaterThanOrEqualTo(50);
  }

  @Test
  void prefersTheReferenceUntilTheBacklogIsDeep() {
    Engine engine =
        engine(
            service(0.9, variant("fp32", 1), variant("int8", 0.95)),
            List.of(Tenant.unlimited("t")),
            EXACT);
    engine.arrived(0, request(1).tier(Tier.OFFLINE), driver);
    for (long id = 2; id <= 500; id++) {
      engine.arrived(0, request(id).tier(Tier.OFFLINE), driver);
    }
    driver.completeOldest(engine, 5 * MS);
    assertThat(driver.batches.get(0).variant()).isZero();
    assertThat(driver.batches.get(1).variant()).isEqualTo(1);
  }

  @Test
  void neverUsesAVariantBelowTheServicesFloor() {
    Engine engine =
        engine(
            service(0.99, variant("fp32", 1), variant("int8", 0.95)),
            List.of(Tenant.unlimited("t")),
            EXACT);
    for (long id = 1; id <= 500; id++) {
      engine.arrived(0, request(id).tier(Tier.OFFLINE), driver);
    }
    for (int i = 0; i < 20; i++) {
      driver.completeOldest(engine, (i + 1L) * 12 * MS);
    }
    assertThat(driver.batches).allMatch(batch -> batch.variant() == 0);
  }

  @Test
  void honoursTheFloorOfARequest() {
    Engine engine =
        engine(
            service(0.9, variant("fp32", 1), variant("int8", 0.95)),
            List.of(Tenant.unlimited("t")),
            EXACT);
    for (long id = 1; id <= 400; id++) {
      double floor = id % 2 == 0 ? 0.99 : 0;
      engine.arrived(0, request(id).tier(Tier.OFFLINE).qualityFloor(floor), driver);
    }
    for (int i = 1; !driver.running.isEmpty(); i++) {
      driver.completeOldest(engine, 12L * i * MS);
    }
    assertThat(driver.batches)
        .filteredOn(batch -> batch.variant() == 1)
        .isNotEmpty()
        .allMatch(batch -> batch.ids().stream().allMatch(id -> id % 2 == 1));
    assertThat(driver.ended).hasSize(400);
  }

  @Test
  void refusesAboveTheTenantsRate() {
    Engine engine =
        engine(service(0, variant("fp32", 1)), List.of(new Tenant("t", 1, 100, 2)), EXACT);
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    engine.arrived(0, request(2).deadlineNanos(50 * MS), driver);
    engine.arrived(0, request(3).deadlineNanos(50 * MS), driver);
    assertThat(driver.reason(3)).isEqualTo(Reason.RATE_LIMIT);
    assertThat(driver.retryAfterNanos(3)).isEqualTo(10 * MS);
    engine.arrived(10 * MS, request(4).deadlineNanos(60 * MS), driver);
    assertThat(driver.ended).doesNotContainKey(4L);
  }

  @Test
  void failsClosedWhenGovernancePermitsNoEndpoint() {
    Deployment deployment =
        new Deployment(
            List.of(service(0, variant("fp32", 1))),
            List.of(Tenant.unlimited("t")),
            List.of(Endpoint.worker("w0")));
    Engine engine =
        new Engine(
            deployment,
            MODEL,
            Plan.defaults(deployment),
            EngineSettings.DEFAULT.withScreeners(List.of((r, e) -> r.region() == 1)));
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    engine.arrived(0, request(2).deadlineNanos(50 * MS).region(1), driver);
    assertThat(driver.reason(1)).isEqualTo(Reason.GOVERNANCE);
    assertThat(driver.batches.getFirst().ids()).containsExactly(2L);
  }

  @Test
  void endsACancelledRequestOnceWhetherQueuedOrRunning() {
    Engine engine = oneVariant();
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    engine.arrived(0, request(2).deadlineNanos(50 * MS), driver);
    engine.cancelled(1, 1, driver);
    engine.cancelled(1, 2, driver);
    engine.cancelled(1, 2, driver);
    driver.completeOldest(engine, 5 * MS);
    assertThat(driver.outcome(1)).isEqualTo(Outcome.CANCELLED);
    assertThat(driver.outcome(2)).isEqualTo(Outcome.CANCELLED);
    assertThat(engine.inFlight()).isZero();
  }

  @Test
  void failsOnlyTheBatchThatFailed() {
    Engine engine = oneVariant();
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    engine.arrived(0, request(2).deadlineNanos(50 * MS), driver);
    engine.failed(MS, driver.running.remove().id(), driver);
    assertThat(driver.reason(1)).isEqualTo(Reason.EXECUTION_ERROR);
    assertThat(driver.batches.get(1).ids()).containsExactly(2L);
  }

  @Test
  void leavesAVariantThatKeepsFailing() {
    Engine engine =
        engine(
            service(0, variant("fp32", 1), variant("int8", 0.95)),
            List.of(Tenant.unlimited("t")),
            EXACT);
    for (long id = 1; id <= 4; id++) {
      engine.arrived(id, request(id).deadlineNanos(50 * MS), driver);
      if (id < 4) {
        engine.failed(id, driver.running.remove().id(), driver);
      }
    }
    assertThat(driver.batches.getLast().variant()).isEqualTo(1);
  }

  @Test
  void givesNothingToAnEndpointThatIsDown() {
    Engine engine = oneVariant();
    engine.endpointChanged(0, 0, EndpointState.DOWN, driver);
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    assertThat(driver.reason(1)).isEqualTo(Reason.NO_ENDPOINT);
    engine.endpointChanged(1, 0, EndpointState.UP, driver);
    engine.arrived(1, request(2).deadlineNanos(50 * MS), driver);
    assertThat(driver.batches).hasSize(1);
  }

  @Test
  void refusesWhatNoVariantCanTake() {
    Engine engine = oneVariant();
    engine.arrived(0, request(1).length(129), driver);
    assertThat(driver.reason(1)).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void evictsWhatIsQueuedOnShutdownAndAnswersWhatRuns() {
    Engine engine = oneVariant();
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    engine.arrived(0, request(2).deadlineNanos(50 * MS), driver);
    engine.shutdown(1, driver);
    engine.arrived(2, request(3).deadlineNanos(50 * MS), driver);
    driver.completeOldest(engine, 5 * MS);
    assertThat(driver.outcome(1)).isEqualTo(Outcome.COMPLETED);
    assertThat(driver.reason(2)).isEqualTo(Reason.SHUTDOWN);
    assertThat(driver.outcome(3)).isEqualTo(Outcome.REJECTED);
  }

  @Test
  void waitsForOneMoreUntilTheFrontrunWhenDeferring() {
    Engine engine =
        engine(
            service(0, variant("fp32", 1)),
            List.of(Tenant.unlimited("t")),
            EXACT.toBuilder().deferral(true).build());
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    assertThat(driver.batches).isEmpty();
    assertThat(driver.wakeNanos).isEqualTo(44 * MS);
    engine.timer(44 * MS, driver);
    assertThat(driver.batches).hasSize(1);
  }

  @Test
  void ignoresTheEndOfABatchItDoesNotKnow() {
    Engine engine = oneVariant();
    engine.completed(0, 77, 1, driver);
    engine.failed(0, -3, driver);
    assertThat(driver.ended).isEmpty();
  }

  @Test
  void rejectsMisuseWithoutChangingAnything() {
    Engine engine = oneVariant();
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    assertThatThrownBy(() -> engine.arrived(0, request(1), driver))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in use");
    assertThatThrownBy(() -> engine.arrived(0, new RequestDescriptor().reset(2, 1, 0), driver))
        .hasMessageContaining("no service");
    assertThat(engine.queued()).isZero();
    assertThat(engine.inFlight()).isEqualTo(1);
  }
}
