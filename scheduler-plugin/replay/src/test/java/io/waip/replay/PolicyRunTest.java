package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker, 10 ms for each request, no batches: every figure can be checked by hand. */
class PolicyRunTest {
  private static final long MS = 1_000_000L;

  @TempDir private Path folder;

  private PolicyRun run(Policy policy, String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), lines.replace('|', '\n'));
    Traffic traffic = Traffic.recorded(TraceReader.read(file), new Pace.Speedup(1));
    return Replay.of(
            new ReplaySpec(
                traffic,
                25 * MS,
                CostSpec.parse("alpha=10ms,beta=0ms"),
                new WorkerPool(1, 1, 1),
                Noise.none(1)))
        .play(policy);
  }

  @Test
  void countsWhatIsInTimePerSecondOfTheWindow() throws IOException {
    // Ends at 10, 20, 30, 40 ms; deadlines 25, 25, 25, 55 ms; the window is 30 ms * 4 / 3.
    PolicyRun run = run(Policy.FIFO, "arrival_ms|0|0|0|30");
    assertThat(run.count(Outcome.COMPLETED)).isEqualTo(3);
    assertThat(run.count(Outcome.LATE)).isEqualTo(1);
    assertThat(run.goodputPerSecond()).isEqualTo(75);
    assertThat(run.attainment()).isEqualTo(0.75);
    assertThat(run.attainment(i -> i == 2)).hasValue(0);
    assertThat(run.meanBatch()).hasValue(1);
  }

  @Test
  void latencyStartsAtTheArrivalAndCountsLateAnswers() throws IOException {
    // Latencies 10, 20, 30 and 10 ms.
    PolicyRun run = run(Policy.FIFO, "arrival_ms|0|0|0|30");
    assertThat(run.latencyMillis(50)).hasValue(10);
    assertThat(run.latencyMillis(75)).hasValue(20);
    assertThat(run.latencyMillis(99)).hasValue(30);
  }

  @Test
  void aDroppedRequestHasNoLatency() throws IOException {
    PolicyRun run = run(Policy.EDF_PREFIX, "arrival_ms|0|0|0|30");
    assertThat(run.count(Outcome.EVICTED)).isEqualTo(1);
    assertThat(run.latencyMillis(100)).hasValue(20);
  }

  @Test
  void offlineWorkCountsOnlyInsideTheWindow() throws IOException {
    // The window is 30 ms: the offline requests end at 10, 20 and 30 ms, or after it.
    PolicyRun run =
        run(Policy.FIFO, "arrival_ms,tier|0,offline|0,offline|0,offline|0,offline|24,offline");
    assertThat(run.workload().deadlineNanos(0)).isEqualTo(RequestDescriptor.NO_DEADLINE);
    assertThat(run.workload().tier(0)).isEqualTo(Tier.OFFLINE);
    assertThat(run.count(Outcome.COMPLETED)).isEqualTo(5);
    assertThat(run.attainment()).isEqualTo(0.6);
  }
}
