package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The limit of unlike devices with outages and of several services against an exhaustive search,
 * and limits with a fault in them against the same search.
 */
class FleetLimitPropertyTest {
  private static final int INSTANCES = 10_500;
  private static final int FAULTY_INSTANCES = 400;

  private static int optimum(SmallFleet small) {
    return new ExactOptimum(small.workload(), small.machines()).requests();
  }

  @Test
  void noScheduleExceedsTheLimit() {
    Map<String, Integer> reached = new TreeMap<>();
    for (int seed = 0; seed < INSTANCES; seed++) {
      SmallFleet small = SmallFleet.draw(new Random(seed));
      GoodputLimit limit = GoodputLimit.of(small.workload(), small.fleet());
      assertThat(limit.requests()).as("seed %d", seed).isGreaterThan(optimum(small) - 1e-9);
      assertThat(limit.requests()).isLessThanOrEqualTo(small.workload().size());
      reached.merge(limit.method(), 1, Integer::sum);
      reached.merge(small.fleet().services() + " services", 1, Integer::sum);
      boolean down = small.fleet().classes().stream().anyMatch(d -> !d.outages().isEmpty());
      reached.merge(down ? "outages" : "none down", 1, Integer::sum);
    }
    assertThat(reached.keySet())
        .containsExactly(
            "1 services", "2 services", "dual", "flow", "greedy", "none down", "outages");
    assertThat(reached.values()).allMatch(count -> count > INSTANCES / 10);
  }

  private static int violations(ToDoubleFunction<SmallFleet> limit) {
    int violations = 0;
    for (int seed = 0; seed < FAULTY_INSTANCES; seed++) {
      SmallFleet small = SmallFleet.draw(new Random(seed));
      violations += limit.applyAsDouble(small) < optimum(small) - 1e-9 ? 1 : 0;
    }
    return violations;
  }

  private static double limit(Workload workload, List<ClassWorks> works) {
    return GoodputLimit.of(workload, works).requests();
  }

  @Test
  void theRightLimitIsNotCaught() {
    assertThat(violations(s -> GoodputLimit.of(s.workload(), s.fleet()).requests())).isZero();
  }

  @Test
  void aDeflatedLimitIsCaught() {
    assertThat(violations(s -> 0.9 * GoodputLimit.of(s.workload(), s.fleet()).requests()))
        .isPositive();
  }

  @Test
  void worksOfTheWrongClassAreCaught() {
    assertThat(violations(FleetLimitPropertyTest::withWorksOfTheNextClass)).isPositive();
  }

  private static double withWorksOfTheNextClass(SmallFleet small) {
    List<ClassWorks> works = FleetWorks.of(small.workload(), small.fleet());
    List<ClassWorks> wrong = new ArrayList<>();
    for (int d = 0; d < works.size(); d++) {
      double[] next = works.get((d + 1) % works.size()).works();
      wrong.add(new ClassWorks(works.get(d).supply(), next));
    }
    return limit(small.workload(), wrong);
  }

  @Test
  void windowsRoundedInwardAreCaught() {
    assertThat(violations(FleetLimitPropertyTest::withWindowsRoundedInward)).isPositive();
  }

  private static double withWindowsRoundedInward(SmallFleet small) {
    Workload is = small.workload();
    Workload.Builder rounded = new Workload.Builder(is.windowNanos());
    for (int i = 0; i < is.size(); i++) {
      long arrival = Math.ceilDiv(is.arrivalNanos(i), 4L) * 4;
      long deadline = is.goodputDeadlineNanos(i) / 4 * 4;
      rounded.add(arrival, 1, is.tier(i), 0, Math.max(arrival, deadline));
    }
    return limit(rounded.build(), FleetWorks.of(is, small.fleet()));
  }

  @Test
  void outagesTakenForLongerAreCaught() {
    assertThat(violations(FleetLimitPropertyTest::withLongerOutages)).isPositive();
  }

  private static double withLongerOutages(SmallFleet small) {
    List<ClassWorks> works = FleetWorks.of(small.workload(), small.fleet());
    List<ClassWorks> wrong = new ArrayList<>();
    for (int d = 0; d < works.size(); d++) {
      DeviceClass device = small.fleet().classes().get(d);
      List<Outage> longer =
          device.outages().stream()
              .map(o -> new Outage(o.fromNanos(), o.untilNanos() + 15, o.workers()))
              .toList();
      wrong.add(new ClassWorks(Supply.of(device.workers(), longer), works.get(d).works()));
    }
    return limit(small.workload(), wrong);
  }

  /** Every second request taken for one of a service of its own, and so for no companion. */
  @Test
  void companionsLeftOutAreCaught() {
    assertThat(violations(FleetLimitPropertyTest::withHalfTheCompanions)).isPositive();
  }

  private static double withHalfTheCompanions(SmallFleet small) {
    Workload is = small.workload();
    Workload.Builder split = new Workload.Builder(is.windowNanos());
    for (int i = 0; i < is.size(); i++) {
      split.add(
          new Workload.Request(
              2 * is.service(i) + i % 2,
              is.arrivalNanos(i),
              is.length(i),
              is.tier(i),
              0,
              is.deadlineNanos(i)));
    }
    List<DeviceClass> classes =
        small.fleet().classes().stream()
            .map(d ->
                new DeviceClass(
                    d.workers(),
                    d.services().stream().flatMap(s -> Collections.nCopies(2, s).stream()).toList(),
                    d.outages()))
            .toList();
    return GoodputLimit.of(split.build(), new Fleet(classes)).requests();
  }

  @Test
  void classesThatAreTheSameAreOnePool() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Workload workload = SmallWorkloads.draw(random, 5 + random.nextInt(5), seed % 3);
      ServiceCost cost = new ServiceCost(SmallWorkloads.cost(seed % 2 == 0), 2, 4);
      Fleet two =
          new Fleet(List.of(new DeviceClass(1, List.of(cost)), new DeviceClass(2, List.of(cost))));
      GoodputLimit pool = GoodputLimit.of(workload, cost.cost(), new WorkerPool(3, 2, 4));
      assertThat(GoodputLimit.of(workload, two)).as("seed %d", seed).isEqualTo(pool);
    }
  }
}
