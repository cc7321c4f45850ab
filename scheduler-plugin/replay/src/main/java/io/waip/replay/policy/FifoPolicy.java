package io.waip.replay.policy;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.schedule.Decisions;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;

/**
 * First come, first served in the largest batches, nothing dropped: a dynamic batcher without queue
 * policy.
 */
public final class FifoPolicy extends QueueingPolicy {
  /** Creates an idle policy. */
  public FifoPolicy(Deployment deployment, LatencyModel model) {
    super(deployment, model, Comparator.comparingLong(Queued::sequence));
  }

  @Override
  protected List<Queued> next(
      int endpoint, long nowNanos, SortedSet<Queued> inOrder, Decisions out) {
    return firstOf(inOrder, reference(inOrder.first().service()).maxBatch());
  }
}
