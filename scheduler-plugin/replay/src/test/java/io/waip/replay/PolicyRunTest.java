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
    return run("alpha=10ms,beta=0ms", policy, lines);
  }

  private PolicyRun run(String cost, Policy policy, String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), lines.replace('|', '\n'));
    Traffic traffic = Traffic.recorded(TraceReader.read(file), new Pace.Speedup(1));
    return Replay.of(
            new ReplaySpec(
                traffic, 25 * MS, CostSpec.parse(cost), new WorkerPool(1, 1, 1), Noise.none(1)))
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
  void sharesOfTheLatenciesAreOfAllOfferedRequests() throws IOException {
    // Latencies 10, 20, 30 and 10 ms; without the third where it is dropped.
    LatencyDistribution all = run(Policy.FIFO, "arrival_ms|0|0|0|30").latencies();
    assertThat(all.shareWithin(10 * MS - 1)).isZero();
    assertThat(all.shareWithin(20 * MS)).isEqualTo(0.75);
    assertThat(all.neverAnswered()).isZero();
    LatencyDistribution dropped = run(Policy.EDF_PREFIX, "arrival_ms|0|0|0|30").latencies();
    assertThat(dropped.answers()).isEqualTo(3);
    assertThat(dropped.shareWithin(Long.MAX_VALUE)).isEqualTo(0.75);
    assertThat(dropped.neverAnswered()).isEqualTo(0.25);
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

  @Test
  void aBoundOfItsOwnReplacesTheSlo() throws IOException {
    // Ends at 10, 20 and 30 ms.
    PolicyRun run =
        run(
            Policy.FIFO,
            "arrival_ms,tier,deadline_ms|0,offline,9|0,interactive,20|0,nearline,30|9,nearline,99");
    assertThat(run.isGood(0)).isFalse();
    assertThat(run.isGood(1)).isTrue();
    assertThat(run.isGood(2)).isTrue();
    assertThat(run.workload().deadlineNanos(3)).isEqualTo(108 * MS);
  }

  @Test
  void fifthsGoFromTheShortestToTheLongest() throws IOException {
    // Ten requests at 0, 10 ms each, in the order of their length: two are in time.
    StringBuilder lines = new StringBuilder("arrival_ms,length");
    for (int i = 0; i < 10; i++) {
      lines.append("|0,").append(i + 1);
    }
    String cost = "alpha=10ms,beta=0ms,gamma=1ns";
    PolicyRun run = run(cost, Policy.FIFO, lines.append("|500,11").toString());
    assertThat(run.attainmentByLengthFifth()).containsExactly(1.0, 0.0, 0.0, 0.0, 1 / 3.0);
    assertThat(run(Policy.FIFO, lines.toString()).attainmentByLengthFifth()).isEmpty();
  }
}
