package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.ServiceSpec;
import io.waip.replay.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates in requests per second, and workers with costs of their own. */
class FixedRateTest {
  private static final long MS = 1_000_000L;
  private static final CostSpec COST = CostSpec.parse("alpha=4ms,beta=0.8ms");

  @TempDir private Path folder;

  private static ReplaySpec spec(Traffic traffic, DeviceSpec... devices) {
    return new ReplaySpec(
        traffic,
        List.of(ServiceSpec.only(50 * MS, COST)),
        new Devices(List.of(devices), 64, List.of()),
        Noise.none(1));
  }

  private static Traffic generated(Pace.Mean pace) {
    return Traffic.generated(new ArrivalSpec.Poisson(), 2000, pace);
  }

  @Test
  void arrivalsAtARateDoNotDependOnTheWorkers() {
    Traffic traffic = generated(new Pace.Rate(500));
    Replay one = Replay.of(spec(traffic, DeviceSpec.workers(1)));
    Replay eight = Replay.of(spec(traffic, DeviceSpec.workers(8)));

    assertThat(one.workload().offeredPerSecond()).isCloseTo(500, within(1e-3));
    assertThat(eight.workload().arrivalNanos(1999)).isEqualTo(one.workload().arrivalNanos(1999));
    assertThat(eight.load()).isCloseTo(one.load() / 8, within(1e-9));
  }

  @Test
  void aTraceIsStretchedToARate() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "arrival_ms\n0\n5\n20\n");
    Traffic traffic = Traffic.recorded(TraceReader.read(file), new Pace.Rate(100));
    Replay replay = Replay.of(spec(traffic, DeviceSpec.workers(1)));

    // Two gaps of 10 ms on average, as 1 to 3.
    assertThat(replay.workload().arrivalNanos(1)).isEqualTo(5 * MS);
    assertThat(replay.workload().arrivalNanos(2)).isEqualTo(20 * MS);
    assertThat(traffic.hasFixedRate()).isTrue();
  }

  @Test
  void requestsAreMadeWithoutWorkersThatCouldServeThem() {
    ReplaySpec slow = spec(generated(new Pace.Rate(500)), new DeviceSpec("old", 1, 0.01));
    assertThatThrownBy(() -> Replay.of(slow)).hasMessageContaining("slo 50.000 ms is below");

    Replay replay = Replay.over(slow, Replay.requests(slow));
    assertThat(replay.play(Policy.WAIP).attainment()).isZero();
    assertThat(replay.capacityPerSecond()).isNaN();
  }

  @Test
  void aReplayOverRequestsMadeBeforeIsTheSame() {
    ReplaySpec spec = spec(generated(new Pace.Rate(900)), DeviceSpec.workers(1));
    assertThat(Replay.over(spec, Replay.requests(spec)).play(Policy.WAIP).log().decisionHash())
        .isEqualTo(Replay.of(spec).play(Policy.WAIP).log().decisionHash());
  }

  @Test
  void refusesToMakeRequestsWhoseRateFollowsTheWorkers() {
    Traffic relative = generated(new Pace.Load(1));
    assertThat(relative.hasFixedRate()).isFalse();
    assertThatThrownBy(() -> Replay.requests(spec(relative, DeviceSpec.workers(1))))
        .hasMessageContaining("remedy: give a rate");
  }

  @Test
  void workersHaveCostsOfTheirOwn() {
    DeviceSpec twice = new DeviceSpec("twice", 2, 1, List.of(COST.atSpeed(2)));
    DeviceSpec same = new DeviceSpec("twice", 2, 2);
    DeviceSpec plain = new DeviceSpec("plain", 1, 1);
    Traffic traffic = generated(new Pace.Rate(3000));
    Replay own = Replay.of(spec(traffic, twice, plain));
    Replay fast = Replay.of(spec(traffic, same, plain));

    assertThat(own.play(Policy.WAIP).log().decisionHash())
        .isEqualTo(fast.play(Policy.WAIP).log().decisionHash());
    assertThat(own.limit()).isEqualTo(fast.limit());
    assertThat(own.capacityPerSecond()).isEqualTo(fast.capacityPerSecond());
  }

  @Test
  void lengthsCountWhereOneKindOfWorkerDependsOnThem() {
    DeviceSpec padded = new DeviceSpec("padded", 1, 1, List.of(new CostSpec(MS, 0, 1000)));
    Traffic traffic = generated(new Pace.Rate(100)).withLengths(7);
    assertThat(Replay.requests(spec(traffic, padded, DeviceSpec.workers(1))).length(0))
        .isEqualTo(7);
    assertThat(Replay.requests(spec(traffic, DeviceSpec.workers(1))).length(0)).isEqualTo(1);
  }

  @Test
  void refusesCostsOfAnotherNumberOfServices() {
    DeviceSpec two = new DeviceSpec("two", 1, 1, List.of(COST, COST));
    assertThatThrownBy(() -> spec(generated(new Pace.Rate(100)), two))
        .hasMessageContaining("'two' has 2 costs; allowed: none or 1");
  }
}
