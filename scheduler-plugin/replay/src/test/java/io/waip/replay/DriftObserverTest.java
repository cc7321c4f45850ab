package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.drift.Change;
import io.waip.api.drift.DriftListener;
import io.waip.api.drift.DriftWatch;
import io.waip.api.drift.DriftWatchFactory;
import io.waip.api.drift.Signal;
import io.waip.api.drift.WatchScope;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.EventSpec;
import io.waip.replay.spec.TenantSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftObserverTest {
  private static final long MS = 1_000_000L;

  /** Writes down what it is shown; its bound is 1.2 times the prediction. */
  private static final class Notes implements DriftWatch, DriftWatchFactory {
    private final List<Double> residuals = new ArrayList<>();
    private final List<Integer> kinds = new ArrayList<>();
    private WatchScope scope = new WatchScope(1, 1, 1, 1);
    private long advances;
    private long lastNanos;
    private DriftListener listener = (signal, index, change, nowNanos) -> {};

    @Override
    public String name() {
      return "notes";
    }

    @Override
    public DriftWatch open(WatchScope opened, DriftListener told) {
      scope = opened;
      listener = told;
      return this;
    }

    @Override
    public void arrived(long nowNanos, int length, int kind) {
      note(nowNanos);
      kinds.add(kind);
    }

    @Override
    public void executed(long nowNanos, int series, int batch, int length, double logResidual) {
      note(nowNanos);
      assertThat(series).isBetween(0, scope.series() - 1);
      residuals.add(logResidual);
    }

    private void note(long nowNanos) {
      assertThat(nowNanos).isGreaterThanOrEqualTo(lastNanos);
      lastNanos = nowNanos;
    }

    @Override
    public void advance(long nowNanos) {
      note(nowNanos);
      advances++;
    }

    @Override
    public double factor(int series, int batch, int length) {
      return 1;
    }

    @Override
    public double p99Factor(int series, int batch, int length) {
      return 1.2;
    }
  }

  private static Replay replay(String tenants, String events) {
    Traffic traffic =
        Traffic.generated(new ArrivalSpec.Poisson(), 2_000, 0.5)
            .withTenants(TenantSpec.parseAll(tenants));
    List<EventSpec> happens = events.isEmpty() ? List.of() : EventSpec.parseAll(events);
    return Replay.of(
        new ReplaySpec(
            traffic,
            50 * MS,
            CostSpec.parse("alpha=4ms,beta=0.8ms"),
            Devices.alike(new WorkerPool(2, 1, 64), happens),
            new Noise(0, 1)));
  }

  @Test
  void showsEveryRequestAndBatchInOrderAndCountsThoseAboveTheBound() {
    Notes notes = new Notes();
    Replay replay = replay("a,b:share=3", "0s:worker-1:slow=1.5x,0s:worker-2:slow=1.5x");
    DriftObserver observer = replay.watchedBy(notes);
    PolicyRun run = replay.play(Policy.WAIP, observer);
    DriftFindings found = observer.findings();

    assertThat(notes.scope).isEqualTo(new WatchScope(2, 2, 64, 1));
    assertThat(notes.kinds).hasSize(2_000).contains(0, 1);
    assertThat(notes.residuals).hasSize((int) run.log().batches());
    assertThat(notes.residuals)
        .allSatisfy(residual -> assertThat(Math.exp(residual)).isBetween(1.499, 1.501));
    assertThat(notes.advances).isPositive();
    assertThat(found.batches()).isEqualTo(run.log().batches());
    assertThat(found.coverageP99()).hasValue(0);
    assertThat(found.boundMedianWidth().orElseThrow()).isBetween(0.199, 0.201);
  }

  @Test
  void learnsNothingFromABatchThatFailedWithItsWorker() {
    Notes notes = new Notes();
    Replay replay = replay("one", "500ms:worker-1:down,500ms:worker-2:down,600ms:worker-1:up");
    DriftObserver observer = replay.watchedBy(notes);
    PolicyRun run = replay.play(Policy.WAIP, observer);

    assertThat(run.count(Outcome.FAILED)).isPositive();
    observer.findings();
    assertThat(notes.residuals).hasSizeLessThan((int) run.log().batches());
    assertThat(notes.residuals).allSatisfy(residual -> assertThat(residual).isBetween(-1e-6, 1e-6));
  }

  @Test
  void namesWhatDrifted() {
    Notes notes = new Notes();
    DriftObserver observer = replay("a,b", "").watchedBy(notes);
    notes.listener.drifted(Signal.RESIDUAL, 1, Change.RISE, 5);
    notes.listener.drifted(Signal.CLASS_MIX, 1, Change.FALL, 6);
    notes.listener.drifted(Signal.ARRIVALS, 0, Change.RISE, 7);

    assertThat(observer.findings().alarms())
        .containsExactly(
            new DriftAlarm(Signal.RESIDUAL, "worker-2/model", Change.RISE, 5),
            new DriftAlarm(Signal.CLASS_MIX, "b/service", Change.FALL, 6),
            new DriftAlarm(Signal.ARRIVALS, "", Change.RISE, 7));
  }
}
