package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The limit against an exhaustive search on small workloads. */
class GoodputLimitPropertyTest {
  private static final int MAX_BATCH = 4;

  /** A random workload of a random kind: one SLO, several, or some requests without deadline. */
  private static Workload workload(Random random, int n, int kind) {
    long[] arrivals = random.longs(n, 0, 40).sorted().toArray();
    Workload.Builder builder = new Workload.Builder(60);
    for (long arrival : arrivals) {
      int length = 1 + random.nextInt(kind == 0 ? 1 : 4);
      long slo = kind == 0 ? 14 : 8 + random.nextInt(18);
      boolean offline = kind == 2 && random.nextInt(3) > 0;
      builder.add(
          arrival,
          length,
          offline ? Tier.OFFLINE : Tier.INTERACTIVE,
          0,
          offline ? RequestDescriptor.NO_DEADLINE : arrival + slo);
    }
    return builder.build();
  }

  /** alpha + beta b + gamma b L, a cheaper second variant, and dips where asked for. */
  private static BatchCost cost(boolean dips) {
    return (variant, batch, length) -> {
      double nanos = (4 + batch + 0.5 * batch * length) * (variant == 0 ? 1 : 0.7);
      return dips && batch == 3 ? nanos * 0.6 : nanos;
    };
  }

  @Property(tries = 400, seed = "3")
  void noScheduleExceedsTheLimit(
      @ForAll @IntRange(min = 1, max = 9) int n,
      @ForAll @IntRange(min = 0, max = 2) int kind,
      @ForAll @IntRange(min = 1, max = 2) int workers,
      @ForAll @IntRange(min = 0, max = 3) int form,
      @ForAll long seed) {
    Workload workload = workload(new Random(seed), n, kind);
    BatchCost cost = cost((form & 1) == 1);
    WorkerPool pool = new WorkerPool(workers, 1 + (form >> 1), MAX_BATCH);
    int optimum = new ExactOptimum(workload, cost, pool).requests();
    assertThat(GoodputLimit.of(workload, cost, pool).requests()).isGreaterThan(optimum - 1e-9);
  }

  @Property(tries = 300, seed = "3")
  void bothSolversAgreeOnAgreeableWindows(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 3) int workers,
      @ForAll long seed) {
    Relaxation problem = agreeable(new Random(seed), n, workers);
    double greedy = AgreeableGreedy.value(problem);
    assertThat(LevelledFlow.value(problem)).isCloseTo(greedy, within(greedy));
    assertThat(naive(problem)).isCloseTo(greedy, within(greedy));
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(1e-9 * Math.max(1, value));
  }

  private static Relaxation agreeable(Random random, int n, int workers) {
    return new Relaxation(
        workers,
        random.longs(n, 0, 500).sorted().toArray(),
        random.longs(n, 501, 800).sorted().toArray(),
        random.doubles(n, 1, 30).toArray(),
        random.doubles(n, 1, 5).toArray());
  }

  /** The greedy by looking at every interval for each request, O(n^3). */
  private static double naive(Relaxation problem) {
    double[] granted = new double[problem.size()];
    double value = 0;
    for (int i : problem.byDensity()) {
      double grant = problem.works()[i];
      for (int j = 0; j <= i; j++) {
        for (int k = i; k < problem.size(); k++) {
          double room = problem.workers() * (problem.deadlines()[k] - problem.releases()[j]);
          double used = Arrays.stream(granted, j, k + 1).sum();
          grant = Math.min(grant, room - used);
        }
      }
      granted[i] = Math.max(0, grant);
      value += problem.values()[i] * granted[i] / problem.works()[i];
    }
    return value;
  }

  @Property(tries = 200, seed = "3")
  void mergingLevelsOnlyRaisesTheFlow(
      @ForAll @IntRange(min = 2, max = 60) int n,
      @ForAll @IntRange(min = 2, max = 12) int levels,
      @ForAll long seed) {
    Random random = new Random(seed);
    long[] releases = random.longs(n, 0, 500).sorted().toArray();
    long[] deadlines = Arrays.stream(releases).map(r -> r + 5 + random.nextInt(200)).toArray();
    Relaxation problem =
        new Relaxation(
            1,
            releases,
            deadlines,
            random.doubles(n, 1, 30).toArray(),
            random.doubles(n, 1, 5).toArray());
    double exact = LevelledFlow.value(problem);
    assertThat(LevelledFlow.value(problem, levels)).isGreaterThan(exact - 1e-9 * exact);
    assertThat(LevelledFlow.value(problem, 256)).isLessThan(exact * (1 + 1e-9));
  }

  /** A limit made a tenth too low is caught by the search: the property above can fail. */
  @Test
  void aDeflatedLimitIsCaught() {
    assertThat(violations(0.9)).isPositive();
    assertThat(violations(1)).isZero();
  }

  /** A limit that lets work be twice as cheap is told from the right one. */
  @Test
  void anInflatedLimitIsCaught() {
    Relaxation problem = agreeable(new Random(5), 120, 1);
    double[] halved = Arrays.stream(problem.works()).map(w -> w / 2).toArray();
    Relaxation inflated =
        new Relaxation(1, problem.releases(), problem.deadlines(), halved, problem.values());
    assertThat(AgreeableGreedy.value(inflated)).isGreaterThan(1.05 * naive(problem));
  }

  private static int violations(double factor) {
    int violations = 0;
    for (int seed = 0; seed < 60; seed++) {
      Workload workload = workload(new Random(seed), 8, seed % 3);
      WorkerPool pool = new WorkerPool(1, 1, MAX_BATCH);
      int optimum = new ExactOptimum(workload, cost(false), pool).requests();
      double limit = factor * GoodputLimit.of(workload, cost(false), pool).requests();
      violations += limit < optimum - 1e-9 ? 1 : 0;
    }
    return violations;
  }
}
