package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches of 10 ms, whatever their size, and an objective of 25 ms. */
class TimelineTest {
  private static final Offset<Double> NEAR = Offset.offset(1e-9);

  @TempDir private Path folder;

  private Timeline timeline(Policy policy, WorkerPool pool, String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), lines.replace('|', '\n'));
    Traffic traffic = Traffic.recorded(TraceReader.read(file), new Pace.Speedup(1));
    CostSpec cost = CostSpec.parse("alpha=10ms,beta=0ms");
    Replay replay = Replay.of(new ReplaySpec(traffic, 25_000_000, cost, pool, Noise.none(1)));
    TimelineRecorder recorder =
        new TimelineRecorder(replay.workload(), pool.workers(), pool.maxBatch());
    replay.play(policy, recorder);
    return recorder.timeline();
  }

  @Test
  void showsHowManyRequestsWaitedInEachStep() throws IOException {
    // A window of 40 ms, so 12 steps for each batch: two wait, then one, then none.
    Timeline timeline = timeline(Policy.FIFO, new WorkerPool(1, 1, 1), "arrival_ms|0|0|0|30");
    for (int step = 0; step < Timeline.STEPS; step++) {
      int waiting = step < 12 ? 2 : step < 24 ? 1 : 0;
      assertThat(timeline.queueShare(step, Timeline.depthBin(waiting)))
          .as("step " + step)
          .isCloseTo(1, NEAR);
      assertThat(timeline.workerShare(step, 0)).isCloseTo(1, NEAR);
    }
    assertThat(timeline.deepestBin()).isEqualTo(2);
  }

  @Test
  void sharesTheTimeOfAllWorkersOutToBatchSizes() throws IOException {
    // A window of 36 ms in steps of 0.75 ms. Two batches of one until 10 ms, then one of three
    // beside an idle worker, then one of one from 30 ms to beyond the window.
    Timeline timeline = timeline(Policy.FIFO, new WorkerPool(2, 1, 20), "arrival_ms|0|0|0|0|0|30");
    assertThat(timeline.sizeBins()).isEqualTo(10);
    assertThat(timeline.workerShare(0, 0)).isCloseTo(1, NEAR);
    assertThat(timeline.workerShare(13, 0)).isCloseTo(1 / 3.0, NEAR);
    assertThat(timeline.workerShare(13, 1)).isCloseTo(1 / 3.0, NEAR);
    assertThat(timeline.workerShare(14, 1)).isCloseTo(0.5, NEAR);
    assertThat(timeline.workerShare(30, 0)).isZero();
    assertThat(timeline.workerShare(47, 0)).isCloseTo(0.5, NEAR);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void theQueueHasOneDepthAtATimeAndNoWorkerDoesTwoThings(Policy policy) throws IOException {
    StringBuilder lines = new StringBuilder("arrival_ms");
    IntStream.range(0, 200).forEach(i -> lines.append('|').append(i / 3));
    Timeline timeline = timeline(policy, new WorkerPool(2, 1, 8), lines.toString());
    for (int step = 0; step < Timeline.STEPS; step++) {
      int at = step;
      double depths =
          IntStream.range(0, Timeline.DEPTH_BINS)
              .mapToDouble(bin -> timeline.queueShare(at, bin))
              .sum();
      double busy =
          IntStream.range(0, timeline.sizeBins())
              .mapToDouble(bin -> timeline.workerShare(at, bin))
              .sum();
      assertThat(depths).as("step " + step).isCloseTo(1, NEAR);
      assertThat(busy).as("step " + step).isBetween(0.0, 1 + 1e-9);
    }
  }

  @Test
  void aDroppedRequestWaitsNoMore() throws IOException {
    Timeline timeline = timeline(Policy.EDF_PREFIX, new WorkerPool(1, 1, 1), "arrival_ms|0|0|0|30");
    assertThat(timeline.queueShare(Timeline.STEPS - 1, 0)).isCloseTo(1, NEAR);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "16, 16, 1", "20, 10, 2", "64, 16, 4", "100, 15, 7", "1024, 16, 64"})
  void binsOfSizesCoverEverySizeOnce(int maxBatch, int bins, int width) {
    Timeline timeline = new Timeline(1, maxBatch, new double[0][0], new double[0][0]);
    assertThat(timeline.sizeBins()).isEqualTo(bins);
    assertThat(timeline.leastSize(0)).isEqualTo(1);
    assertThat(timeline.mostSize(0)).isEqualTo(width);
    assertThat(timeline.mostSize(bins - 1)).isEqualTo(maxBatch);
    for (int bin = 1; bin < bins; bin++) {
      assertThat(timeline.leastSize(bin)).isEqualTo(timeline.mostSize(bin - 1) + 1);
      assertThat(Timeline.sizeBin(timeline.leastSize(bin), maxBatch)).isEqualTo(bin);
    }
  }

  @Test
  void binsOfDepthsDouble() {
    assertThat(Timeline.depthBin(0)).isZero();
    assertThat(Timeline.depthBin(3)).isEqualTo(2);
    assertThat(Timeline.leastDepth(2)).isEqualTo(2);
    assertThat(Timeline.depthBin(Integer.MAX_VALUE)).isEqualTo(Timeline.DEPTH_BINS - 1);
  }
}
