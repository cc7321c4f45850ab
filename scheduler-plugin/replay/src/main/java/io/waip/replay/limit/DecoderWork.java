package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.Arrays;

/**
 * What each request takes of decoders at least, device time and KV blocks weighed against each
 * other.
 *
 * <p>A step in which b requests take part lasts at least {@code alpha + b delta}, delta the lesser
 * of beta and gamma. Of its time each gets an equal share of alpha, and its own beta or gamma; of
 * the blocks each holds its own for the whole step. With the prices {@code A = (1 - theta) /
 * devices} of device time and {@code K = theta / (devices * blocks)} of a block's time a decoding
 * request that holds q blocks pays
 *
 * <pre>A (alpha / b + gamma) + K q (alpha + gamma + (b - 1) delta)</pre>
 *
 * <p>at least: a large batch shares alpha among many but keeps blocks longer. The work is the sum
 * over its decoding steps, one for each output token but the first, each at the cheapest b; and for
 * the prompt {@code beta} per token, times the blocks of the tokens up to it, plus the least of
 * {@code A alpha / b + K q (alpha + (b - 1) delta)} for the step that ends it.
 *
 * <p>b is at most the slots; one more than the blocks left beside q, since each of the others holds
 * one; and so many that {@link Companions} finds a moment at which b requests could be in one step.
 * The cheapest b is taken among real numbers, which can only lower the work.
 */
final class DecoderWork {
  private final Workload workload;
  private final int[] outputTokens;
  private final DecoderPool pool;
  private final int[] mostTogether;

  /** Finds the largest steps. */
  DecoderWork(Workload workload, int[] outputTokens, DecoderPool pool) {
    this.workload = workload;
    this.outputTokens = outputTokens;
    this.pool = pool;
    mostTogether = new int[workload.size()];
    findMostTogether();
  }

  /** Tries 1, 2, 3, 4, 6, 8, 12, ...; what lies between two of them counts as possible. */
  private void findMostTogether() {
    int n = workload.size();
    long[] releases = new long[n];
    long[] deadlines = new long[n];
    Arrays.setAll(releases, workload::arrivalNanos);
    Arrays.setAll(deadlines, workload::goodputDeadlineNanos);
    Companions companions = new Companions(releases, deadlines);
    for (int b = 1; b <= pool.slots(); b = next(b)) {
      double nanos = pool.step().alphaNanos() + b * pool.step().leastOfASequence();
      companions.at((long) nanos);
      boolean any = false;
      for (int i = 0; i < n; i++) {
        if (companions.largest(i) >= b) {
          mostTogether[i] = Math.min(pool.slots(), next(b) - 1);
          any = true;
        }
      }
      if (!any) {
        return;
      }
    }
  }

  private static int next(int b) {
    return b < 4 ? b + 1 : Integer.bitCount(b) == 1 ? b + b / 2 : b + b / 3;
  }

  /**
   * Returns the works of all requests, in nanoseconds of a supply of 1; infinite where a request
   * cannot be served in time even alone.
   *
   * @param theta weight of the blocks, in {@code [0, 1]}; that of device time is the rest
   */
  double[] nanos(double theta) {
    double[] works = new double[workload.size()];
    Arrays.setAll(works, i -> canBeServed(i) ? work(i, theta) : Double.POSITIVE_INFINITY);
    return works;
  }

  private boolean canBeServed(int i) {
    DecoderPool.StepCost step = pool.step();
    double alone =
        step.alphaNanos() * outputTokens[i]
            + step.betaNanos() * workload.length(i)
            + step.gammaNanos() * (outputTokens[i] - 1);
    return alone <= workload.goodputDeadlineNanos(i) - workload.arrivalNanos(i)
        && pool.blocksOf(tokens(i)) <= pool.blocks();
  }

  /** Returns the most tokens a request's sequence holds: its last output is not kept. */
  private long tokens(int i) {
    return (long) workload.length(i) + outputTokens[i] - 1;
  }

  private double work(int i, double theta) {
    double deviceTime = (1 - theta) / pool.devices();
    double blockTime = theta / ((double) pool.devices() * pool.blocks());
    DecoderPool.StepCost step = pool.step();
    long prompt = workload.length(i);
    double work =
        step.betaNanos() * (deviceTime * prompt + blockTime * blocksUpTo(prompt))
            + leastShare(i, pool.blocksOf(prompt), deviceTime, blockTime);
    long held = prompt;
    while (held < tokens(i)) {
      long blocks = pool.blocksOf(held + 1);
      long until = Math.min(tokens(i), blocks * pool.blockTokens());
      double token =
          step.gammaNanos() * (deviceTime + blockTime * blocks)
              + leastShare(i, blocks, deviceTime, blockTime);
      work += (until - held) * token;
      held = until;
    }
    return work;
  }

  /** Returns the sum of the blocks of 1, 2, ... tokens. */
  private double blocksUpTo(long tokens) {
    long full = tokens / pool.blockTokens();
    return pool.blockTokens() * (full * (full + 1.0) / 2)
        + (tokens % pool.blockTokens()) * (full + 1.0);
  }

  /** Returns the least share in a step's alpha, with what the others' time costs in blocks. */
  private double leastShare(int i, long blocks, double deviceTime, double blockTime) {
    double alpha = pool.step().alphaNanos();
    double delta = pool.step().leastOfASequence();
    double most = Math.min(mostTogether[i], 1.0 + pool.blocks() - blocks);
    double best = Math.sqrt(deviceTime * alpha / (blockTime * blocks * delta));
    double b = best < most ? Math.max(1, best) : most;
    return deviceTime * alpha / b + blockTime * blocks * (alpha + (b - 1) * delta);
  }
}
