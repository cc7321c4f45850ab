package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.shadow.ShadowFigures;
import io.waip.replay.shadow.ShadowFigures.Verdict;
import io.waip.replay.shadow.ShadowRun;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.EventSpec;
import io.waip.replay.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second cost model that watches a replay. */
class ShadowReplayTest {
  private static final long MS = 1_000_000L;
  private static final List<Subject> MODEL = List.of(new Subject("model", Phase.WHOLE, "", 1, 0));

  @TempDir private Path folder;

  private static ReplaySpec spec(Traffic traffic, String events, double noise) {
    List<EventSpec> happens = events.isEmpty() ? List.of() : EventSpec.parseAll(events);
    Devices devices = Devices.alike(new WorkerPool(3, 1, 64), happens);
    CostSpec cost = CostSpec.parse("alpha=4ms,beta=0.8ms");
    Noise times = noise == 0 ? Noise.none(1) : new Noise(noise, 1);
    return new ReplaySpec(traffic, 50 * MS, cost, devices, times);
  }

  private static Replay generated(String events, double noise) {
    return Replay.of(
        spec(Traffic.generated(new ArrivalSpec.Poisson(), 10_000, 1.2), events, noise));
  }

  /** Predicts the law that the replay runs by, times a factor, with bounds beside it. */
  private static LatencyPredictor law(double factor, double p95, double p99) {
    return (subject, batch, length) -> {
      double median = factor * (4 + 0.8 * batch) * MS;
      return new LatencyEstimate(
          median, OptionalDouble.of(p95 * median), OptionalDouble.of(p99 * median), Basis.MEASURED);
    };
  }

  private static ShadowRun shadow(Replay replay, LatencyPredictor predictor) {
    return new ShadowRun(replay.setup(Policy.WAIP).costs(), predictor, MODEL);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void noDecisionDependsOnTheShadow(Policy policy) {
    Replay replay = generated("200ms:worker-1:down,500ms:worker-1:up", 0.2);
    LatencyPredictor wild = (subject, batch, length) -> LatencyEstimate.UNKNOWN;

    String alone = replay.play(policy).log().decisionHash();

    assertThat(replay.play(policy, shadow(replay, law(0.01, 1, 1))).log().decisionHash())
        .isEqualTo(alone);
    assertThat(replay.play(policy, shadow(replay, wild)).log().decisionHash()).isEqualTo(alone);
  }

  @Test
  void comparesBothWithWhatEachExecutionTook() {
    Replay replay = generated("", 0.2);
    ShadowRun shadow = shadow(replay, law(1.5, 1, 2));
    PolicyRun run = replay.play(Policy.WAIP, shadow);
    ShadowFigures figures = shadow.figures().getFirst();

    assertThat(figures.executions()).isEqualTo(run.log().batches());
    assertThat(figures.unknown()).isZero();
    // The mean of |1 / x - 1| of lognormal noise of 20 % is 0.16; its logarithm has a mean of
    // -0.02.
    assertThat(figures.first().meanAbsRelError()).isCloseTo(0.16, within(0.02));
    assertThat(figures.first().meanLogRatio()).isCloseTo(0.02, within(0.01));
    assertThat(figures.shadow().meanLogRatio()).isCloseTo(0.02 + Math.log(1.5), within(0.01));
    // P(x <= 1.5) and P(x <= 3) with sigma 0.198.
    assertThat(figures.shadow().coverageP95().orElseThrow()).isCloseTo(0.984, within(0.01));
    assertThat(figures.shadow().coverageP99().orElseThrow()).isGreaterThan(0.999);
    assertThat(figures.first().coverageP95()).isEmpty();
    assertThat(figures.difference().verdict()).isEqualTo(Verdict.FIRST_NEARER);
  }

  @Test
  void findsTheShadowNearerWhereTheDecidingModelIsWrong() {
    // All workers become half as fast, which --cost does not know.
    Replay slow = generated("0ms:worker-1:slow=2x,0ms:worker-2:slow=2x,0ms:worker-3:slow=2x", 0.1);
    ShadowRun shadow = shadow(slow, law(2, 1, 1));
    slow.play(Policy.WAIP, shadow);

    assertThat(shadow.figures().getFirst().difference().verdict()).isEqualTo(Verdict.SHADOW_NEARER);
  }

  @Test
  void anExecutionThatFailsCountsForNothing() throws IOException {
    // Each takes 4.8 ms; the one of 20 ms runs on worker 1 and fails after 1 ms.
    Path file = Files.writeString(folder.resolve("t.csv"), "arrival_ms\n0\n10\n20\n30\n");
    Traffic traffic = Traffic.recorded(TraceReader.read(file), new Pace.Speedup(1));
    Replay replay = Replay.of(spec(traffic, "21ms:worker-1:down", 0));
    ShadowRun shadow = shadow(replay, law(1, 1, 1));
    PolicyRun run = replay.play(Policy.FIFO, shadow);
    ShadowFigures figures = shadow.figures().getFirst();

    assertThat(run.log().batches()).isEqualTo(4);
    assertThat(figures.executions()).isEqualTo(3);
    assertThat(figures.first().meanAbsRelError()).isCloseTo(0, within(1e-9));
  }
}
