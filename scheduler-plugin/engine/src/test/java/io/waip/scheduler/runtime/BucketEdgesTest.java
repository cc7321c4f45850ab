package io.waip.scheduler.runtime;

import static io.waip.scheduler.runtime.RecordingDriver.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.api.Reason;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches of up to 8 take 4 ms + 0.1 ms for each padded element; inputs of up to 128. */
class BucketEdgesTest {
  private static final long MS = 1_000_000L;
  private static final LatencyModel MODEL =
      (variant, batch, length) -> 4 * MS + (long) batch * length * MS / 10;
  private static final Variant FP32 = new Variant("fp32", 1, 8, 128);
  private static final ServicePlan EXACT = ServicePlan.DEFAULT.toBuilder().latencyMargin(1).build();

  private final RecordingDriver driver = new RecordingDriver();
  private long nextId = 1;

  private static Deployment deployment(boolean paddable, Variant... variants) {
    Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofMillis(50), 99, 0);
    return new Deployment(
        List.of(new Service("embed", objective, paddable, List.of(variants))),
        List.of(Tenant.unlimited("t")),
        List.of(Endpoint.worker("w0")));
  }

  private static Plan plan(long version, Integer... edges) {
    return new Plan(version, List.of(EXACT.toBuilder().bucketEdges(List.of(edges)).build()));
  }

  private static Engine engine(Integer... edges) {
    return new Engine(deployment(true, FP32), MODEL, plan(0, edges), EngineSettings.DEFAULT);
  }

  private long arrive(Engine engine, int length, long deadlineNanos) {
    engine.arrived(0, request(nextId).length(length).deadlineNanos(deadlineNanos), driver);
    return nextId++;
  }

  private RecordingDriver.Dispatched batch(int i) {
    return driver.batches.get(i);
  }

  @Test
  void padsABatchToTheSmallestEdgeThatHoldsItsLongest() {
    Engine engine = engine(16, 64);
    arrive(engine, 10, 50 * MS);
    arrive(engine, 5, 50 * MS);
    arrive(engine, 16, 50 * MS);
    driver.completeOldest(engine, 6 * MS);
    assertThat(batch(0).padded()).isEqualTo(16);
    assertThat(batch(0).nanos()).isEqualTo(4 * MS + 16 * MS / 10);
    assertThat(batch(1).ids()).hasSize(2);
    assertThat(batch(1).padded()).isEqualTo(16);
    assertThat(batch(1).nanos()).isEqualTo(4 * MS + 2 * 16 * MS / 10);
  }

  @Test
  void padsWhatIsBeyondTheLastEdgeToTheLongestInput() {
    Engine engine = engine(16, 64);
    arrive(engine, 65, 50 * MS);
    assertThat(batch(0).padded()).isEqualTo(128);
    assertThat(batch(0).nanos()).isEqualTo(4 * MS + 128 * MS / 10);
    assertThat(driver.reason(arrive(engine, 129, 50 * MS))).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void padsNoFurtherThanAVariantTakes() {
    Variant shorter = new Variant("int8", 0.9, 8, 40);
    Engine engine =
        new Engine(deployment(true, FP32, shorter), MODEL, plan(0, 16, 64), EngineSettings.DEFAULT);
    arrive(engine, 30, 50 * MS);
    assertThat(batch(0).padded()).isEqualTo(40);
  }

  @Test
  void refusesADeadlineThatTheEdgeMisses() {
    // 5.7 ms for a length of 17, 10.4 ms for the edge of 64
    Engine engine = engine(16, 64);
    assertThat(driver.reason(arrive(engine, 17, 10 * MS))).isEqualTo(Reason.PREDICTED_LATE);
    arrive(engine, 17, 11 * MS);
    assertThat(batch(0).nanos()).isEqualTo(4 * MS + 64 * MS / 10);
  }

  /** The cap lets a quarter be padded; more than 16 are queued, so that it holds. */
  @Test
  void batchesNeighboursOfOneBucketHoweverMuchTheirEdgePads() {
    Engine engine = engine(16, 64);
    arrive(engine, 128, 1_000 * MS);
    for (int i = 0; i < 16; i++) {
      arrive(engine, i % 8 == 0 ? 64 : 17, 1_000 * MS);
      arrive(engine, i % 8 == 0 ? 16 : 2, 1_000 * MS);
    }
    for (int i = 1; !driver.running.isEmpty(); i++) {
      driver.completeOldest(engine, 60L * i * MS);
    }
    assertThat(driver.batches).hasSize(5);
    assertThat(driver.batches.subList(1, 5))
        .allMatch(batch -> batch.ids().size() == 8)
        .extracting(RecordingDriver.Dispatched::padded)
        .containsExactlyInAnyOrder(16, 16, 64, 64);
  }

  /** Without edges lengths as unequal would not go together. */
  @Test
  void servesTheEarliestDeadlinesOfABucketFirst() {
    Engine engine = engine(16);
    arrive(engine, 128, 1_000 * MS);
    for (int i = 0; i < 20; i++) {
      arrive(engine, i % 2 == 0 ? 5 : 16, (100 + i) * MS);
    }
    driver.completeOldest(engine, 17 * MS);
    assertThat(batch(1).ids()).containsExactlyInAnyOrder(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  /** A length of 3 in a batch of 16 is too much padding, in a bucket of 16 it is none. */
  @Test
  void fillsABatchWithOfflineWorkOfItsBucket() {
    Engine engine = engine(16);
    arrive(engine, 128, 1_000 * MS);
    for (int i = 0; i < 20; i++) {
      engine.arrived(0, request(100 + i).length(3).tier(Tier.OFFLINE), driver);
    }
    long urgent = arrive(engine, 16, 1_000 * MS);
    driver.completeOldest(engine, 17 * MS);
    assertThat(batch(1).ids()).hasSize(8).contains(urgent);
    assertThat(batch(1).padded()).isEqualTo(16);
  }

  @Test
  void padsWhatIsQueuedToTheEdgesOfANewPlan() {
    Engine engine = engine();
    arrive(engine, 10, 1_000 * MS);
    arrive(engine, 10, 1_000 * MS);
    engine.planPublished(1, plan(1, 32), driver);
    driver.completeOldest(engine, 6 * MS);
    assertThat(batch(0).padded()).isEqualTo(10);
    assertThat(batch(1).padded()).isEqualTo(32);
  }

  @Test
  void learnsFromABatchOfItsOwnEdges() {
    Engine engine = engine(16);
    arrive(engine, 10, 1_000 * MS);
    engine.completed(12 * MS, driver.running.remove().id(), 12 * MS, driver);
    assertThat(engine.feedback().correction(0, 0)).isGreaterThan(1);
  }

  /** The batch is padded to 16; as one of 64 it would be predicted at nearly twice its time. */
  @Test
  void learnsNothingFromABatchOfAnEdgeThatIsGone() {
    Engine engine = engine(16);
    long id = arrive(engine, 10, 1_000 * MS);
    engine.planPublished(1, plan(1, 64), driver);
    driver.completeOldest(engine, 6 * MS);
    assertThat(driver.outcome(id)).isEqualTo(Outcome.COMPLETED);
    assertThat(engine.feedback().correction(0, 0)).isEqualTo(1);
    assertThat(engine.feedback().batches()).isEqualTo(1);
  }

  @Test
  void otherEdgesKeepWhatWasLearned() {
    Engine engine = engine(16);
    arrive(engine, 10, 1_000 * MS);
    engine.completed(12 * MS, driver.running.remove().id(), 12 * MS, driver);
    double learned = engine.feedback().correction(0, 0);
    engine.planPublished(12 * MS, plan(1, 32, 64), driver);
    assertThat(engine.feedback().correction(0, 0)).isEqualTo(learned);
  }

  @Test
  void refusesEdgesWhereNothingMayBePaddedAndKeepsItsPlan() {
    Engine engine = new Engine(deployment(false, FP32), MODEL, plan(0), EngineSettings.DEFAULT);
    assertThatThrownBy(() -> engine.planPublished(0, plan(1, 16), driver))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'embed', which may not be padded");
    arrive(engine, 10, 50 * MS);
    assertThat(batch(0).padded()).isEqualTo(10);
  }
}
