package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.trace.TestWorkloads;
import io.waip.replay.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Policies on the Azure conversation trace against shares of the limit that another simulator gave
 * for its own versions of them: a batch takes 4 ms + 0.8 ms for each request, at most 64.
 */
class RecordedReplayTest {
  /** Mean rate of the trace, requests per second: 19,366 in 3,499 s. */
  private static final double RECORDED_RATE = 5.535;

  /** Rate for each worker per second, SLO, workers, and shares of the limit. */
  record Case(int perWorker, int sloMs, int workers, double waip, double fifo, double edfPrefix) {}

  private static List<Case> cases() {
    return List.of(
        new Case(995, 30, 1, 0.96, 0.39, 0.50),
        new Case(1438, 30, 1, 0.96, 0.01, 0.30),
        new Case(1438, 50, 4, 0.97, 0.03, 0.23));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sharesOfTheLimitAreThoseOfTheOtherSimulator(Case figures) {
    Optional<Path> file = TestWorkloads.shared("azure_llm_2023_conv.csv");
    assumeTrue(
        file.isPresent(), "skipped: azure_llm_2023_conv.csv is neither in WAIP_SHARED nor beside");
    Pace pace = new Pace.Speedup(figures.perWorker() * figures.workers() / RECORDED_RATE);
    ReplaySpec spec =
        new ReplaySpec(
            Traffic.recorded(TraceReader.read(file.orElseThrow()), pace),
            figures.sloMs() * 1_000_000L,
            CostSpec.parse("alpha=4ms,beta=0.8ms"),
            new WorkerPool(figures.workers(), 1, 64),
            Noise.none(1));
    ReplayReport report = Replay.run(spec, List.of(Policy.WAIP, Policy.FIFO, Policy.EDF_PREFIX));
    List<Double> shares = report.runs().stream().map(report::overLimit).toList();
    System.out.println(figures + ": " + shares);
    assertThat(shares.get(0)).isBetween(figures.waip() - 0.02, 1.0);
    assertThat(shares.get(1)).isCloseTo(figures.fifo(), Offset.offset(0.04));
    assertThat(shares.get(2)).isCloseTo(figures.edfPrefix(), Offset.offset(0.04));
  }
}
