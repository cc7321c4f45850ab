package io.waip.replay.capacity;

import io.waip.replay.PolicyRun;
import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Requests offered and completed in time, by service and block of arrival time, and the bootstrap
 * over those blocks.
 *
 * <p>The window is cut into blocks of equal length near the one asked for. A resample draws as many
 * blocks with replacement and divides what was in time in them by what was offered in them; the
 * interval lies between quantiles of those shares (the percentile method of Efron and Tibshirani,
 * "An Introduction to the Bootstrap", 1993, chapter 13, over disjoint blocks as in Carlstein, "The
 * use of subseries values for estimating the variance of a general statistic from a stationary
 * sequence", Annals of Statistics, 1986). All tallies of one window and seed draw the same blocks.
 * Single thread.
 */
final class BlockTally {
  /** Fewest blocks of a window. */
  static final int LEAST_BLOCKS = 10;

  private static final int MOST_BLOCKS = 1_000_000;

  private final long windowNanos;
  private final int blocks;
  private final long[][] offered;
  private final long[][] good;

  /**
   * Begins without requests.
   *
   * @param services how many there are
   * @param windowNanos of the requests
   * @param blockNanos asked for
   */
  BlockTally(int services, long windowNanos, long blockNanos) {
    this.windowNanos = windowNanos;
    blocks = Math.clamp(Math.round((double) windowNanos / blockNanos), LEAST_BLOCKS, MOST_BLOCKS);
    offered = new long[services][blocks];
    good = new long[services][blocks];
  }

  /** Adds what became of requests. */
  void add(PolicyRun run) {
    Workload workload = run.workload();
    for (int i = 0; i < workload.size(); i++) {
      add(workload.service(i), workload.arrivalNanos(i), run.isGood(i));
    }
  }

  /** Adds what became of a request. */
  void add(int service, long arrivalNanos, boolean isGood) {
    double share = (double) arrivalNanos / windowNanos;
    int block = Math.min(blocks - 1, (int) (share * blocks));
    offered[service][block]++;
    good[service][block] += isGood ? 1 : 0;
  }

  /** Returns the number of blocks. */
  int blocks() {
    return blocks;
  }

  /** Returns how many requests of a service were offered. */
  long offered(int service) {
    return Arrays.stream(offered[service]).sum();
  }

  /** Returns how many requests were completed in time. */
  long good() {
    return Arrays.stream(good).flatMapToLong(Arrays::stream).sum();
  }

  /** Returns the attainment of one service. */
  Attainment ofService(int service, BootstrapSettings settings, long seed) {
    return attainment(offered[service], good[service], settings, seed);
  }

  /** Returns the attainment of all services together. */
  Attainment ofAll(BootstrapSettings settings, long seed) {
    return attainment(summed(offered), summed(good), settings, seed);
  }

  private long[] summed(long[][] counts) {
    return IntStream.range(0, blocks)
        .mapToLong(b -> Arrays.stream(counts).mapToLong(each -> each[b]).sum())
        .toArray();
  }

  private Attainment attainment(
      long[] offers, long[] goods, BootstrapSettings settings, long seed) {
    double share = (double) Arrays.stream(goods).sum() / Arrays.stream(offers).sum();
    SplittableRandom random = new SplittableRandom(seed);
    double[] shares = new double[settings.resamples()];
    Arrays.setAll(shares, _ -> resample(offers, goods, random));
    double[] known = Arrays.stream(shares).filter(s -> !Double.isNaN(s)).sorted().toArray();
    return new Attainment(
        share,
        quantile(known, settings.lowerQuantile()),
        quantile(known, 1 - settings.lowerQuantile()));
  }

  /** Returns NaN where the blocks drawn hold no request. */
  private double resample(long[] offers, long[] goods, SplittableRandom random) {
    long drawnOffers = 0;
    long drawnGoods = 0;
    for (int k = 0; k < blocks; k++) {
      int block = random.nextInt(blocks);
      drawnOffers += offers[block];
      drawnGoods += goods[block];
    }
    return (double) drawnGoods / drawnOffers;
  }

  private static double quantile(double[] sorted, double q) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.max(0, (int) Math.ceil(q * sorted.length) - 1)];
  }
}
