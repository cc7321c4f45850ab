package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both sides of the optimum against an exhaustive search on 10,200 small workloads. */
class ClairvoyantPropertyTest {
  private static final int INSTANCES = 3400;

  private final double[] shares = new double[INSTANCES];

  /** The search counts in whole nanoseconds, which are long beside these times. */
  private static BatchCost whole(BatchCost cost) {
    return (variant, batch, length) -> Math.ceil(cost.nanos(variant, batch, length));
  }

  private void compare(int workers, int kinds) {
    for (int seed = 0; seed < INSTANCES; seed++) {
      Random random = new Random(seed);
      Workload workload = SmallWorkloads.draw(random, 4 + random.nextInt(6), seed % kinds);
      BatchCost cost = whole(SmallWorkloads.cost(seed % 2 == 1));
      WorkerPool pool = new WorkerPool(workers, 1 + seed % 2, SmallWorkloads.MAX_BATCH);
      int optimum = new ExactOptimum(workload, cost, pool).requests();
      int found =
          ClairvoyantGoodput.search(new BatchTimes(workload, cost, pool), List.of()).requests();
      assertThat(found).as("seed %d", seed).isLessThanOrEqualTo(optimum);
      assertThat(GoodputLimit.of(workload, cost, pool).requests())
          .as("seed %d", seed)
          .isGreaterThan(optimum - 1e-9);
      shares[seed] = optimum == 0 ? 1 : (double) found / optimum;
    }
    Arrays.sort(shares);
    assertThat(shares[INSTANCES / 2]).isGreaterThanOrEqualTo(0.98);
    assertThat(Arrays.stream(shares).average().orElseThrow()).isGreaterThan(0.97);
  }

  @Test
  void findsNearlyTheOptimumOfOneWorker() {
    compare(1, 3);
  }

  @Test
  void findsNearlyTheOptimumOfTwoWorkers() {
    compare(2, 3);
  }

  @Test
  void isExactForOneWorkerOneLengthAndAscendingDeadlines() {
    compare(1, 1);
    assertThat(shares[0]).isEqualTo(1);
  }

  @Test
  void startsFromTheBestScheduleItIsGiven() {
    Workload workload = SmallWorkloads.draw(new Random(1), 8, 1);
    BatchTimes times =
        new BatchTimes(workload, SmallWorkloads.cost(false), new WorkerPool(1, 1, 4));
    Schedule good = ClairvoyantGoodput.search(times, List.of());
    assertThat(ClairvoyantGoodput.search(times, List.of(Schedule.EMPTY, good)).requests())
        .isGreaterThanOrEqualTo(good.requests());
  }

  /** Fleets of one to three kinds of workers, one or two services; those without outages. */
  @Test
  void findsNearlyTheOptimumOfUnlikeDevicesAndSeveralServices() {
    List<Double> found = new ArrayList<>();
    for (int seed = 0; found.size() < INSTANCES; seed++) {
      SmallFleet small = SmallFleet.draw(new Random(seed));
      if (small.fleet().classes().stream().allMatch(each -> each.outages().isEmpty())) {
        int optimum = new ExactOptimum(small.workload(), small.machines()).requests();
        BatchTimes times = new BatchTimes(small.workload(), small.fleet());
        int requests = ClairvoyantGoodput.search(times, List.of()).requests();
        assertThat(requests).as("seed %d", seed).isLessThanOrEqualTo(optimum);
        found.add(optimum == 0 ? 1 : (double) requests / optimum);
      }
    }
    Collections.sort(found);
    assertThat(found.get(INSTANCES / 2)).isGreaterThanOrEqualTo(0.98);
    assertThat(found.stream().mapToDouble(share -> share).average().orElseThrow())
        .isGreaterThan(0.97);
  }

  @Test
  void aBatchOfTwoServicesCannotBeExecuted() {
    Workload workload =
        new Workload.Builder(100)
            .add(0, 1, Tier.INTERACTIVE, 0, 50)
            .add(new Workload.Request(1, 0, 1, Tier.INTERACTIVE, 0, 50))
            .build();
    ServiceCost ten = new ServiceCost((variant, batch, length) -> 10, 1, 2);
    ServiceCost twenty = new ServiceCost((variant, batch, length) -> 20, 1, 2);
    DeviceClass slow = new DeviceClass(1, List.of(twenty, ten));
    DeviceClass fast = new DeviceClass(1, List.of(ten, ServiceCost.NOWHERE));
    BatchTimes times = new BatchTimes(workload, new Fleet(List.of(slow, fast)));
    assertThat(feasible(times, new PlacedBatch(0, 0, 20, new int[] {0, 1}))).isFalse();
    assertThat(feasible(times, new PlacedBatch(0, 0, 10, new int[] {0}))).isFalse();
    assertThat(feasible(times, new PlacedBatch(1, 0, 10, new int[] {0}))).isTrue();
    assertThat(feasible(times, new PlacedBatch(0, 0, 10, new int[] {1}))).isTrue();
    assertThat(feasible(times, new PlacedBatch(1, 0, 40, new int[] {1}))).isFalse();
  }

  @Test
  void refusesAScheduleThatCannotBeExecuted() {
    Workload workload =
        new Workload.Builder(100)
            .add(0, 1, Tier.INTERACTIVE, 0, 50)
            .add(10, 1, Tier.INTERACTIVE, 0, 60)
            .build();
    BatchTimes times =
        new BatchTimes(workload, (variant, batch, length) -> 10, new WorkerPool(1, 1, 2));
    assertThat(feasible(times, new PlacedBatch(0, 10, 20, new int[] {0, 1}))).isTrue();
    assertThat(feasible(times, new PlacedBatch(0, 9, 19, new int[] {0, 1}))).isFalse();
    assertThat(feasible(times, new PlacedBatch(0, 10, 19, new int[] {0, 1}))).isFalse();
    assertThat(feasible(times, new PlacedBatch(0, 41, 51, new int[] {0}))).isFalse();
    assertThat(feasible(times, new PlacedBatch(0, 10, 20, new int[] {0, 0}))).isFalse();
    PlacedBatch first = new PlacedBatch(0, 0, 10, new int[] {0});
    assertThat(feasible(times, first, new PlacedBatch(0, 10, 20, new int[] {1}))).isTrue();
    assertThat(
            feasible(
                times,
                new PlacedBatch(0, 5, 15, new int[] {0}),
                new PlacedBatch(0, 10, 20, new int[] {1})))
        .isFalse();
    assertThatThrownBy(() ->
            ClairvoyantGoodput.search(
                times, List.of(new Schedule(List.of(new PlacedBatch(0, 9, 19, new int[] {0, 1}))))))
        .hasMessageContaining("breaks a rule");
  }

  private static boolean feasible(BatchTimes times, PlacedBatch... batches) {
    return new Schedule(List.of(batches)).isFeasible(times);
  }
}
