package io.waip.scheduler.runtime;

import static io.waip.scheduler.runtime.RecordingDriver.request;
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
import io.waip.api.queue.OrderingPolicy;
import io.waip.api.schedule.EndpointState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Situations at the edges of the engine's rooms, where one room's limit meets another's rule. */
class EngineHardCasesTest {
  private static final long MS = 1_000_000L;

  /** 4 ms + 1 ms per request; variants with an odd index take half. */
  private static final LatencyModel MODEL =
      (variant, batch, length) -> (4 + batch) * MS / (1 + variant % 2);

  private static final ServicePlan EXACT = ServicePlan.DEFAULT.toBuilder().latencyMargin(1).build();
  private static final Variant FP32 = new Variant("fp32", 1, 8, 128);
  private static final Variant INT8 = new Variant("int8", 0.95, 8, 128);

  private final RecordingDriver driver = new RecordingDriver();

  private static Service service(String name, double floor, Variant... variants) {
    Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofMillis(50), 99, floor);
    return new Service(name, objective, true, List.of(variants));
  }

  private static Deployment deployment(List<Service> services, Endpoint... endpoints) {
    return new Deployment(services, List.of(Tenant.unlimited("t")), List.of(endpoints));
  }

  private static Engine engine(Deployment deployment, ServicePlan plan, EngineSettings settings) {
    return new Engine(deployment, MODEL, Plan.uniform(0, deployment, plan), settings);
  }

  private static Engine engine(Deployment deployment) {
    return engine(deployment, EXACT, EngineSettings.DEFAULT);
  }

  /** Endpoint 0 is in region 0, endpoint 1 in region 1; a request may run in its own region. */
  private static Engine regional(ServicePlan plan) {
    EngineSettings settings =
        EngineSettings.DEFAULT.withScreeners(
            List.of((r, e) -> r.region() == RequestDescriptor.NO_REGION || r.region() == e));
    return engine(
        deployment(
            List.of(service("s", 0, FP32)),
            new Endpoint("e0", Endpoint.ALL_VARIANTS, 1, 0),
            new Endpoint("e1", Endpoint.ALL_VARIANTS, 1, 1)),
        plan,
        settings);
  }

  /** Half of the objective would be 25 ms. */
  @Test
  void gathersABurstForHalfAMillisecondAtMost() {
    ServicePlan gathering =
        new ServicePlan.Builder()
            .latencyMargin(1)
            .paddingCap(0.25)
            .deferral(false)
            .degradeBacklogNanos(100 * MS)
            .offlineShare(0.05)
            .offlineQuantum(0.35)
            .gatherShare(0.5)
            .timePrice(0.8)
            .latenessFactor(2)
            .build();
    Engine engine =
        engine(
            deployment(List.of(service("s", 0, FP32)), Endpoint.worker("w")),
            gathering,
            EngineSettings.DEFAULT);
    for (long id = 0; id < 40; id++) {
      engine.arrived(id, request(id).deadlineNanos(1000 * MS), driver);
    }
    long now = 0;
    while (!driver.batches.isEmpty() && driver.ended.size() < 40) {
      now += 12 * MS;
      driver.completeOldest(engine, now);
    }
    int before = driver.batches.size();
    engine.arrived(now + MS, request(100).deadlineNanos(now + 50 * MS), driver);
    assertThat(driver.batches).hasSize(before);
    engine.timer(now + MS + MS / 2, driver);
    assertThat(driver.batches).hasSize(before + 1);
  }

  @Test
  void survivesAnOverloadOfRequestsThatOnlyTheReferenceMayServe() {
    Engine engine = engine(deployment(List.of(service("s", 0, FP32, INT8)), Endpoint.worker("w")));
    for (long id = 0; id < 40; id++) {
      engine.arrived(0, request(id).deadlineNanos(30 * MS + id).qualityFloor(1), driver);
    }
    driver.completeOldest(engine, 5 * MS);
    assertThat(driver.batches.get(1).variant()).isZero();
  }

  @Test
  void refusesAFloorThatNoVariantOfThatLengthReaches() {
    Variant shortReference = new Variant("fp32", 1, 8, 16);
    Engine engine =
        engine(deployment(List.of(service("s", 0, shortReference, INT8)), Endpoint.worker("w")));
    engine.arrived(0, request(1).length(17).qualityFloor(1), driver);
    assertThat(driver.reason(1)).isEqualTo(Reason.QUALITY_FLOOR);
  }

  @Test
  void refusesAFloorThatIsNotANumber() {
    Engine engine = engine(deployment(List.of(service("s", 0, FP32)), Endpoint.worker("w")));
    engine.arrived(0, request(1).qualityFloor(Double.NaN), driver);
    assertThat(driver.reason(1)).isEqualTo(Reason.QUALITY_FLOOR);
  }

  @Test
  void refusesWhenOnlyEndpointsOfAnInsufficientVariantAreUp() {
    Engine engine =
        engine(
            deployment(
                List.of(service("s", 0, FP32, INT8)),
                new Endpoint("reference", 1, 1, RequestDescriptor.NO_REGION),
                new Endpoint("quantized", 2, 1, RequestDescriptor.NO_REGION)));
    engine.endpointChanged(0, 0, EndpointState.DOWN, driver);
    engine.arrived(0, request(1).qualityFloor(1), driver);
    engine.arrived(0, request(2), driver);
    assertThat(driver.reason(1)).isEqualTo(Reason.NO_ENDPOINT);
    assertThat(driver.batches.getFirst().ids()).containsExactly(2L);
  }

  @Test
  void refusesAServiceWhoseFloorNoVariantReaches() {
    Engine engine = engine(deployment(List.of(service("s", 1, INT8)), Endpoint.worker("w")));
    engine.arrived(0, request(1), driver);
    assertThat(driver.reason(1)).isEqualTo(Reason.QUALITY_FLOOR);
  }

  @Test
  void findsWorkForAnEndpointBehindALongQueueOfAnother() {
    Engine engine = regional(EXACT);
    int ahead = EngineSettings.DEFAULT_WINDOW_CAPACITY + 50;
    for (long id = 0; id < ahead; id++) {
      engine.arrived(0, request(id).region(0).tier(Tier.OFFLINE), driver);
    }
    engine.arrived(0, request(5_000).region(1).tier(Tier.OFFLINE), driver);
    assertThat(driver.batches.getLast().ids()).containsExactly(5_000L);
  }

  @Test
  void servesDeadlinesWhereOfflineWorkThatIsDueMayNotRun() {
    Engine engine = regional(EXACT);
    engine.arrived(0, request(1).region(0).deadlineNanos(50 * MS), driver);
    engine.arrived(0, request(2).region(0).tier(Tier.OFFLINE), driver);
    engine.arrived(900 * MS, request(3).region(1).deadlineNanos(950 * MS), driver);
    driver.running.removeFirst();
    driver.completeOldest(engine, 905 * MS);
    engine.arrived(906 * MS, request(4).region(1).deadlineNanos(950 * MS), driver);
    assertThat(driver.batches.getLast().ids()).containsExactly(4L);
  }

  @Test
  void keepsThePromiseOfOneServiceUnderTheOverloadOfAnother() {
    Engine engine =
        engine(
            deployment(
                List.of(service("offline", 0, FP32), service("busy", 0, FP32)),
                Endpoint.worker("w")));
    long id = 1_000;
    long now = 0;
    for (long offline = 1; offline <= 50; offline++) {
      engine.arrived(now, request(offline).tier(Tier.OFFLINE), driver);
    }
    for (int step = 0; step < 200; step++) {
      for (int i = 0; i < 20; i++) {
        RequestDescriptor busy = new RequestDescriptor().reset(id++, 1, 0);
        engine.arrived(now, busy.deadlineNanos(now + 50 * MS), driver);
      }
      now += 12 * MS;
      driver.completeOldest(engine, now);
    }
    long served =
        driver.batches.stream().flatMap(b -> b.ids().stream()).filter(i -> i <= 50).count();
    assertThat(served).isGreaterThanOrEqualTo(50);
  }

  @Test
  void doesNotHoldATenantBackForABatchThatWaits() {
    Deployment deployment =
        new Deployment(
            List.of(service("waits", 0, FP32), service("runs", 0, FP32)),
            List.of(new Tenant("spent", 1, Double.POSITIVE_INFINITY, 1), Tenant.unlimited("fresh")),
            List.of(Endpoint.worker("w")));
    Plan plan = new Plan(0, List.of(EXACT.toBuilder().deferral(true).build(), EXACT));
    Engine engine = new Engine(deployment, MODEL, plan, EngineSettings.DEFAULT);
    engine.arrived(0, request(1).deadlineNanos(5_000 * MS), driver);
    for (long id = 100; id < 200; id++) {
      engine.arrived(0, new RequestDescriptor().reset(id, 1, 0).deadlineNanos(5_000 * MS), driver);
    }
    RequestDescriptor waiting = new RequestDescriptor().reset(2, 0, 1);
    engine.cancelled(0, 1, driver);
    engine.arrived(0, waiting.deadlineNanos(5_000 * MS), driver);
    for (int i = 1; !driver.running.isEmpty() && i < 20; i++) {
      driver.completeOldest(engine, 12L * i * MS);
    }
    assertThat(driver.ended.values().stream().filter(e -> e.outcome() == Outcome.COMPLETED))
        .hasSize(100);
  }

  @Test
  void servesAServiceOfSixtyFourVariants() {
    Variant[] variants = new Variant[64];
    for (int i = 0; i < variants.length; i++) {
      variants[i] = new Variant("m" + i, 1, 1, 4);
    }
    Engine engine = engine(deployment(List.of(service("s", 0, variants)), Endpoint.worker("w")));
    engine.arrived(0, request(1).deadlineNanos(50 * MS), driver);
    assertThat(driver.batches).hasSize(1);
  }

  @Test
  void forgetsASlownessThatKeepsItFromMeasuringAgain() {
    Engine engine = engine(deployment(List.of(service("s", 0, FP32)), Endpoint.worker("w")));
    for (long id = 0; id < 200; id++) {
      engine.arrived(id * 20 * MS, request(id), driver);
      engine.completed(id * 20 * MS, driver.running.remove().id(), 40 * MS, driver);
    }
    long now = 4_000 * MS;
    engine.arrived(now, request(1_000).deadlineNanos(now + 12 * MS), driver);
    assertThat(driver.reason(1_000)).isEqualTo(Reason.PREDICTED_LATE);
    now += 5_000 * MS;
    engine.arrived(now, request(1_001).deadlineNanos(now + 12 * MS), driver);
    assertThat(driver.batches.getLast().ids()).containsExactly(1_001L);
  }

  @Test
  void takesNoChargeBackForAnExecutionNobodyTimed() {
    Engine engine = engine(deployment(List.of(service("s", 0, FP32)), Endpoint.worker("w")));
    engine.arrived(0, request(1), driver);
    double charged = engine.fairness(Tier.INTERACTIVE).virtualNanos(0);
    engine.completed(9 * MS, driver.running.remove().id(), 0, driver);
    assertThat(charged).isEqualTo(5 * MS);
    assertThat(engine.fairness(Tier.INTERACTIVE).virtualNanos(0)).isEqualTo(charged);
  }

  @Test
  void chargesTheMeasuredTimeOnceItIsKnown() {
    Engine engine = engine(deployment(List.of(service("s", 0, FP32)), Endpoint.worker("w")));
    engine.arrived(0, request(1), driver);
    engine.completed(9 * MS, driver.running.remove().id(), 9 * MS, driver);
    assertThat(engine.fairness(Tier.INTERACTIVE).virtualNanos(0)).isEqualTo(9 * MS);
  }

  @Test
  void wakesForADeadlineBehindAnEarlierArrival() {
    EngineSettings settings =
        new EngineSettings(100, 100, OrderingPolicy.FIRST_COME, List.of(), List.of());
    Engine engine =
        engine(deployment(List.of(service("s", 0, FP32)), Endpoint.worker("w")), EXACT, settings);
    engine.arrived(0, request(1), driver);
    engine.arrived(0, request(2).arrivalNanos(1), driver);
    engine.arrived(0, request(3).arrivalNanos(2).deadlineNanos(20 * MS), driver);
    engine.timer(20 * MS, driver);
    assertThat(driver.reason(3)).isEqualTo(Reason.EXPIRED);
    assertThat(driver.ended).doesNotContainKey(2L);
  }

  @Test
  void predictsWithWhatIsUp() {
    Engine engine =
        engine(
            deployment(
                List.of(service("s", 0, FP32, INT8)),
                new Endpoint("slow", 1, 1, RequestDescriptor.NO_REGION),
                new Endpoint("fast", 2, 1, RequestDescriptor.NO_REGION)));
    engine.endpointChanged(0, 1, EndpointState.DOWN, driver);
    engine.arrived(0, request(1).deadlineNanos(4 * MS), driver);
    assertThat(driver.reason(1)).isEqualTo(Reason.PREDICTED_LATE);
    engine.endpointChanged(0, 1, EndpointState.UP, driver);
    engine.arrived(0, request(2).deadlineNanos(4 * MS), driver);
    assertThat(driver.batches.getLast().variant()).isEqualTo(1);
  }

  @Test
  void sendsOneTrialToAnEndpointThatTakesTwoBatches() {
    Engine engine =
        engine(
            deployment(
                List.of(service("s", 0, FP32)),
                new Endpoint("e", 1, 2, RequestDescriptor.NO_REGION)));
    for (long id = 1; id <= 3; id++) {
      engine.arrived(0, request(id), driver);
      engine.failed(0, driver.running.remove().id(), driver);
    }
    engine.arrived(1, request(4).qualityFloor(1), driver);
    assertThat(driver.running).isEmpty();
    assertThat(driver.wakeNanos).isEqualTo(1_000 * MS);
    engine.timer(1_000 * MS, driver);
    engine.arrived(1_000 * MS, request(5), driver);
    assertThat(driver.running).hasSize(1);
    driver.completeOldest(engine, 1_005 * MS);
    assertThat(driver.running).hasSize(1);
  }
}
