package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waip.api.drift.Change;
import io.waip.api.drift.Signal;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.TenantSpec;
import io.waip.replay.trace.TestWorkloads;
import io.waip.replay.trace.TraceReader;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How quiet the watch for drift is while execution times stay. */
class QuietDayTest {
  private static final long MS = 1_000_000L;

  /** Batches take 100 times as long, so that a day has half a million requests; and six hours. */
  @ParameterizedTest
  @CsvSource({"500000, 'one'", "125000, 'one,two:share=2,three'"})
  void anUndriftedBurstyDayHasHardlyAFalseAlarm(int requests, String tenants) {
    Traffic traffic =
        Traffic.generated(new ArrivalSpec.Gamma(13), requests, 0.5)
            .withLengths(TestLengths.logNormal(20, 0.6, 128, 50_000))
            .withTenants(TenantSpec.parseAll(tenants));
    WatchedRun run =
        WatchedRun.of(
            new ReplaySpec(
                traffic,
                5000 * MS,
                CostSpec.parse("alpha=400ms,beta=30ms,gamma=2ms"),
                new WorkerPool(1, 1, 64),
                new Noise(0.1, 1)));

    double perHour = run.findings().alarms().size() / run.hours();
    System.out.printf(
        "undrifted %.1f h, gaps of CV 13, tenants %s: %.3f false alarms an hour, coverage_p99 %.4f:"
            + " %s%n",
        run.hours(), tenants, perHour, run.coverage(), run.findings().alarms());
    assertThat(run.hours()).isCloseTo(requests / 500_000.0 * 23.5, within(0.5));
    assertThat(perHour).isLessThanOrEqualTo(1);
    assertThat(run.coverage()).isBetween(0.985, 0.995);
  }

  /**
   * Of the trace's rates by the minute: from 5.8/s to 7 in minutes 22 to 27, from 7.8 to 5.2 in
   * minute 37, from 5.5 to 4.1 in minute 47.
   */
  @Test
  void anHourOfARealServiceAlarmsWhereItsRateChangedAndNowhereElse() {
    Optional<Path> file = TestWorkloads.shared("azure_llm_2023_conv.csv");
    assumeTrue(
        file.isPresent(), "skipped: azure_llm_2023_conv.csv is neither in WAIP_SHARED nor beside");
    Traffic traffic = Traffic.recorded(TraceReader.read(file.orElseThrow()), new Pace.Speedup(1));
    CostSpec cost = CostSpec.parse("alpha=40ms,beta=8ms");
    WatchedRun run =
        WatchedRun.of(
            new ReplaySpec(traffic, 500 * MS, cost, new WorkerPool(1, 1, 64), new Noise(0.1, 1)));

    System.out.printf("conversation trace, %.2f h: %s%n", run.hours(), run.findings().alarms());
    assertThat(run.findings().alarms())
        .extracting(DriftAlarm::signal)
        .containsOnly(Signal.ARRIVALS);
    assertThat(run.findings().alarms())
        .extracting(DriftAlarm::change)
        .containsExactly(Change.RISE, Change.FALL, Change.FALL);
    assertThat(run.findings().alarms().get(0).nanos() / 1e9).isBetween(22 * 60.0, 27 * 60.0);
    assertThat(run.findings().alarms().get(1).nanos() / 1e9).isBetween(37 * 60.0, 39 * 60.0);
    assertThat(run.findings().alarms().get(2).nanos() / 1e9).isBetween(47 * 60.0, 49 * 60.0);
  }
}
