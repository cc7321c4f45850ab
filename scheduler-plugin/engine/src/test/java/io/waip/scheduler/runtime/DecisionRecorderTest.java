package io.waip.scheduler.runtime;

import static io.waip.scheduler.runtime.RecordingDriver.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

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
import io.waip.api.record.Consideration;
import io.waip.api.record.Constraint;
import io.waip.api.schedule.EndpointState;
import io.waip.scheduler.runtime.CapturedLooks.Look;
import io.waip.scheduler.runtime.CapturedLooks.Run;
import io.waip.scheduler.runtime.CapturedLooks.Screened;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the engine tells a recorder of how it decided. */
class DecisionRecorderTest {
  private static final long MS = 1_000_000L;

  /** 4 ms + 1 ms per request, whatever its length; the second variant takes half. */
  private static final LatencyModel MODEL =
      (variant, batch, length) -> (4 + batch) * MS / (variant + 1);

  private static final ServicePlan EXACT = ServicePlan.DEFAULT.toBuilder().latencyMargin(1).build();

  private final RecordingDriver driver = new RecordingDriver();
  private final CapturedLooks told = new CapturedLooks();

  private Engine engine(Service service, int endpoints, ServicePlan plan, EngineSettings settings) {
    Deployment deployment =
        new Deployment(
            List.of(service),
            List.of(Tenant.unlimited("t")),
            IntStream.range(0, endpoints).mapToObj(i -> Endpoint.worker("w" + i)).toList());
    Plan first = Plan.uniform(0, deployment, plan);
    return new Engine(deployment, MODEL, first, settings.withRecorder(told));
  }

