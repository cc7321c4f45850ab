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
import io.waip.replay.drive.EndedExecutions;
import io.waip.replay.drive.EndedExecutions.Execution;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Shows a run to a {@link DriftWatch}: a batch is compared with its bound when it starts and
 * learned from when it has ended. A batch that fails with its worker teaches nothing.
 *
 * <p>Classes of requests are pairs of tenant and service; series are pairs of worker and variant.
 * Changes no decision. Single thread, for one run.
 */
public final class DriftObserver implements RunObserver {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Workload workload;
  private final Deployment deployment;
  private final LatencyModel model;
  private final DriftWatch watch;
  private final List<DriftAlarm> alarms = new ArrayList<>();
  private final List<Double> widths = new ArrayList<>();
  private final EndedExecutions executions = new EndedExecutions(this::learn);
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
    executions.endUntil(Long.MAX_VALUE);
    int count = widths.size();
    return new DriftFindings(
        count,
        count == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - missed / (double) count),
        widths.stream().mapToDouble(width -> width).sorted().skip(count / 2).findFirst(),
        alarms);
  }

  @Override
  public void arrived(long nowNanos) {
    executions.endUntil(nowNanos);
    watch.arrived(nowNanos, workload.length(arrived), kind(arrived));
    arrived++;
    if (nowNanos - advancedNanos >= SECOND_NANOS) {
      watch.advance(nowNanos);
      advancedNanos = nowNanos;
    }
  }

  @Override
  public void executed(Batch batch, long startNanos, long endNanos) {
    executions.endUntil(startNanos);
    Execution execution = Execution.of(batch, startNanos, endNanos);
    int series = series(execution);
    double bound = watch.p99Factor(series, execution.batch(), execution.length());
    if (!Double.isNaN(bound)) {
      widths.add(bound / watch.factor(series, execution.batch(), execution.length()) - 1);
      missed += Math.exp(logResidual(execution)) > bound ? 1 : 0;
    }
    executions.started(execution);
  }

  @Override
  public void endpointChanged(int endpoint, EndpointState state, long nowNanos) {
    executions.endpointChanged(endpoint, state, nowNanos);
  }

  private void learn(Execution ended) {
    watch.executed(
        ended.endNanos(), series(ended), ended.batch(), ended.length(), logResidual(ended));
  }

  private double logResidual(Execution execution) {
    long median = model.medianNanos(execution.variant(), execution.batch(), execution.length());
    return Math.log(execution.nanos() / (double) median);
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
