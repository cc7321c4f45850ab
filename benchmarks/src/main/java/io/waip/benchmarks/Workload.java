package io.waip.benchmarks;

import io.waip.api.RequestDescriptor;
import java.util.Random;

/**
 * A fixed, repeating sequence of requests: lengths, tenants and latency objectives drawn once from
 * a seed, so that describing one allocates nothing.
 *
 * <p>Mixed lengths are skewed as short text is (log-normal, mean about 13 tokens, 99th percentile
 * about 44: the word-piece lengths of the SST-2 sentences); tenants follow Zipf's law with exponent
 * 1; objectives are 400, 500 or 600 ms, so that requests do not arrive in the order of their
 * deadlines.
 */
final class Workload {
  private static final int PERIOD = 4096;
  private static final long SEED = 1;
  private static final int EQUAL_LENGTH = 16;
  private static final double LOG_MEDIAN = Math.log(11);
  private static final double LOG_DEVIATION = 0.6;
  private static final int MAX_LENGTH = 64;
  private static final long MIN_OBJECTIVE_NANOS = 400_000_000;
  private static final long OBJECTIVE_STEP_NANOS = 100_000_000;

  private final int[] lengths = new int[PERIOD];
  private final int[] tenants = new int[PERIOD];
  private final long[] objectives = new long[PERIOD];

  /**
   * Draws the sequence.
   *
   * @param mixed whether lengths differ
   * @param tenantCount number of tenants, {@code >= 1}
   */
  Workload(boolean mixed, int tenantCount) {
    Random random = new Random(SEED);
    double[] shares = zipf(tenantCount);
    for (int i = 0; i < PERIOD; i++) {
      lengths[i] = mixed ? skewedLength(random) : EQUAL_LENGTH;
      tenants[i] = draw(shares, random.nextDouble());
      objectives[i] = MIN_OBJECTIVE_NANOS + random.nextInt(3) * OBJECTIVE_STEP_NANOS;
    }
  }

  private static int skewedLength(Random random) {
    double length = Math.exp(LOG_MEDIAN + LOG_DEVIATION * random.nextGaussian());
    return Math.max(1, Math.min(MAX_LENGTH, (int) Math.round(length)));
  }

  /** Returns the cumulative shares of the ranks. */
  private static double[] zipf(int count) {
    double[] cumulative = new double[count];
    double sum = 0;
    for (int rank = 0; rank < count; rank++) {
      sum += 1.0 / (rank + 1);
      cumulative[rank] = sum;
    }
    for (int rank = 0; rank < count; rank++) {
      cumulative[rank] /= sum;
    }
    return cumulative;
  }

  private static int draw(double[] cumulative, double uniform) {
    int rank = 0;
    while (rank < cumulative.length - 1 && cumulative[rank] < uniform) {
      rank++;
    }
    return rank;
  }

  /** Longest length that occurs. */
  static int maxLength() {
    return MAX_LENGTH;
  }

  /** Describes the {@code id}-th request, arriving now. Allocates nothing. */
  RequestDescriptor describe(long id, long nowNanos, RequestDescriptor request) {
    int i = (int) (id & (PERIOD - 1));
    return request
        .reset(id, 0, tenants[i])
        .length(lengths[i])
        .arrivalNanos(nowNanos)
        .deadlineNanos(nowNanos + objectives[i]);
  }
}
