package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The limit against an exhaustive search on small workloads. */
class GoodputLimitPropertyTest {
  @Property(tries = 400, seed = "3")
  void noScheduleExceedsTheLimit(
      @ForAll @IntRange(min = 1, max = 9) int n,
      @ForAll @IntRange(min = 0, max = 2) int kind,
      @ForAll @IntRange(min = 1, max = 2) int workers,
      @ForAll @IntRange(min = 0, max = 3) int form,
      @ForAll long seed) {
    Workload workload = SmallWorkloads.draw(new Random(seed), n, kind);
    BatchCost cost = SmallWorkloads.cost((form & 1) == 1);
    WorkerPool pool = new WorkerPool(workers, 1 + (form >> 1), SmallWorkloads.MAX_BATCH);
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
    assertThat(LevelledFlow.value(problem, 0, 1000)).isCloseTo(greedy, within(greedy));
    assertThat(naive(problem)).isCloseTo(greedy, within(greedy));
  }

  private static Offset<Double> within(double value) {
    return Offset.offset(1e-9 * Math.max(1, value));
  }

  private static Relaxation agreeable(Random random, int n, int workers) {
    return new Relaxation(
        Supply.of(workers),
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
          double room =
              problem.supply().workers() * (problem.deadlines()[k] - problem.releases()[j]);
          double used = Arrays.stream(granted, j, k + 1).sum();
          grant = Math.min(grant, room - used);
        }
      }
      granted[i] = Math.max(0, grant);
      value += problem.values()[i] * granted[i] / problem.works()[i];
    }
    return value;
  }

  @Property(tries = 300, seed = "3")
  void fewerFlowsOnlyRaiseTheSum(
      @ForAll @IntRange(min = 2, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 12) int flows,
      @ForAll long seed) {
    Relaxation problem = nested(new Random(seed), n);
    double exact = LevelledFlow.value(problem, 0, Integer.MAX_VALUE);
    assertThat(LevelledFlow.value(problem, 0, flows)).isGreaterThan(exact * (1 - 1e-9));
    assertThat(LevelledFlow.value(problem, 0.01, 1000)).isBetween(exact * (1 - 1e-9), exact * 1.02);
  }

  /** Any windows: the greedy that asks the maximum flow for each request in turn. */
  @Property(tries = 200, seed = "3")
  void equalsTheGreedyOverMaximumFlows(
      @ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
    Relaxation problem = nested(new Random(seed), n);
    EarliestDeadlineFlow flow = new EarliestDeadlineFlow(problem);
    int[] rank = new int[n];
    int[] order = problem.byDensity();
    double value = 0;
    double before = 0;
    for (int k = 0; k < n; k++) {
      rank[order[k]] = k;
    }
    for (int k = 0; k < n; k++) {
      double after = flow.nanos(rank, k);
      value += problem.values()[order[k]] * (after - before) / problem.works()[order[k]];
      before = after;
    }
    double levelled = LevelledFlow.value(problem, 0, Integer.MAX_VALUE);
    assertThat(levelled).isCloseTo(value, within(value));
  }

  /** The maximum flow against the tightest interval, for one request at a time. */
  @Property(tries = 200, seed = "3")
  void flowNeverExceedsWorkOrTime(@ForAll @IntRange(min = 1, max = 30) int n, @ForAll long seed) {
    Relaxation problem = nested(new Random(seed), n);
    double flow = new EarliestDeadlineFlow(problem).nanos(new int[n], 0);
    assertThat(flow).isCloseTo(leastCut(problem), within(flow));
  }

  /**
   * The least cut over unions of disjoint intervals by dynamic programming: work of requests left
   * out, plus the time of intervals that cover the others' windows.
   */
  private static double leastCut(Relaxation problem) {
    long[] points =
        LongStream.concat(Arrays.stream(problem.releases()), Arrays.stream(problem.deadlines()))
            .sorted()
            .distinct()
            .toArray();
    double[] saved = new double[points.length];
    for (int b = 1; b < points.length; b++) {
      saved[b] = saved[b - 1];
      for (int a = 0; a < b; a++) {
        double inside = 0;
        for (int i = 0; i < problem.size(); i++) {
          boolean in = problem.releases()[i] >= points[a] && problem.deadlines()[i] <= points[b];
          inside += in ? problem.works()[i] : 0;
        }
        double time = problem.supply().workers() * (double) (points[b] - points[a]);
        saved[b] = Math.max(saved[b], saved[a] + inside - time);
      }
    }
    return Arrays.stream(problem.works()).sum() - saved[points.length - 1];
  }

  private static Relaxation nested(Random random, int n) {
    long[] releases = random.longs(n, 0, 500).sorted().toArray();
    return new Relaxation(
        Supply.of(1 + random.nextInt(2)),
        releases,
        Arrays.stream(releases).map(r -> r + 5 + random.nextInt(200)).toArray(),
        random.doubles(n, 1, 30).toArray(),
        random.doubles(n, 1, 5).toArray());
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
        new Relaxation(
            Supply.of(1), problem.releases(), problem.deadlines(), halved, problem.values());
    assertThat(AgreeableGreedy.value(inflated)).isGreaterThan(1.05 * naive(problem));
  }

  private static int violations(double factor) {
    int violations = 0;
    for (int seed = 0; seed < 60; seed++) {
      Workload workload = SmallWorkloads.draw(new Random(seed), 8, seed % 3);
      WorkerPool pool = new WorkerPool(1, 1, SmallWorkloads.MAX_BATCH);
      int optimum = new ExactOptimum(workload, SmallWorkloads.cost(false), pool).requests();
      double limit =
          factor * GoodputLimit.of(workload, SmallWorkloads.cost(false), pool).requests();
      violations += limit < optimum - 1e-9 ? 1 : 0;
    }
    return violations;
  }
}
