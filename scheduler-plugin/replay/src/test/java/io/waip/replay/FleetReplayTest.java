package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.EventSpec;
import io.waip.replay.spec.ServiceSpec;
import io.waip.replay.trace.Workload;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several services on several kinds of workers. */
class FleetReplayTest {
  private static final long MS = 1_000_000L;
  private static final ServiceSpec ONLY =
      ServiceSpec.only(50 * MS, CostSpec.parse("alpha=4ms,beta=0.8ms"));
  private static final String TWO = "embed:share=3,rerank:slo=100ms:alpha=10ms:beta=2ms";

  private static ReplaySpec spec(
      int requests, double load, String services, String devices, String events) {
    return new ReplaySpec(
        Traffic.generated(new ArrivalSpec.Poisson(), requests, load),
        services.isEmpty() ? List.of(ONLY) : ServiceSpec.parseAll(services, ONLY),
        new Devices(
            DeviceSpec.parseAll(devices),
            64,
            events.isEmpty() ? List.of() : EventSpec.parseAll(events)),
        Noise.none(1));
  }

  private static Replay replay(int requests, double load, String services, String devices) {
    return Replay.of(spec(requests, load, services, devices, ""));
  }

  private static long calls(Workload workload, int service) {
    return IntStream.range(0, workload.size()).filter(i -> workload.service(i) == service).count();
  }

  @Test
  void requestsCallServicesByTheirShares() {
    Workload workload = replay(40_000, 1, TWO, "worker").workload();
    assertThat(calls(workload, 0) / 40_000.0).isCloseTo(0.75, within(0.01));
    assertThat(calls(workload, 1)).isEqualTo(40_000 - calls(workload, 0));
    int first =
        IntStream.range(0, 100).filter(i -> workload.service(i) == 1).findFirst().getAsInt();
    assertThat(workload.deadlineNanos(first) - workload.arrivalNanos(first)).isEqualTo(100 * MS);
  }

  @Test
  void capacityIsThatOfTheMix() {
    double embed = replay(100, 1, "", "worker").capacityPerSecond();
    double rerank =
        replay(100, 1, "rerank:slo=100ms:alpha=10ms:beta=2ms", "worker").capacityPerSecond();
    Replay both = replay(10_000, 1, TWO, "worker");
    double share = calls(both.workload(), 0) / 10_000.0;
    assertThat(both.capacityPerSecond())
        .isCloseTo(1 / (share / embed + (1 - share) / rerank), within(1e-6));
  }

  @Test
  void aWorkerOfTwiceTheSpeedIsWorthMoreThanTwo() {
    double one = replay(100, 1, "", "worker").capacityPerSecond();
    double fast = replay(100, 1, "", "a100:speed=2").capacityPerSecond();
    double both = replay(100, 1, "", "a100:speed=2,t4:count=2").capacityPerSecond();
    assertThat(fast).isGreaterThanOrEqualTo(2 * one);
    assertThat(both).isCloseTo(fast + 2 * one, within(1e-6));
  }

  /** Nothing of one kind of workers is in time: 4.8 ms take 96 ms there. */
  @Test
  void aKindThatIsTooSlowForTheObjectiveCountsForNothing() {
    double one = replay(100, 1, "", "worker").capacityPerSecond();
    assertThat(replay(100, 1, "", "worker,old:speed=0.05").capacityPerSecond()).isEqualTo(one);
    assertThatThrownBy(() -> replay(100, 1, "", "old:speed=0.05"))
        .hasMessageContaining("slo 50.000 ms is below the 96.000 ms that one request of length 1");
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void everyPolicyServesAllServicesOnAllKindsOfWorkersWithinTheLimit(Policy policy) {
    Replay replay = replay(6_000, 0.9, TWO, "a100:speed=2,t4:count=2");
    PolicyRun run = replay.play(policy);

    assertThat(run.goodputPerSecond()).isLessThanOrEqualTo(replay.limit().ratePerSecond());
    for (int service = 0; service < 2; service++) {
      int asked = service;
      assertThat(run.attainment(i -> replay.workload().service(i) == asked).orElseThrow())
          .isPositive();
    }
    IntStream variants = IntStream.range(0, 6_000).map(i -> run.log().variant(i)).distinct();
    assertThat(variants.filter(v -> v >= 0).sorted().toArray()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void theSearchWithFullKnowledgeIsBetweenEveryPolicyAndTheLimit() {
    Replay replay = replay(3_000, 1.2, TWO, "a100:speed=2,t4:count=2");
    ClairvoyantGoodput best = replay.clairvoyant().orElseThrow();
    assertThat(best.ratePerSecond()).isLessThanOrEqualTo(replay.limit().ratePerSecond());
    for (Policy policy : Policy.values()) {
      assertThat(replay.play(policy).goodputPerSecond())
          .as(policy.label())
          .isLessThanOrEqualTo(best.ratePerSecond() * (1 + 1e-9));
    }
  }

  /**
   * Overload of services of unlike cost is left out: the planner shares device time among them, and
   * the search counts requests alone.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "embed; 0.7; 0.99",
        "embed; 1; 0.99",
        "embed; 1.3; 0.97",
        "embed,other:slo=100ms; 1; 0.97",
        "embed,other:slo=100ms; 1.3; 0.97",
        TWO + "; 0.7; 0.99",
        TWO + "; 1; 0.98",
      })
  void thePlannerIsNearTheBestScheduleOnSeveralKindsOfWorkers(
      String services, double load, double bar) {
    Replay replay = replay(6_000, load, services, "a100:count=2:speed=2,t4:count=4");
    double best = replay.clairvoyant().orElseThrow().ratePerSecond();
    assertThat(replay.play(Policy.WAIP).goodputPerSecond()).isGreaterThanOrEqualTo(bar * best);
  }

  @Test
  void theLimitKnowsWhichWorkersAreDown() {
    double calm = Replay.of(spec(6_000, 1.3, "", "worker:count=2", "")).limit().ratePerSecond();
    Replay halved = Replay.of(spec(6_000, 1.3, "", "worker:count=2", "0s:worker-2:down"));
    double one = Replay.of(spec(6_000, 2.6, "", "worker", "")).limit().ratePerSecond();
    assertThat(halved.limit().ratePerSecond()).isCloseTo(one, within(0.01 * one));
    assertThat(halved.limit().ratePerSecond()).isLessThan(0.6 * calm);
    assertThat(halved.play(Policy.WAIP).goodputPerSecond())
        .isBetween(0.9 * one, halved.limit().ratePerSecond());
  }

  @Test
  void sameSeedSameServices() {
    Replay one = replay(2_000, 1, TWO, "a100:speed=2,t4");
    Replay other = replay(2_000, 1, TWO, "a100:speed=2,t4");
    assertThat(one.play(Policy.WAIP).log().decisionHash())
        .isEqualTo(other.play(Policy.WAIP).log().decisionHash());
  }
}
