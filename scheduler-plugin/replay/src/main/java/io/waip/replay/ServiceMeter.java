package io.waip.replay;

import io.waip.api.schedule.Batch;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.spec.CostTable;
import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the worker time each tenant was given by batches that started inside the window: a
 * batch's time is divided among its members in proportion to what the batch would take with all of
 * them at that member's length. What is served after the window tells nothing of shares, since
 * nobody competes for it with new requests.
 */
final class ServiceMeter implements RunObserver {
  private final Workload workload;
  private final CostTable costs;
  private final double[] nanos;

  ServiceMeter(Workload workload, CostTable costs, int tenants) {
    this.workload = workload;
    this.costs = costs;
    nanos = new double[tenants];
  }

  /** Returns nanoseconds, one for each tenant. */
  List<Double> byTenant() {
    return Arrays.stream(nanos).boxed().toList();
  }

  @Override
  public void executed(Batch batch, long startNanos, long endNanos) {
    if (startNanos > workload.windowNanos()) {
      return;
    }
    double all = 0;
    for (int i = 0; i < batch.size(); i++) {
      all += part(batch, i);
    }
    for (int i = 0; i < batch.size(); i++) {
      int tenant = workload.tenant((int) batch.requestId(i));
      nanos[tenant] += (endNanos - startNanos) * part(batch, i) / all;
    }
  }

  private double part(Batch batch, int i) {
    int length = workload.length((int) batch.requestId(i));
    return costs.medianNanos(batch.variant(), batch.size(), length);
  }
}
