package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.trace.TestWorkloads;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GoodputLimitTest {
  private static final long MS = 1_000_000L;
  private static final WorkerPool ONE = new WorkerPool(1, 1, 8);

  /** 4 ms + 1 ms per request. */
  private static final BatchCost COST = (variant, batch, length) -> (4 + batch) * 1e6;

  private static Workload every(long gapNanos, int count, long sloNanos) {
    long[] arrivals = new long[count];
    for (int i = 0; i < count; i++) {
      arrivals[i] = i * gapNanos;
    }
    return TestWorkloads.uniformDeadline(arrivals, sloNanos, count * gapNanos);
  }

  @Test
  void admitsEverythingWhereThereIsTime() {
    GoodputLimit limit = GoodputLimit.of(every(10 * MS, 100, 20 * MS), COST, ONE);
    assertThat(limit.requests()).isEqualTo(100);
    assertThat(limit.ratePerSecond()).isCloseTo(100, Offset.offset(1e-9));
    assertThat(limit.method()).isEqualTo("greedy");
  }

  @Test
  void isTheRateOfTheLargestBatchInDeepOverload() {
    // 8 requests take 12 ms, so at most 2 for each 3 ms, and a few of the window's overhang.
    GoodputLimit limit = GoodputLimit.of(every(MS / 10, 20_000, 12 * MS + MS), COST, ONE);
    assertThat(limit.ratePerSecond()).isCloseTo(667, Offset.offset(6.0));
  }

  @Test
  void countsNothingThatAloneIsLate() {
    GoodputLimit limit = GoodputLimit.of(every(10 * MS, 10, 5 * MS - 1), COST, ONE);
    assertThat(limit.requests()).isZero();
    assertThat(GoodputLimit.of(every(10 * MS, 10, 5 * MS), COST, ONE).requests()).isEqualTo(10);
  }

  @Test
  void countsRequestsWithoutDeadlineUntilTheWindowEnds() {
    Workload.Builder builder = new Workload.Builder(9 * MS);
    for (int i = 0; i < 10; i++) {
      builder.add(0, 1, Tier.OFFLINE, 0, RequestDescriptor.NO_DEADLINE);
    }
    // A batch of 5 takes all 9 ms, 1.8 ms each; none of 6 ends in time.
    GoodputLimit limit = GoodputLimit.of(builder.build(), COST, ONE);
    assertThat(limit.requests()).isCloseTo(5, Offset.offset(1e-9));
  }

  @Test
  void takesTheCheapestVariantForEachRequest() {
    BatchCost cost = (variant, batch, length) -> (4 + batch) * (variant == 0 ? 1e6 : 0.5e6);
    Workload workload = every(MS, 1000, 20 * MS);
    double one = GoodputLimit.of(workload, cost, new WorkerPool(1, 1, 8)).requests();
    double two = GoodputLimit.of(workload, cost, new WorkerPool(1, 2, 8)).requests();
    assertThat(one).isLessThan(700);
    assertThat(two).isEqualTo(1000);
  }

  @Test
  void survivesCostsThatFallAsABatchGrows() {
    // Two requests are cheaper than one: whoever serves one may pay no more than for two.
    BatchCost dip = (variant, batch, length) -> batch == 1 ? 9e6 : 6e6;
    WorkerPool pool = new WorkerPool(1, 1, 2);
    Workload workload = every(100 * MS, 1, 7 * MS);
    assertThat(GoodputLimit.of(workload, dip, pool).requests()).isEqualTo(1);
  }

  @Test
  void rejectsCostsThatAreNone() {
    Workload workload = every(MS, 2, MS);
    assertThatThrownBy(() -> GoodputLimit.of(workload, (v, b, l) -> Double.NaN, ONE))
        .hasMessage("a batch must take more than 0 ns, takes NaN");
    assertThatThrownBy(() -> GoodputLimit.of(workload, (v, b, l) -> 0, ONE))
        .hasMessageContaining("0 ns");
    assertThatThrownBy(() -> new WorkerPool(0, 1, 1)).hasMessageContaining("are 0, 1, 1");
    LatencyModel unknown = (v, b, l) -> LatencyModel.UNKNOWN_NANOS;
    assertThat(GoodputLimit.of(workload, BatchCost.of(unknown), ONE).requests()).isZero();
  }

  @Test
  void refusesNestedWindowsInTheGreedy() {
    double[] ones = {1, 1};
    Relaxation nested =
        new Relaxation(Supply.of(1), new long[] {0, 1}, new long[] {9, 5}, ones, ones);
    assertThatThrownBy(() -> AgreeableGreedy.value(nested)).hasMessageContaining("inside");
    assertThat(LevelledFlow.value(nested)).isEqualTo(2);
  }

  @Test
  void nestedWindowsShareTheirTime() {
    // [0, 10] wants 8 at density 1, [4, 6] wants 4 at density 2: the inner has 2, the outer 8.
    Relaxation nested =
        new Relaxation(
            Supply.of(1),
            new long[] {0, 4},
            new long[] {10, 6},
            new double[] {8, 4},
            new double[] {8, 8});
    assertThat(LevelledFlow.value(nested)).isCloseTo(8.0 + 4, Offset.offset(1e-9));
  }

  /** 40,000 requests, two tiers, two variants, lengths of short text, two workers. */
  @Test
  void computesALargeMixedWorkloadInSeconds() {
    Random random = new Random(7);
    int[] lengths =
        random
            .doubles(40_000)
            .mapToInt(u -> Math.min(128, 3 + (int) (-10 * Math.log(1 - u))))
            .toArray();
    long[] arrivals = Arrivals.generate(new ArrivalSpec.Gamma(3), 40_000, 4000, 3);
    Workload workload = TestWorkloads.twoTiers(arrivals, lengths, 5, 100 * MS);
    BatchCost cost =
        (variant, batch, length) ->
            (1.1e6 + batch * (1e5 + 4.1e4 * length + 37 * length * length)) / (variant + 1);
    long start = System.nanoTime();
    GoodputLimit limit = GoodputLimit.of(workload, cost, new WorkerPool(1, 2, 32));
    long took = System.nanoTime() - start;
    System.out.printf(
        "limit %.1f/s of %.1f/s in %d ms%n",
        limit.ratePerSecond(), workload.offeredPerSecond(), took / 1_000_000);
    assertThat(limit.method()).isEqualTo("flow");
    assertThat(limit.requests()).isBetween(0.5 * 40_000, 0.999 * 40_000);
    assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(20));
  }
}
