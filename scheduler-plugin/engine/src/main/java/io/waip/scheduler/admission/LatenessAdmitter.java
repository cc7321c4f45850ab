package io.waip.scheduler.admission;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Admitter;
import io.waip.api.admission.LoadView;
import io.waip.api.admission.Refusal;
import io.waip.api.cost.LatencyModel;

/**
 * Refuses a request that cannot meet its deadline even alone, or whose predicted wait exceeds its
 * slack by the plan's lateness factor.
 *
 * <p>The wait is the time until an endpoint is free plus the queued device time at efficient
 * batches over the endpoints that are up; of the tenant alone where it is inside its share and goes
 * before the others. The factor is above 1 because the batch former gives up older requests before
 * fresh ones under overload: refusing at exactly the slack would cost goodput. Fails open: with no
 * prediction the request is admitted. Stateless.
 */
public final class LatenessAdmitter implements Admitter {
  @Override
  public boolean admit(long nowNanos, RequestDescriptor request, LoadView load, Refusal refusal) {
    if (request.deadlineNanos() == RequestDescriptor.NO_DEADLINE) {
      return true;
    }
    int service = request.service();
    long alone = load.aloneNanos(service, request.length());
    if (alone == LatencyModel.UNKNOWN_NANOS) {
      return true;
    }
    long slack = request.deadlineNanos() - nowNanos - alone;
    if (slack < 0) {
      return refusal.refuse(Reason.PREDICTED_LATE, 0);
    }
    long wait =
        load.busyNanos(nowNanos, service)
            + (long) (load.backlogNanos(service, request.tenant()) / load.devices(service));
    if (load.queued() > 0 && wait > slack * load.latenessFactor(service)) {
      return refusal.refuse(Reason.PREDICTED_LATE, wait - slack);
    }
    return true;
  }
}
