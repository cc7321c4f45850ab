package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Requests per second that workers can serve in full batches within an SLO.
 *
 * <p>For one length: {@code m b̂ / c(b̂)} with {@code b̂ = max {b <= B : c(b) <= SLO}}. For a
 * workload of several lengths batches are taken to hold equal lengths, each with its own b̂, and
 * the time per request is averaged over the workload: {@code m n / sum_i c(b̂_i, L_i) / b̂_i}.
 */
public final class Capacity {
  private Capacity() {}

  /**
   * Returns the capacity on one variant.
   *
   * @param variant index of the variant, usually the reference's
   * @param sloNanos latency objective, nanoseconds, {@code > 0}
   * @return requests per second
   * @throws IllegalArgumentException if even a single request of some length takes longer than the
   *     SLO; the message is one line for the user
   */
  public static double perSecond(
      Workload workload, BatchCost cost, WorkerPool pool, int variant, long sloNanos) {
    int[] lengths = new int[workload.size()];
    Arrays.setAll(lengths, workload::length);
    return perSecond(lengths, cost, pool, variant, sloNanos);
  }

  /**
   * Returns the capacity for requests of these lengths, as {@link #perSecond(Workload, BatchCost,
   * WorkerPool, int, long)} does.
   *
   * @param lengths one for each request, at least one
   */
  public static double perSecond(
      int[] lengths, BatchCost cost, WorkerPool pool, int variant, long sloNanos) {
    double total = totalNanos(lengths, cost, new Batches(pool.maxBatch(), variant), sloNanos);
    if (total == Double.POSITIVE_INFINITY) {
      throw tooSlow(Arrays.stream(lengths).max().orElseThrow(), cost, variant, sloNanos);
    }
    return pool.workers() * 1e9 * lengths.length / total;
  }

  /**
   * What batches are made of.
   *
   * @param maxBatch most requests in one, {@code >= 1}
   * @param variant that they run on
   */
  public record Batches(int maxBatch, int variant) {}

  /**
   * Returns the worker time of requests of these lengths in full batches within an SLO.
   *
   * @return nanoseconds; infinite where a single request of some length takes longer than the SLO
   */
  public static double totalNanos(int[] lengths, BatchCost cost, Batches batches, long sloNanos) {
    Map<Integer, Double> nanosOfLength = new HashMap<>();
    double total = 0;
    for (int length : lengths) {
      total +=
          nanosOfLength.computeIfAbsent(
              length, each -> requestNanos(cost, batches, each, sloNanos));
    }
    return total;
  }

  private static double requestNanos(BatchCost cost, Batches batches, int length, long sloNanos) {
    for (int b = batches.maxBatch(); b >= 1; b--) {
      double nanos = cost.nanos(batches.variant(), b, length);
      if (nanos <= sloNanos) {
        return nanos / b;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Says that a request alone takes longer than its SLO; the message is one line for the user. */
  public static IllegalArgumentException tooSlow(
      int longest, BatchCost cost, int variant, long sloNanos) {
    return new IllegalArgumentException(
        "slo %.3f ms is below the %.3f ms that one request of length %d takes; allowed: at least that"
                .formatted(sloNanos / 1e6, cost.nanos(variant, 1, longest) / 1e6, longest)
            + "; remedy: raise the slo or lower the cost");
  }
}
