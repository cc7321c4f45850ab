package io.waip.scheduler.admission;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Admitter;
import io.waip.api.admission.LoadView;
import io.waip.api.admission.Refusal;

/** Refuses when the queue is full. Stateless. */
public final class QueueCapacityAdmitter implements Admitter {
  @Override
  public boolean admit(long nowNanos, RequestDescriptor request, LoadView load, Refusal refusal) {
    if (load.queued() < load.queueCapacity()) {
      return true;
    }
    return refusal.refuse(
        Reason.QUEUE_FULL, load.backlogNanos(request.service()) / Math.max(1, load.endpointsUp()));
  }
}
