package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.GoodputLimit;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker; requests and times few enough to count by hand. */
class LossTest {
  private static final long MS = 1_000_000L;
  private static final Offset<Double> NEAR = Offset.offset(1e-6);

  @TempDir private Path folder;

  private PolicyRun run(String cost, int maxBatch, Policy policy, String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), lines.replace('|', '\n'));
    Traffic traffic = Traffic.recorded(TraceReader.read(file), new Pace.Speedup(1));
    ReplaySpec spec =
        new ReplaySpec(
            traffic, 25 * MS, CostSpec.parse(cost), new WorkerPool(1, 1, maxBatch), Noise.none(1));
    return Replay.of(spec).play(policy);
  }

  private static GoodputLimit limit(double requestsPerSecond) {
    return new GoodputLimit(0, requestsPerSecond, "greedy");
  }

  private static Optional<ClairvoyantGoodput> found(double requestsPerSecond) {
    return Optional.of(new ClairvoyantGoodput(0, requestsPerSecond));
  }

  @Test
  void whatNoScheduleReachesIsTheBoundsOwn() throws IOException {
    // Three of four in time, one late, in a window of 40 ms: 75 and 25 per second.
    PolicyRun run = run("alpha=10ms,beta=0ms", 1, Policy.FIFO, "arrival_ms|0|0|0|30");
    Loss loss = Loss.of(limit(110), found(90), run);
    assertThat(loss.loosenessRps()).isCloseTo(20, NEAR);
    assertThat(loss.lateRps()).isCloseTo(15, NEAR);
    assertThat(loss.expiredRps()).isZero();
  }

  @Test
  void paddingCountsAsTheRequestsItsTimeWouldHaveServed() throws IOException {
    // Two of lengths 2 and 6 in one batch of 12 ms, 4 of them for padding; 6 ms for a request.
    PolicyRun run =
        run("alpha=0ms,beta=0ms,gamma=1ms", 2, Policy.TRITON, "arrival_ms,length|0,1|0,2|0,6|80,1");
    assertThat(run.waste().paddingNanos()).isZero();
    PolicyRun padded =
        run("alpha=0ms,beta=0ms,gamma=1ms", 2, Policy.FIFO, "arrival_ms,length|0,1|0,2|0,6|80,1");
    assertThat(padded.waste().paddingNanos()).isEqualTo(4 * MS);
    Loss loss = Loss.of(limit(1000), found(1000), padded);
    double perRequest = padded.nanosPerRequest().orElseThrow();
    assertThat(loss.paddingRps())
        .isCloseTo(4 * MS / perRequest * 1e9 / padded.workload().windowNanos(), NEAR);
  }

  @Test
  void idleTimeCountsOnlyWhileRequestsWait() throws IOException {
    // Symphony waits with each request until 25 - 10 ms before its deadline; with batches of 1 not.
    String lines = "arrival_ms|0|50|60";
    PolicyRun eager = run("alpha=10ms,beta=0ms", 1, Policy.FIFO, lines);
    assertThat(eager.waste().idleNanos()).isZero();
    PolicyRun deferred = run("alpha=8ms,beta=1ms", 4, Policy.SYMPHONY, lines);
    // 25 - 10 ms for the first; the second waits for the third and both for 65 - 60 more.
    assertThat(deferred.waste().idleNanos()).isEqualTo((15 + 14) * MS);
  }

  @Test
  void withoutASearchTheRestIsTheBounds() throws IOException {
    PolicyRun run = run("alpha=10ms,beta=0ms", 1, Policy.FIFO, "arrival_ms|0|0|0|30");
    Loss loss = Loss.of(limit(110), Optional.empty(), run);
    assertThat(loss.lateRps()).isCloseTo(25, NEAR);
    assertThat(loss.loosenessRps()).isCloseTo(10, NEAR);
  }
}
