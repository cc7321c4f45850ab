package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.trace.TestWorkloads;
import io.waip.replay.trace.Workload;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WorkBoundTest {
  private static final WorkerPool POOL = new WorkerPool(1, 2, 5);

  private static final BatchCost COST =
      (variant, batch, length) -> (6 + batch * (2 + length)) * (variant == 0 ? 1 : 0.8);

  private static double[] works(Workload workload, BatchCost cost, WorkerPool pool) {
    return WorkBound.nanos(
        workload,
        new CostEnvelope(workload, new ServiceCost(cost, pool.variants(), pool.maxBatch())));
  }

  @Test
  void aLonelyRequestPaysForABatchOfOne() {
    BatchCost cost = (variant, batch, length) -> 4 + batch;
    WorkerPool pool = new WorkerPool(1, 1, 8);
    long[] arrivals = {0, 3, 100};
    double[] works = works(TestWorkloads.uniformDeadline(arrivals, 9, 200), cost, pool);
    // Two of the first may share 6 ns of [3, 9]; the third is alone and takes 5.
    assertThat(works).containsExactly(3, 3, 5);
  }

  @Test
  void countsOnlyThoseWhoseWindowHoldsTheBatch() {
    BatchCost cost = (variant, batch, length) -> 4 + batch;
    WorkerPool pool = new WorkerPool(1, 1, 8);
    double[] works = works(TestWorkloads.uniformDeadline(new long[] {0, 4}, 9, 200), cost, pool);
    // A batch of two would run 6 ns from 4 on, past the first's deadline of 9.
    assertThat(works).containsExactly(5, 5);
    double[] late = works(TestWorkloads.uniformDeadline(new long[] {0}, 4, 200), cost, pool);
    assertThat(late).containsExactly(Double.POSITIVE_INFINITY);
  }

  /** The definition read literally: every start, every batch size, every variant, O(n^2 B). */
  @Property(tries = 300, seed = "3")
  void equalsItsDefinition(@ForAll @IntRange(min = 1, max = 25) int n, @ForAll long seed) {
    Random random = new Random(seed);
    Workload workload = workload(random, n);
    double[] works = works(workload, COST, POOL);
    for (int i = 0; i < n; i++) {
      assertThat(works[i]).isCloseTo(literal(workload, i), Offset.offset(1e-9));
    }
  }

  private static Workload workload(Random random, int n) {
    Workload.Builder builder = new Workload.Builder(120);
    for (long arrival : random.longs(n, 0, 90).sorted().toArray()) {
      boolean offline = random.nextInt(4) == 0;
      builder.add(
          arrival,
          1 + random.nextInt(3),
          offline ? Tier.OFFLINE : Tier.INTERACTIVE,
          0,
          offline ? RequestDescriptor.NO_DEADLINE : arrival + 5 + random.nextInt(50));
    }
    return builder.build();
  }

  private static double literal(Workload workload, int i) {
    double least = Double.POSITIVE_INFINITY;
    for (int v = 0; v < POOL.variants(); v++) {
      for (int b = 1; b <= POOL.maxBatch(); b++) {
        double nanos = COST.nanos(v, b, workload.length(i));
        // Whole durations for the condition, as documented: starts need no finer step then.
        if (most(workload, i, (long) nanos) >= b) {
          least = Math.min(least, nanos / b);
        }
      }
    }
    return least;
  }

  private static int most(Workload workload, int i, long nanos) {
    int most = 0;
    long last = workload.goodputDeadlineNanos(i) - nanos;
    for (long start = workload.arrivalNanos(i); start <= last; start++) {
      int count = 0;
      for (int j = 0; j < workload.size(); j++) {
        boolean holds =
            workload.arrivalNanos(j) <= start && start + nanos <= workload.goodputDeadlineNanos(j);
        count += holds ? 1 : 0;
      }
      most = Math.max(most, count);
    }
    return most;
  }

  /** With more durations than are kept apart the bound only falls. */
  @Test
  void roundingDurationsOnlyLowersTheBound() {
    Random random = new Random(4);
    Workload.Builder builder = new Workload.Builder(100_000);
    for (long arrival : random.longs(400, 0, 90_000).sorted().toArray()) {
      builder.add(arrival, 1 + random.nextInt(200), Tier.INTERACTIVE, 0, arrival + 4000);
    }
    Workload workload = builder.build();
    BatchCost cost = (variant, batch, length) -> 300 + batch * (20.0 + length);
    WorkerPool pool = new WorkerPool(1, 1, 16);
    CostEnvelope envelope = new CostEnvelope(workload, new ServiceCost(cost, 1, pool.maxBatch()));
    assertThat(envelope.distinctNanos().length).isGreaterThan(WorkBound.MAX_DURATIONS);
    double[] works = WorkBound.nanos(workload, envelope);
    for (int i = 0; i < works.length; i++) {
      double largest = cost.nanos(0, 16, workload.length(i)) / 16;
      assertThat(works[i]).isBetween(largest, cost.nanos(0, 1, workload.length(i)));
    }
  }

  @Test
  void theEnvelopeNeverFallsAsABatchOrItsLengthGrows() {
    Random random = new Random(9);
    Workload workload = workload(random, 25);
    BatchCost rough = (variant, batch, length) -> 1 + random.nextDouble(9);
    CostEnvelope envelope = new CostEnvelope(workload, new ServiceCost(rough, 2, 5));
    for (int v = 0; v < POOL.variants(); v++) {
      for (int b = 1; b < POOL.maxBatch(); b++) {
        for (int l = 0; l + 1 < envelope.lengthCount(); l++) {
          assertThat(envelope.nanos(v, b, l))
              .isLessThanOrEqualTo(envelope.nanos(v, b + 1, l))
              .isLessThanOrEqualTo(envelope.nanos(v, b, l + 1));
        }
      }
    }
  }
}
