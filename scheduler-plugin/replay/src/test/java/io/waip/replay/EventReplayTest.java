package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.EventSpec;
import io.waip.replay.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that fail, drain, come back and slow down. */
class EventReplayTest {
  private static final long MS = 1_000_000L;

  @TempDir private Path folder;

  private static ReplaySpec spec(Traffic traffic, String cost, int workers, String events) {
    List<EventSpec> happens = events.isEmpty() ? List.of() : EventSpec.parseAll(events);
    Devices devices = Devices.alike(new WorkerPool(workers, 1, 64), happens);
    return new ReplaySpec(traffic, 50 * MS, CostSpec.parse(cost), devices, Noise.none(1));
  }

  private static Replay generated(double load, String events) {
    Traffic traffic = Traffic.generated(new ArrivalSpec.Poisson(), 10_000, load);
    return Replay.of(spec(traffic, "alpha=4ms,beta=0.8ms", 3, events));
  }

  /** One request at a time takes 10 ms. */
  private PolicyRun recorded(int workers, String events, String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), lines.replace('|', '\n'));
    Traffic traffic = Traffic.recorded(TraceReader.read(file), new Pace.Speedup(1));
    return Replay.of(spec(traffic, "alpha=10ms,beta=0ms", workers, events)).play(Policy.FIFO);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void everyRequestEndsOnceWhateverHappens(Policy policy) {
    String events =
        "200ms:worker-1:down,300ms:worker-2:drain,400ms:worker-3:down,500ms:worker-1:up,"
            + "600ms:worker-1:slow=5x,700ms:worker-2:up,800ms:worker-3:up,900ms:worker-1:slow=1x,"
            + "900ms:worker-1:down,900ms:worker-1:up";
    Replay replay = generated(1.2, events);
    PolicyRun run = replay.play(policy);

    assertThat(run.count(Outcome.FAILED)).isPositive();
    assertThat(run.goodputPerSecond()).isLessThan(replay.limit().ratePerSecond());
    assertThat(replay.play(policy).log().decisionHash()).isEqualTo(run.log().decisionHash());
  }

  @Test
  void theHashCoversEventsThatChangeNoDecision() {
    String calm = generated(0.5, "").play(Policy.WAIP).log().decisionHash();
    String slow = generated(0.5, "50s:worker-1:slow=2x").play(Policy.WAIP).log().decisionHash();
    String later = generated(0.5, "51s:worker-1:slow=2x").play(Policy.WAIP).log().decisionHash();

    assertThat(slow).isNotEqualTo(calm);
    assertThat(later).isNotEqualTo(slow);
  }

  @Test
  void theBatchOfAFailedWorkerFailsAndTheNextGoesElsewhere() throws IOException {
    PolicyRun run = recorded(2, "15ms:worker-1:down", "arrival_ms|0|5|10|20|30");

    // The third starts at 10 on worker 1 and fails at 15; the others run on worker 2.
    assertThat(run.log().outcome(2)).isEqualTo(Outcome.FAILED);
    assertThat(run.log().endNanos(2)).isEqualTo(15 * MS);
    assertThat(run.log().endNanos(1)).isEqualTo(15 * MS);
    assertThat(run.log().endNanos(3)).isEqualTo(30 * MS);
    assertThat(run.count(Outcome.COMPLETED)).isEqualTo(4);
    assertThat(run.log().busyNanos()).isEqualTo(45 * MS);
  }

  @Test
  void aDrainedWorkerFinishesWhatItHas() throws IOException {
    PolicyRun run = recorded(2, "5ms:worker-1:drain", "arrival_ms|0|6|8|30");

    assertThat(run.log().endNanos(0)).isEqualTo(10 * MS);
    assertThat(run.log().endNanos(2)).isEqualTo(26 * MS);
    assertThat(run.count(Outcome.COMPLETED)).isEqualTo(4);
  }

  @Test
  void workersThatAreDownDoNotIdle() throws IOException {
    // The second request waits from 8 to 10 for worker 2; worker 1 is down or drained.
    String lines = "arrival_ms|0|8|60";
    assertThat(recorded(2, "0s:worker-1:down", lines).waste().idleNanos()).isZero();
    assertThat(recorded(2, "0s:worker-1:drain", lines).waste().idleNanos()).isZero();
  }

  @Test
  void thePlannerLearnsThatAWorkerIsSlow() {
    // Late batches are the price of learning.
    PolicyRun run = generated(0.7, "0s:worker-1:slow=3x").play(Policy.WAIP);

    int half = run.workload().size() / 2;
    long lateAtFirst = 0;
    long lateAfter = 0;
    for (int i = 0; i < run.workload().size(); i++) {
      boolean isLate = run.log().outcome(i) == Outcome.LATE;
      lateAtFirst += isLate && i < half ? 1 : 0;
      lateAfter += isLate && i >= half ? 1 : 0;
    }
    assertThat(lateAtFirst).isPositive();
    assertThat(lateAfter).isLessThan(lateAtFirst / 4 + 5);
    assertThat(run.attainment()).isGreaterThan(0.9);
  }

  /** The others have time enough for what it cannot serve. */
  @Test
  void aSlowWorkerAmongIdleOnesCostsNobody() {
    assertThat(generated(0.5, "0s:worker-1:slow=3x").play(Policy.WAIP).attainment()).isEqualTo(1);
  }

  @Test
  void theSearchWithFullKnowledgeDoesNotKnowEvents() {
    assertThat(generated(0.5, "").clairvoyant()).isPresent();
    assertThat(generated(0.5, "1s:worker-1:down").clairvoyant()).isEmpty();
  }

  @Test
  void refusesAnEventOfAWorkerThatDoesNotExist() {
    assertThatThrownBy(() -> generated(1, "1s:worker-4:down"))
        .hasMessageContaining("no worker is named 'worker-4'; allowed: worker-1 to worker-3");
  }
}
