package io.waip.scheduler.admission;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.admission.Admitter;
import io.waip.api.admission.LoadView;
import io.waip.api.admission.Refusal;

/**
 * Refuses when the queue is full. Offline requests may fill {@value #OFFLINE_SHARE} of it, so that
 * a flood of them leaves room for those with a deadline. Stateless.
 */
public final class QueueCapacityAdmitter implements Admitter {
  private static final double OFFLINE_SHARE = 0.875;

  @Override
  public boolean admit(long nowNanos, RequestDescriptor request, LoadView load, Refusal refusal) {
    double share = request.tier() == Tier.OFFLINE ? OFFLINE_SHARE : 1;
    if (load.queued() < Math.max(1, load.queueCapacity() * share)) {
      return true;
    }
    int service = request.service();
    return refusal.refuse(
        Reason.QUEUE_FULL, (long) (load.backlogNanos(service) / load.devices(service)));
  }
}
