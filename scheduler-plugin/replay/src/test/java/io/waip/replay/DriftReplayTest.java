package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.drift.Change;
import io.waip.api.drift.Signal;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.EventSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a calibrated cost model and its watch owe when execution times drift. */
class DriftReplayTest {
  private static final long MS = 1_000_000L;

  /** Allowed from a drift of 40 % to the alarm. */
  private static final double ALARM_SECONDS = 30;

  /** Share of batches that must take no longer than their 99 % bound, over the whole run. */
  private static final double COVERAGE = 0.98;

  private static ReplaySpec spec(Traffic traffic, int workers, double noise, String events) {
    List<EventSpec> happens = events.isEmpty() ? List.of() : EventSpec.parseAll(events);
    return new ReplaySpec(
        traffic,
        50 * MS,
        CostSpec.parse("alpha=4ms,beta=0.8ms"),
        Devices.alike(new WorkerPool(workers, 1, 64), happens),
        new Noise(noise, 1));
  }

  private static long halfMillis(Traffic traffic, int workers) {
    return Replay.of(spec(traffic, workers, 0, "")).workload().windowNanos() / 2 / MS;
  }

  private static String slower(long millis, int workers) {
    return IntStream.rangeClosed(1, workers)
        .mapToObj(worker -> millis + "ms:worker-" + worker + ":slow=1.4x")
        .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 20000, 0.6, 0.1",
    "1, 20000, 0.9, 0.1",
    "1, 200000, 0.9, 0.3",
    "4, 80000, 0.9, 0.05",
    "4, 80000, 0.9, 0.3"
  })
  void keepsCoverageThroughADriftOfExecutionTimesAndAlarms(
      int workers, int requests, double load, double noise) {
    Traffic traffic = Traffic.generated(new ArrivalSpec.Poisson(), requests, load);
    long half = halfMillis(traffic, workers);
    WatchedRun run = WatchedRun.of(spec(traffic, workers, noise, slower(half, workers)));

    double[] first =
        IntStream.range(0, workers).mapToDouble(w -> firstAfter(run, w, half / 1e3)).toArray();
    double last = IntStream.range(0, workers).mapToDouble(w -> first[w]).max().orElseThrow();
    System.out.printf(
        "drift +40 %%, %d workers, %d requests, load %.1f, noise %.2f: coverage_p99 %.4f of %d"
            + " batches, band %.2f, every worker's alarm within %.2f s%n",
        workers,
        requests,
        load,
        noise,
        run.coverage(),
        run.findings().batches(),
        1 + run.findings().boundMedianWidth().orElseThrow(),
        last);
    assertThat(run.coverage()).isGreaterThanOrEqualTo(COVERAGE);
    assertThat(last).isLessThanOrEqualTo(ALARM_SECONDS);
    assertThat(run.findings().alarms()).filteredOn(alarm -> alarm.nanos() < half * MS).isEmpty();
  }

  /** Returns the seconds from the drift to the alarm that this worker became slower. */
  private static double firstAfter(WatchedRun run, int worker, double seconds) {
    String subject = "worker-" + (worker + 1) + "/model";
    return run.findings().alarms().stream()
        .filter(alarm -> alarm.signal() == Signal.RESIDUAL && alarm.subject().equals(subject))
        .filter(alarm -> alarm.change() == Change.RISE && alarm.nanos() >= seconds * 1e9)
        .mapToDouble(alarm -> alarm.nanos() / 1e9 - seconds)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  @Test
  void namesTheWorkerThatDrifted() {
    Traffic traffic = Traffic.generated(new ArrivalSpec.Poisson(), 80_000, 0.7);
    WatchedRun run = WatchedRun.of(spec(traffic, 4, 0.1, "10s:worker-3:slow=1.4x"));

    assertThat(run.findings().alarms())
        .extracting(DriftAlarm::subject)
        .containsOnly("worker-3/model");
  }

  @Test
  void aBoundThatLearnsNothingAfterTheDriftLosesItsCoverage() {
    Traffic traffic = Traffic.generated(new ArrivalSpec.Poisson(), 20_000, 0.9);
    long half = halfMillis(traffic, 1);
    WatchedRun run =
        WatchedRun.of(spec(traffic, 1, 0.1, slower(half, 1)), new WatchedRun.Learning(half * MS));

    assertThat(run.coverage()).isLessThan(0.7);
  }
}
