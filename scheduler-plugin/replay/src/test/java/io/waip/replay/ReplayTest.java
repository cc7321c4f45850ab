package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.api.Tier;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  private static final long MS = 1_000_000L;
  private static final CostSpec COST = CostSpec.parse("alpha=4ms,beta=0.8ms");
  private static final List<Policy> ALL = List.of(Policy.values());

  @TempDir private Path folder;

  private static ReplaySpec spec(Traffic traffic, Noise noise) {
    return new ReplaySpec(traffic, 50 * MS, COST, new WorkerPool(4, 1, 64), noise);
  }

  private static ReplaySpec generated(double load, Noise noise) {
    return spec(Traffic.generated(new ArrivalSpec.Poisson(), 3000, load), noise);
  }

  private Trace trace(String lines) throws IOException {
    return TraceReader.read(Files.writeString(folder.resolve("t.csv"), lines.replace('|', '\n')));
  }

  @Test
  void capacityIsThatOfTheLargestBatchWithinTheSlo() {
    // c(57) = 49.6 ms, c(58) = 50.4 ms: 4 * 57 / 49.6 ms.
    Replay replay = Replay.of(generated(1.5, Noise.none(1)));
    assertThat(replay.capacityPerSecond()).isCloseTo(4596.77, Offset.offset(0.01));
    assertThat(replay.load()).isCloseTo(1.5, Offset.offset(1e-6));
  }

  @Test
  void anotherLoadStretchesEveryGapByOneFactor() throws IOException {
    String lines = "arrival_ms,tenant,deadline_ms|0,a,9|1,b,9|3,a,9";
    Traffic traffic = Traffic.recorded(trace(lines), new Pace.Load(1));
    Replay replay = Replay.of(spec(traffic, Noise.none(1)));
    Replay half = replay.atLoad(0.5);
    assertThat(half.load()).isCloseTo(0.5, Offset.offset(1e-6));
    assertThat(half.capacityPerSecond()).isEqualTo(replay.capacityPerSecond());
    for (int i = 0; i < 3; i++) {
      assertThat(half.workload().arrivalNanos(i))
          .isCloseTo(2 * replay.workload().arrivalNanos(i), Offset.offset(2L));
      assertThat(half.workload().deadlineNanos(i) - half.workload().arrivalNanos(i))
          .isEqualTo(9 * MS);
      assertThat(half.workload().tenant(i)).isEqualTo(replay.workload().tenant(i));
    }
  }

  @Test
  void aLoadThatLeavesNoTimeIsRefused() throws IOException {
    Traffic traffic = Traffic.recorded(trace("arrival_ms|0|1"), new Pace.Load(1));
    Replay replay = Replay.of(spec(traffic, Noise.none(1)));
    assertThatThrownBy(() -> replay.atLoad(1e9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("span 0");
    assertThatThrownBy(() -> replay.atLoad(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("load must be positive");
  }

  @Test
  void sameSpecGivesTheSameReport() {
    ReplayReport first = Replay.run(generated(1.3, new Noise(0.2, 5)), ALL);
    ReplayReport second = Replay.run(generated(1.3, new Noise(0.2, 5)), ALL);
    assertThat(second.runs().stream().map(run -> run.log().decisionHash()).toList())
        .isEqualTo(first.runs().stream().map(run -> run.log().decisionHash()).toList())
        .doesNotHaveDuplicates();
    assertThat(second.limit()).isEqualTo(first.limit());
  }

  @Test
  void anotherSeedGivesOtherArrivalsAndHashes() {
    PolicyRun first = Replay.of(generated(1, Noise.none(1))).play(Policy.FIFO);
    PolicyRun second = Replay.of(generated(1, Noise.none(2))).play(Policy.FIFO);
    assertThat(second.log().decisionHash()).isNotEqualTo(first.log().decisionHash());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 1.5, 3})
  void noPolicyExceedsTheLimitAndEveryRequestEndsOnce(double load) {
    ReplayReport report = Replay.run(generated(load, Noise.none(3)), ALL);
    for (PolicyRun run : report.runs()) {
      assertThat(report.overLimit(run)).as(run.policy().label()).isLessThanOrEqualTo(1 + 1e-9);
      long ended = 0;
      for (Outcome outcome : Outcome.values()) {
        ended += run.count(outcome);
      }
      assertThat(ended).isEqualTo(3000);
    }
  }

  @Test
  void thePlannerStaysNearTheLimitWhereTheOthersCollapse() {
    ReplayReport report = Replay.run(generated(1.3, Noise.none(3)), ALL);
    PolicyRun waip = report.runs().get(0);
    PolicyRun fifo = report.runs().get(1);
    PolicyRun edf = report.runs().get(2);
    assertThat(report.overLimit(waip)).isGreaterThan(0.9);
    assertThat(waip.goodputPerSecond()).isGreaterThan(1.2 * edf.goodputPerSecond());
    assertThat(waip.goodputPerSecond()).isGreaterThan(2 * fifo.goodputPerSecond());
  }

  @Test
  void thePlannerKeepsAMarginUnderNoise() {
    assertThat(Noise.none(1).latencyMargin()).isEqualTo(1);
    assertThat(new Noise(0.1, 1).latencyMargin()).isEqualTo(1.2);
    PolicyRun run = Replay.of(generated(1, new Noise(0.1, 1))).play(Policy.WAIP);
    assertThat(run.count(Outcome.LATE)).isLessThan(60);
  }

  @Test
  void speedupAndLoadChangeThePaceOfATrace() throws IOException {
    Trace trace = trace("arrival_ms|0|10|30|40|60");
    Replay fast = Replay.of(spec(Traffic.recorded(trace, new Pace.Speedup(2)), Noise.none(1)));
    assertThat(fast.workload().arrivalNanos(4)).isEqualTo(30 * MS);
    assertThat(fast.workload().windowNanos()).isEqualTo(37_500_000L);
    Replay loaded = Replay.of(spec(Traffic.recorded(trace, new Pace.Load(0.5)), Noise.none(1)));
    assertThat(loaded.load()).isCloseTo(0.5, Percentage.withPercentage(0.001));
  }

  @Test
  void takesTenantsTiersAndTheFirstRequestsOfATrace() throws IOException {
    Trace trace = trace("arrival_ms,tenant,tier|0,a,interactive|5,b,offline|9,a,offline");
    Traffic traffic = Traffic.recorded(trace, new Pace.Speedup(1)).first(2);
    Replay replay = Replay.of(spec(traffic, Noise.none(1)));
    assertThat(replay.tenants()).containsExactly("a", "b");
    assertThat(replay.workload().size()).isEqualTo(2);
    assertThat(replay.workload().tier(1)).isEqualTo(Tier.OFFLINE);
    assertThat(replay.workload().goodputDeadlineNanos(1)).isEqualTo(10 * MS);
    PolicyRun run = replay.play(Policy.WAIP);
    assertThat(run.attainment(i -> replay.workload().tenant(i) == 0)).hasValue(1);
    assertThat(run.attainment(i -> false)).isEmpty();
  }

  @Test
  void lengthsRepeatAndCountOnlyWhereTheCostDependsOnThem() {
    Traffic traffic = Traffic.generated(new ArrivalSpec.Poisson(), 5, 1).withLengths(7, 9);
    assertThat(Replay.of(spec(traffic, Noise.none(1))).workload().longest()).isEqualTo(1);
    CostSpec perToken = CostSpec.parse("alpha=4ms,beta=0.8ms,gamma=20us");
    Replay kept =
        Replay.of(
            new ReplaySpec(traffic, 50 * MS, perToken, new WorkerPool(1, 1, 8), Noise.none(1)));
    assertThat(kept.workload().length(3)).isEqualTo(9);
    assertThat(kept.workload().length(4)).isEqualTo(7);
  }

  @Test
  void refusesWhatCannotBeReplayed() throws IOException {
    Trace trace = trace("arrival_ms|0|10");
    Traffic traffic = Traffic.recorded(trace, new Pace.Speedup(1));
    assertThatThrownBy(() -> traffic.first(3)).hasMessage("3 of 2 requests");
    assertThatThrownBy(() -> traffic.first(1)).hasMessageContaining(">= 2");
    assertThatThrownBy(traffic::withLengths).hasMessageContaining("at least one length");
    assertThatThrownBy(() -> traffic.withLengths(3, 0)).hasMessageContaining("none below 1");
    assertThatThrownBy(() -> new Pace.Speedup(0)).hasMessageContaining("speedup must be positive");
    assertThatThrownBy(() -> new Pace.Load(Double.NaN)).hasMessageContaining("is NaN");
    assertThatThrownBy(() -> new Noise(-0.1, 1)).hasMessageContaining("[0, 2]");
    WorkerPool many = new WorkerPool(65, 1, 8);
    assertThatThrownBy(() -> new ReplaySpec(traffic, MS, COST, many, Noise.none(1)))
        .hasMessageContaining("at most 64 workers");
    ReplaySpec tight = new ReplaySpec(traffic, MS, COST, new WorkerPool(1, 1, 8), Noise.none(1));
    assertThatThrownBy(() -> Replay.of(tight)).hasMessageContaining("slo 1.000 ms is below");
  }
}
