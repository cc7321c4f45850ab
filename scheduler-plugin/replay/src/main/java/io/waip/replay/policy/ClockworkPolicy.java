package io.waip.replay.policy;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;

/**
 * Everything by predicted times: each service's queue by deadline, for its head the largest batch
 * that is in time; of all services the one whose batch has to start first. Times are predicted with
 * the largest excess of the last ten batches, the profile's 99th percentile.
 *
 * <p>After A. Gujarati et al., "Serving DNNs like Clockwork: Performance Predictability from the
 * Bottom Up", OSDI 2020, section 5; models are always loaded here.
 */
public final class ClockworkPolicy extends QueueingPolicy {
  private static final int PROFILE = 10;

  private final double[] excesses = new double[PROFILE];
  private int profiled;

  /** Creates an idle policy. */
  public ClockworkPolicy(Deployment deployment, LatencyModel model) {
    super(deployment, model, Comparator.comparingLong(Queued::deadlineNanos));
  }

  @Override
  protected List<Queued> next(
      int endpoint, long nowNanos, SortedSet<Queued> inOrder, Decisions out) {
    double margin = margin();
    evictHopeless(nowNanos, margin, inOrder, out);
    List<Queued> first = List.of();
    double firstStart = Double.POSITIVE_INFINITY;
    for (Queued head : heads(inOrder)) {
      List<Queued> members = prefixInTime(new Look(endpoint, nowNanos, margin), head, inOrder);
      if (members.isEmpty()) {
        continue;
      }
      double latestStart =
          head.deadlineNanos()
              - margin * predictNanos(endpoint, head.service(), members.size(), longest(members));
      if (first.isEmpty() || latestStart < firstStart) {
        first = members;
        firstStart = latestStart;
      }
    }
    return first;
  }

  private double margin() {
    double margin = 1;
    for (int i = 0; i < Math.min(PROFILE, profiled); i++) {
      margin = Math.max(margin, excesses[i]);
    }
    return margin;
  }

  @Override
  protected void executed(int endpoint, Batch batch, long executionNanos) {
    excesses[profiled % PROFILE] = (double) executionNanos / batch.predictedNanos();
    profiled++;
  }
}