  private static Service service(double floor, boolean paddable, Variant... variants) {
    Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofMillis(50), 99, floor);
    return new Service("embed", objective, paddable, List.of(variants));
  }

  private Engine oneVariant(int maxBatch) {
    return engine(
        service(0, true, new Variant("fp32", 1, maxBatch, 128)), 1, EXACT, EngineSettings.DEFAULT);
  }

  private Engine twoVariants(double floor) {
    Variant fp32 = new Variant("fp32", 1, 8, 128);
    Variant int8 = new Variant("int8", 0.9, 8, 128);
    return engine(service(floor, true, fp32, int8), 1, EXACT, EngineSettings.DEFAULT);
  }

  /** Request 1 runs alone to 5 ms; the others wait from its start on. */
  private void waiting(Engine engine, long from, long to, long deadlineMs, int length) {
    for (long id = from; id <= to; id++) {
      engine.arrived(0, request(id).length(length).deadlineNanos(deadlineMs * MS), driver);
    }
  }

  @Test
  void tellsOfABatchOfOne() {
    oneVariant(8).arrived(0, request(7).deadlineNanos(50 * MS), driver);

    assertThat(told.screened).containsExactly(new Screened(7, 1, 1));
    assertThat(told.looks).hasSize(1);
    Look look = told.last();
    assertThat(look.members()).containsExactly(entry(7L, Constraint.NONE));
    assertThat(look.removed()).isEmpty();
    assertThat(look.deferredUntil()).isEqualTo(Consideration.NOT_DEFERRED);
    Run run = look.runs().getFirst();
    assertThat(look.runs()).hasSize(1);
    assertThat(run.size()).isEqualTo(1);
    assertThat(run.predicted()).isEqualTo(5 * MS);
    assertThat(run.median()).isEqualTo(5 * MS);
    assertThat(run.limit()).isEqualTo(Constraint.NONE);
  }

  @Test
  void theMedianIsWithoutThePlansMargin() {
    Service service = service(0, true, new Variant("fp32", 1, 8, 128));
    engine(service, 1, EXACT.toBuilder().latencyMargin(1.2).build(), EngineSettings.DEFAULT)
        .arrived(0, request(7).deadlineNanos(50 * MS), driver);

    Run run = told.last().runs().getFirst();
    assertThat(run.predicted()).isEqualTo(6 * MS);
    assertThat(run.median()).isEqualTo(5 * MS);
  }

  @Test
  void whatAFullBatchLeavesOutWasNotTakenForItsSize() {
    Engine engine = oneVariant(3);
    waiting(engine, 1, 1, 50, 1);
    waiting(engine, 2, 6, 50, 1);
    driver.completeOldest(engine, 5 * MS);

    assertThat(told.last().members())
        .containsExactly(
            entry(2L, Constraint.NONE),
            entry(3L, Constraint.NONE),
            entry(4L, Constraint.NONE),
            entry(5L, Constraint.MAX_BATCH),
            entry(6L, Constraint.MAX_BATCH));
    assertThat(told.last().runs().getFirst().limit()).isEqualTo(Constraint.MAX_BATCH);
  }

  /** At 5 ms a batch of three ends at 12 ms, one of four at 13 ms. */
  @Test
  void whatWouldMissADeadlineWasNotTakenForIt() {
    Engine engine = oneVariant(8);
    waiting(engine, 1, 1, 50, 1);
    waiting(engine, 2, 5, 12, 1);
    driver.completeOldest(engine, 5 * MS);

    assertThat(told.last().members().values())
        .containsExactly(Constraint.NONE, Constraint.NONE, Constraint.NONE, Constraint.DEADLINE);
    assertThat(told.last().runs().getFirst().limit()).isEqualTo(Constraint.DEADLINE);
  }

  /** Seven of 10 and two of 1 fill 72 of 90 elements; one more of 1 would fill 73 of 100. */
  @Test
  void whatWouldPadTooMuchWasNotTakenForIt() {
    Engine engine = oneVariant(32);
    waiting(engine, 1, 1, 500, 1);
    waiting(engine, 2, 3, 500, 100);
    waiting(engine, 4, 10, 500, 10);
    waiting(engine, 11, 19, 500, 1);
    driver.completeOldest(engine, 5 * MS);

    Look look = told.last();
    assertThat(look.runs().getFirst().size()).isEqualTo(9);
    assertThat(look.runs().getFirst().limit()).isEqualTo(Constraint.PADDING_CAP);
    assertThat(look.members())
        .containsEntry(2L, Constraint.PADDING_CAP)
        .containsEntry(4L, Constraint.NONE)
        .containsEntry(19L, Constraint.PADDING_CAP);
  }

  @Test
  void otherLengthsAreLeftOutWhereTheServiceMayNotBePadded() {
    Service service = service(0, false, new Variant("fp32", 1, 8, 128));
    Engine engine = engine(service, 1, EXACT, EngineSettings.DEFAULT);
    waiting(engine, 1, 1, 50, 1);
    waiting(engine, 2, 3, 50, 5);
    waiting(engine, 4, 4, 50, 6);
    driver.completeOldest(engine, 5 * MS);

    assertThat(told.last().members())
        .containsEntry(2L, Constraint.NONE)
        .containsEntry(3L, Constraint.NONE)
        .containsEntry(4L, Constraint.EQUAL_LENGTH);
  }

  @Test
  void ranksTheBatchesThatLost() {
    Engine engine = oneVariant(3);
    waiting(engine, 1, 1, 50, 1);
    waiting(engine, 2, 5, 50, 1);
    driver.completeOldest(engine, 5 * MS);

    List<Run> runs = told.last().runs();
    assertThat(runs).hasSizeBetween(2, Consideration.MAX_RUNS);
    assertThat(runs.getFirst().size()).isEqualTo(3);
    assertThat(runs).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
    assertThat(runs).doesNotHaveDuplicates();
  }

  @Test
  void theBestBatchToldOfIsTheOneDispatched() {
    Engine engine = oneVariant(4);
    waiting(engine, 1, 1, 50, 1);
    for (long id = 2; id <= 12; id++) {
      engine.arrived(0, request(id).length((int) id).deadlineNanos((20 + id) * MS), driver);
    }
    driver.completeOldest(engine, 5 * MS);

    var batch = driver.batches.getLast();
    Run best = told.last().runs().getFirst();
    assertThat(best.size()).isEqualTo(batch.ids().size());
    assertThat(best.padded()).isEqualTo(batch.padded());
    assertThat(best.predicted()).isEqualTo(batch.nanos());
    told.last()
        .members()
        .forEach(
            (id, why) -> assertThat(why == Constraint.NONE).isEqualTo(batch.ids().contains(id)));
  }

  @Test
  void theCheaperVariantIsOutWhileThePreferredOneServes() {
    twoVariants(0).arrived(0, request(1).deadlineNanos(50 * MS), driver);

    assertThat(told.last().removed()).containsExactly(entry(Constraint.PREFERENCE, 2L));
  }

  @Test
  void aVariantBelowTheFloorIsOutForIt() {
    twoVariants(0.95).arrived(0, request(1).deadlineNanos(50 * MS), driver);

    assertThat(told.last().removed()).containsExactly(entry(Constraint.QUALITY_FLOOR, 2L));
  }

  @Test
  void anOpenBreakerLeavesNoBatchAndNoMember() {
    Engine engine = oneVariant(8);
    for (long id = 1; id <= 3; id++) {
      engine.arrived(id, request(id).deadlineNanos(50 * MS), driver);
      engine.failed(id, driver.running.remove().id(), driver);
    }
    engine.arrived(4, request(4).deadlineNanos(50 * MS), driver);

    Look look = told.last();
    assertThat(look.removed()).containsExactly(entry(Constraint.BREAKER, 1L));
    assertThat(look.runs()).isEmpty();
    assertThat(look.members()).isEmpty();
  }

  @Test
  void aDeferredBatchIsToldOfWithItsTime() {
    Service service = service(0, true, new Variant("fp32", 1, 8, 128));
    engine(service, 1, EXACT.toBuilder().deferral(true).build(), EngineSettings.DEFAULT)
        .arrived(0, request(1).deadlineNanos(50 * MS), driver);

    assertThat(driver.batches).isEmpty();
    assertThat(told.last().deferredUntil()).isEqualTo((50 - 6) * MS);
    assertThat(told.last().members()).containsExactly(entry(1L, Constraint.NONE));
  }

  @Test
  void governanceAndStateOfEndpointsAreToldOnArrival() {
    Service service = service(0, true, new Variant("fp32", 1, 8, 128));
    EngineSettings settings =
        EngineSettings.DEFAULT.withScreeners(List.of((request, endpoint) -> endpoint != 1));
    Engine engine = engine(service, 3, EXACT, settings);
    engine.endpointChanged(0, 2, EndpointState.DOWN, driver);
    engine.arrived(0, request(9).deadlineNanos(50 * MS), driver);

    assertThat(told.screened).containsExactly(new Screened(9, 0b101, 0b011));
    assertThat(told.looks).extracting(Look::endpoint).containsOnly(0);
  }

  /** One endpoint is kept for half of 50 ms at most, and a little: 22 requests take 26 ms. */
  @Test
  void offlineWorkThatWouldHoldTheEndpointTooLongIsLeftOutForIt() {
    Service service = service(0, true, new Variant("fp32", 1, 64, 128));
    Engine engine = engine(service, 1, EXACT, EngineSettings.DEFAULT);
    waiting(engine, 1, 1, 50, 1);
    for (long id = 2; id <= 31; id++) {
      engine.arrived(0, request(id).tier(Tier.OFFLINE), driver);
    }
    driver.completeOldest(engine, 5 * MS);

    assertThat(told.last().members()).hasSize(30).containsEntry(23L, Constraint.NONE);
    assertThat(told.last().members())
        .containsEntry(24L, Constraint.OFFLINE_QUANTUM)
        .containsEntry(31L, Constraint.OFFLINE_QUANTUM);
  }
}
