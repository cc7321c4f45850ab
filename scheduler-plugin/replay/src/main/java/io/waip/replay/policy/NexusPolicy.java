package io.waip.replay.policy;

import io.waip.api.Reason;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.schedule.Decisions;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;

/**
 * Early drop with a planned batch: the batch is the largest of which two fit into the objective; a
 * window of that size slides along the queue, and everything before the first window that meets its
 * earliest deadline is dropped.
 *
 * <p>After H. Shen et al., "Nexus: A GPU Cluster Engine for Accelerating DNN-Based Video Analysis",
 * SOSP 2019, sections 4 and 6.3. Services take turns by their earliest deadline; placement on many
 * devices is no part of it.
 */
public final class NexusPolicy extends QueueingPolicy {
  private static final int BATCHES_WITHIN_OBJECTIVE = 2;

  /** Creates an idle policy. */
  public NexusPolicy(Deployment deployment, LatencyModel model) {
    super(deployment, model, Comparator.comparingLong(Queued::deadlineNanos));
  }

  @Override
  protected List<Queued> next(
      int endpoint, long nowNanos, SortedSet<Queued> inOrder, Decisions out) {
    int service = inOrder.first().service();
    int target = target(endpoint, service);
    List<Queued> waiting =
        inOrder.stream().filter(request -> request.service() == service).toList();
    for (int head = 0; head < waiting.size(); head++) {
      List<Queued> window = waiting.subList(head, Math.min(waiting.size(), head + target));
      long nanos = predictNanos(endpoint, service, window.size(), longest(window));
      if (nowNanos + nanos <= window.getFirst().deadlineNanos()) {
        return window;
      }
      evict(window.getFirst(), Reason.EXPIRED, out);
    }
    return List.of();
  }

  private int target(int endpoint, int service) {
    int batch = reference(service).maxBatch();
    int length = reference(service).maxLength();
    while (batch > 1
        && BATCHES_WITHIN_OBJECTIVE * predictNanos(endpoint, service, batch, length)
            > objectiveNanos(service)) {
      batch--;
    }
    return batch;
  }
}
