package io.waip.replay;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Variant;
import io.waip.api.drift.Change;
import io.waip.api.drift.DriftWatch;
import io.waip.api.drift.DriftWatchFactory;
import io.waip.api.drift.Signal;
import io.waip.api.drift.WatchScope;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.EndpointState;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * Shows a run to a {@link DriftWatch}: a batch is compared with its bound when it starts and
 * learned from when it has ended. A batch that fails with its worker teaches nothing.
 *
 * <p>Classes of requests are pairs of tenant and service; series are pairs of worker and variant.
 * Changes no decision. Single thread, for one run.
 */
public final class DriftObserver implements RunObserver {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private record Execution(
      long startNanos, long endNanos, int endpoint, int variant, Shape shape) {}

  private record Shape(int batch, int length) {}

  private final Workload workload;
  private final Deployment deployment;
  private final LatencyModel model;
  private final DriftWatch watch;
  private final List<DriftAlarm> alarms = new ArrayList<>();
  private final List<Double> widths = new ArrayList<>();
  private final PriorityQueue<Execution> running =
      new PriorityQueue<>(Comparator.comparingLong(Execution::endNanos));
  private int arrived;
  private long advancedNanos;
  private long missed;

  DriftObserver(
      Workload workload, Deployment deployment, LatencyModel model, DriftWatchFactory watches) {
    this.workload = workload;
    this.deployment = deployment;
    this.model = model;
    int maxBatch = deployment.variants().stream().mapToInt(Variant::maxBatch).max().orElseThrow();
    WatchScope scope =
        new WatchScope(
            deployment.tenants().size() * deployment.services().size(),
            deployment.endpoints().size() * deployment.variants().size(),
            maxBatch,
            workload.longest());
    watch = watches.open(scope, this::drifted);
  }

  /** Returns what was found, once the run has ended. */
  public DriftFindings findings() {
    endUntil(Long.MAX_VALUE);
    int count = widths.size();
    return new DriftFindings(
        count,
        count == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - missed / (double) count),
        widths.stream().mapToDouble(width -> width).sorted().skip(count / 2).findFirst(),
        alarms);
  }

  @Override
  public void arrived(long nowNanos) {
    endUntil(nowNanos);
    watch.arrived(nowNanos, workload.length(arrived), kind(arrived));
    arrived++;
    if (nowNanos - advancedNanos >= SECOND_NANOS) {
      watch.advance(nowNanos);
      advancedNanos = nowNanos;
    }
  }

  @Override
  public void executed(Batch batch, long startNanos, long endNanos) {
    endUntil(startNanos);
    Shape shape = new Shape(batch.size(), batch.paddedLength());
    Execution execution =
        new Execution(startNanos, endNanos, batch.endpoint(), batch.variant(), shape);
    int series = series(execution);
    double bound = watch.p99Factor(series, shape.batch(), shape.length());
    if (!Double.isNaN(bound)) {
      widths.add(bound / watch.factor(series, shape.batch(), shape.length()) - 1);
      missed += Math.exp(logResidual(execution)) > bound ? 1 : 0;
    }
    running.add(execution);
  }

  @Override
  public void endpointChanged(int endpoint, EndpointState state, long nowNanos) {
    if (state == EndpointState.DOWN) {
      running.removeIf(
          execution -> execution.endpoint() == endpoint && execution.endNanos() >= nowNanos);
    }
  }

  private void endUntil(long nowNanos) {
    while (!running.isEmpty() && running.element().endNanos() <= nowNanos) {
      Execution ended = running.remove();
      Shape shape = ended.shape();
      watch.executed(
          ended.endNanos(), series(ended), shape.batch(), shape.length(), logResidual(ended));
    }
  }

  private double logResidual(Execution execution) {
    Shape shape = execution.shape();
    long median = model.medianNanos(execution.variant(), shape.batch(), shape.length());
    return Math.log((execution.endNanos() - execution.startNanos()) / (double) median);
  }

  private int series(Execution execution) {
    return execution.endpoint() * deployment.variants().size() + execution.variant();
  }

  private int kind(int request) {
    return workload.tenant(request) * deployment.services().size() + workload.service(request);
  }

  private void drifted(Signal signal, int index, Change change, long nowNanos) {
    alarms.add(new DriftAlarm(signal, subject(signal, index), change, nowNanos));
  }

  private String subject(Signal signal, int index) {
    return switch (signal) {
      case RESIDUAL -> {
        int variants = deployment.variants().size();
        yield deployment.endpoints().get(index / variants).name()
            + "/"
            + deployment.variants().get(index % variants).model();
      }
      case CLASS_MIX -> {
        int services = deployment.services().size();
        yield deployment.tenants().get(index / services).name()
            + "/"
            + deployment.services().get(index % services).name();
      }
      case ARRIVALS, LENGTH, HIT_RATE -> "";
    };
  }
}
