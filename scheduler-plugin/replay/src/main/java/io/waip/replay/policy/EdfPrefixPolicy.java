package io.waip.replay.policy;

import io.waip.api.Reason;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.schedule.Decisions;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;

/**
 * Earliest deadline first: drops heads that can no longer be met, then runs the longest prefix that
 * meets its earliest deadline.
 */
public final class EdfPrefixPolicy extends QueueingPolicy {
  /** Creates an idle policy. */
  public EdfPrefixPolicy(Deployment deployment, LatencyModel model) {
    super(deployment, model, Comparator.comparingLong(Queued::deadlineNanos));
  }

  @Override
  protected List<Queued> next(
      int endpoint, long nowNanos, SortedSet<Queued> inOrder, Decisions out) {
    while (!inOrder.isEmpty() && isHopeless(nowNanos, 1, inOrder.first())) {
      evict(inOrder.first(), Reason.EXPIRED, out);
    }
    return inOrder.isEmpty()
        ? List.of()
        : prefixInTime(new Look(endpoint, nowNanos, 1), inOrder.first(), inOrder);
  }
}
