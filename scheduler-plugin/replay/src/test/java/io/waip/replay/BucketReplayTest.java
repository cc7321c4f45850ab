package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.schedule.Batch;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches of the planner padded to few lengths. */
class BucketReplayTest {
  private static Replay replay() {
    int[] lengths = IntStream.range(0, 997).map(i -> 1 + i * 37 % 200).toArray();
    Traffic traffic = Traffic.generated(new ArrivalSpec.Poisson(), 4000, 0.9).withLengths(lengths);
    CostSpec cost = CostSpec.parse("alpha=4ms,gamma=20us");
    return Replay.of(
        new ReplaySpec(traffic, 100_000_000L, cost, new WorkerPool(2, 1, 32), Noise.none(1)));
  }

  private static Set<Integer> padded(Replay replay, Policy policy) {
    Set<Integer> lengths = new TreeSet<>();
    replay.play(
        policy,
        new RunObserver() {
          @Override
          public void executed(Batch batch, long startNanos, long endNanos) {
            lengths.add(batch.paddedLength());
          }
        });
    return lengths;
  }

  @Test
  void thePlannerPadsToTheEdgesAndTheLongestAlone() {
    assertThat(padded(replay(), Policy.WAIP)).hasSizeGreaterThan(50);
    assertThat(padded(replay().withBuckets(List.of(64, 128)), Policy.WAIP))
        .containsExactly(64, 128, 200);
  }

  @Test
  void edgesThatPadLeastAreMultiplesOfEight() {
    // Lengths from 1 to 200, each as often: four edges divide them evenly.
    assertThat(replay().leastPadding(4)).hasSize(4).allMatch(edge -> edge % 8 == 0).endsWith(200);
    assertThat(padded(replay().withBuckets(replay().leastPadding(4)), Policy.WAIP)).hasSize(4);
  }

  @Test
  void otherLoadsAndSettingsKeepTheEdges() {
    Replay padded = replay().withBuckets(List.of(64, 128));
    assertThat(padded.atLoad(0.5).bucketEdges()).containsExactly(64, 128);
    assertThat(padded(padded, Policy.FIFO)).isEqualTo(padded(replay(), Policy.FIFO));
    assertThat(replay().bucketEdges()).isEmpty();
  }

  @Test
  void refusesEdgesThatDoNotAscend() {
    assertThatThrownBy(() -> replay().withBuckets(List.of(128, 64)))
        .hasMessageContaining("ascending");
  }
}
