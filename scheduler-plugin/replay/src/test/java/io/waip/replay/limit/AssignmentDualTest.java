package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.trace.TestWorkloads;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bound for several classes against the linear program it bounds. */
class AssignmentDualTest {
  private static final long MS = 1_000_000L;

  /** The program without buckets: a row for each class and each interval between two ends. */
  private static double linearProgram(Workload workload, List<ClassWorks> classes) {
    int n = workload.size();
    int m = classes.size();
    List<double[]> rows = new ArrayList<>();
    List<Double> sides = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] row = new double[n * m];
      for (int d = 0; d < m; d++) {
        row[d * n + i] = 1;
      }
      rows.add(row);
      sides.add(1.0);
    }
    for (int d = 0; d < m; d++) {
      for (int from = 0; from < n; from++) {
        for (int to = 0; to < n; to++) {
          long start = workload.arrivalNanos(from);
          long end = workload.goodputDeadlineNanos(to);
          if (end > start) {
            rows.add(interval(workload, classes, d, start, end));
            sides.add(classes.get(d).supply().between(start, end));
          }
        }
      }
    }
    double[] values = new double[n * m];
    for (int k = 0; k < values.length; k++) {
      values[k] = classes.get(k / n).serves(k % n) ? 1 : 0;
    }
    return DenseSimplex.maximum(
        values,
        rows.toArray(double[][]::new),
        sides.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double[] interval(
      Workload workload, List<ClassWorks> classes, int d, long start, long end) {
    int n = workload.size();
    double[] row = new double[n * classes.size()];
    for (int i = 0; i < n; i++) {
      boolean inside = workload.arrivalNanos(i) >= start && workload.goodputDeadlineNanos(i) <= end;
      row[d * n + i] = inside && classes.get(d).serves(i) ? classes.get(d).works()[i] : 0;
    }
    return row;
  }

  @Test
  void equalsTheLinearProgramOnSmallWorkloads() {
    int several = 0;
    for (int seed = 0; seed < 2000; seed++) {
      SmallFleet small = SmallFleet.draw(new Random(seed));
      List<ClassWorks> classes = FleetWorks.of(small.workload(), small.fleet());
      GoodputLimit limit = GoodputLimit.of(small.workload(), classes);
      double exact = linearProgram(small.workload(), classes);
      assertThat(limit.requests())
          .as("seed %d", seed)
          .isBetween(exact - 1e-7, exact * (1 + 2 * LevelledFlow.TOLERANCE) + 1e-6);
      several += limit.method().equals("dual") ? 1 : 0;
    }
    assertThat(several).isGreaterThan(400);
  }

  /** Nothing is asked of the surpluses but to be there: any of them give a bound. */
  @Test
  void anySurplusesGiveABound() {
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      SmallFleet small = SmallFleet.draw(random);
      List<ClassWorks> classes = FleetWorks.of(small.workload(), small.fleet());
      double[] surpluses =
          random
              .doubles(small.workload().size(), -0.2, 1.2)
              .map(s -> s > 1.1 ? Double.NaN : s)
              .toArray();
      assertThat(AssignmentDual.bound(small.workload(), classes, surpluses))
          .as("seed %d", seed)
          .isGreaterThan(linearProgram(small.workload(), classes) - 1e-7);
    }
  }

  private static Workload bursts(int n, long sloNanos) {
    long[] arrivals = Arrivals.generate(new ArrivalSpec.Gamma(4), n, 1300, 5);
    return TestWorkloads.uniformDeadline(arrivals, sloNanos, Arrivals.windowNanos(arrivals));
  }

  /** Two halves of a class are the class: the exact limit is known at any size. */
  private static void compareHalves(Workload workload, BatchCost cost) {
    Fleet one = Fleet.uniform(cost, new WorkerPool(1, 1, 32), 1);
    List<ClassWorks> halves =
        List.of(FleetWorks.of(workload, one).getFirst(), FleetWorks.of(workload, one).getFirst());
    long start = System.nanoTime();
    double bound = AssignmentDual.value(workload, halves);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    double exact = GoodputLimit.of(workload, cost, new WorkerPool(2, 1, 32)).requests();
    System.out.printf(
        "two halves: %.1f, exactly %.1f of %d, in %d ms%n",
        bound, exact, workload.size(), took.toMillis());
    assertThat(bound).isBetween(exact * (1 - 1e-9), exact * 1.005);
    assertThat(took).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void isTightForManyRequestsOfOneObjective() {
    compareHalves(bursts(20_000, 50 * MS), (variant, batch, length) -> 4e6 + 1e6 * batch);
  }

  @Test
  void isTightForManyRequestsInTiers() {
    int[] lengths = new Random(7).ints(20_000, 1, 120).toArray();
    long[] arrivals = Arrivals.generate(new ArrivalSpec.Gamma(3), 20_000, 1300, 3);
    compareHalves(
        TestWorkloads.twoTiers(arrivals, lengths, 2, 100 * MS),
        (variant, batch, length) -> 3e6 + batch * (0.2e6 + 0.02e6 * length));
  }
}
