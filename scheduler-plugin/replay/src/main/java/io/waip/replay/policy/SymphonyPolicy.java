package io.waip.replay.policy;

import io.waip.api.RequestDescriptor;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.schedule.Decisions;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;

/**
 * Deferred batching: a service's candidate is the largest batch that meets its head's deadline; it
 * may start from the moment at which one more request would no longer fit, and of the candidates
 * that may, the one whose latest start comes first does. Heads that cannot be met are dropped.
 *
 * <p>After L. Chen et al., "Symphony: Optimized DNN Model Serving using Deferred Batch Scheduling",
 * arXiv 2308.07470, 2023.
 */
public final class SymphonyPolicy extends QueueingPolicy {
  /** Creates an idle policy. */
  public SymphonyPolicy(Deployment deployment, LatencyModel model) {
    super(deployment, model, Comparator.comparingLong(Queued::deadlineNanos));
  }

  @Override
  protected List<Queued> next(
      int endpoint, long nowNanos, SortedSet<Queued> inOrder, Decisions out) {
    evictHopeless(nowNanos, 1, inOrder, out);
    List<Queued> first = List.of();
    long firstStart = Long.MAX_VALUE;
    for (Queued head : heads(inOrder)) {
      List<Queued> candidate = prefixInTime(new Look(endpoint, nowNanos, 1), head, inOrder);
      if (candidate.isEmpty()) {
        continue;
      }
      long opens = opensNanos(endpoint, head, candidate);
      if (nowNanos < opens) {
        wakeAt(opens);
        continue;
      }
      long latestStart = latestStartNanos(endpoint, head, candidate.size(), candidate);
      if (first.isEmpty() || latestStart < firstStart) {
        first = candidate;
        firstStart = latestStart;
      }
    }
    return first;
  }

  /** Returns from when on the batch cannot grow any more; at once where there is no deadline. */
  private long opensNanos(int endpoint, Queued head, List<Queued> candidate) {
    boolean full = candidate.size() == reference(head.service()).maxBatch();
    return full || head.deadlineNanos() == RequestDescriptor.NO_DEADLINE
        ? Long.MIN_VALUE
        : latestStartNanos(endpoint, head, candidate.size() + 1, candidate);
  }

  private long latestStartNanos(int endpoint, Queued head, int batch, List<Queued> candidate) {
    return head.deadlineNanos() - predictNanos(endpoint, head.service(), batch, longest(candidate));
  }
}
