package io.waip.replay.policy;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;

/**
 * First come, first served, with a largest batch for each endpoint that follows what it observes:
 * one more while a full batch takes no longer than the objective, a tenth less when one takes
 * longer. Nothing is dropped and no time is predicted.
 *
 * <p>After D. Crankshaw et al., "Clipper: A Low-Latency Online Prediction Serving System", NSDI
 * 2017, section 4.3.1; batches of one service share their endpoint's limit.
 */
public final class ClipperAimdPolicy extends QueueingPolicy {
  private static final double STEP = 1;
  private static final double DECREASE = 0.9;

  private final double[] limits;
  private final long[] objectives;

  /** Creates an idle policy. */
  public ClipperAimdPolicy(Deployment deployment, LatencyModel model) {
    super(deployment, model, Comparator.comparingLong(Queued::sequence));
    limits = new double[endpoints()];
    Arrays.fill(limits, 1);
    objectives = new long[endpoints()];
  }

  @Override
  protected List<Queued> next(
      int endpoint, long nowNanos, SortedSet<Queued> inOrder, Decisions out) {
    int service = inOrder.first().service();
    objectives[endpoint] = objectiveNanos(service);
    return firstOf(inOrder, Math.min(reference(service).maxBatch(), (int) limits[endpoint]));
  }

  @Override
  protected void executed(int endpoint, Batch batch, long executionNanos) {
    if (executionNanos > objectives[endpoint]) {
      limits[endpoint] = Math.max(1, limits[endpoint] * DECREASE);
    } else if (batch.size() >= (int) limits[endpoint]) {
      limits[endpoint] += STEP;
    }
  }
}
