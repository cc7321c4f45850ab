package io.waip.replay;

import io.waip.api.Tier;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.spec.TenantSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Generated requests of several tenants: each tenant's arrivals are a process of their own, at its
 * share of the rate, and all begin together. So a tenant's arrivals do not depend on what the
 * tenants named after it send.
 *
 * @param process of each tenant
 * @param tenants at least one
 * @param requests of all tenants together
 */
record RequestMix(ArrivalSpec process, List<TenantSpec> tenants, int requests) {
  /** Between the seeds of neighbours; the increment of SplitMix64. */
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L;

  /**
   * When requests arrive and whose they are.
   *
   * @param arrivalNanos from the first, never decreasing
   * @param tenants index of each request's tenant
   * @param windowNanos at least the last arrival
   */
  @SuppressWarnings("ArrayRecordComponent") // Columns; nobody compares or prints them.
  record Offered(long[] arrivalNanos, int[] tenants, long windowNanos) {}

  /**
   * Checks that each tenant gets requests enough to have a rate.
   *
   * @throws IllegalArgumentException if one gets fewer than two; the message is one line for the
   *     user
   */
  RequestMix {
    tenants = List.copyOf(tenants);
    int[] counts = counts(tenants, requests);
    for (int t = 0; t < counts.length; t++) {
      if (counts[t] < 2) {
        throw new IllegalArgumentException(
            "tenant '%s' gets %d of %d requests; allowed: at least 2; remedy: more --requests or a"
                    .formatted(tenants.get(t).name(), counts[t], requests)
                + " larger share");
      }
    }
  }

  /** Returns the tier of a tenant's requests. */
  Tier tier(int tenant) {
    return tenants.get(tenant).tier().orElse(Tier.INTERACTIVE);
  }

  /**
   * Generates the requests.
   *
   * @param ratePerSecond of all tenants together, {@code > 0}
   * @throws IllegalArgumentException if the process cannot be generated at that rate
   */
  Offered generate(double ratePerSecond, long seed) {
    int[] counts = counts(tenants, requests);
    long[][] streams = new long[counts.length][];
    for (int t = 0; t < counts.length; t++) {
      double rate = ratePerSecond * ((double) counts[t] / requests);
      streams[t] = Arrivals.generate(process, counts[t], rate, seed + t * SEED_STEP);
    }
    if (counts.length == 1) {
      return new Offered(streams[0], new int[requests], Arrivals.windowNanos(streams[0]));
    }
    return merge(streams, Math.round(requests * 1e9 / ratePerSecond));
  }

  private Offered merge(long[][] streams, long windowNanos) {
    long[] arrivals = new long[requests];
    int[] tenant = new int[requests];
    int[] next = new int[streams.length];
    for (int i = 0; i < requests; i++) {
      int first = earliest(streams, next);
      arrivals[i] = streams[first][next[first]++];
      tenant[i] = first;
    }
    return new Offered(arrivals, tenant, Math.max(windowNanos, arrivals[requests - 1]));
  }

  /** Returns the stream whose next arrival is first; of equal ones the first stream. */
  private static int earliest(long[][] streams, int[] next) {
    int first = -1;
    for (int t = 0; t < streams.length; t++) {
      boolean hasNext = next[t] < streams[t].length;
      if (hasNext && (first < 0 || streams[t][next[t]] < streams[first][next[first]])) {
        first = t;
      }
    }
    return first;
  }

  /** Divides the requests by the shares; what rounding leaves goes to the largest remainders. */
  static int[] counts(List<TenantSpec> tenants, int requests) {
    double[] shares = tenants.stream().mapToDouble(each -> each.share().orElse(1)).toArray();
    double all = Arrays.stream(shares).sum();
    int[] counts = new int[shares.length];
    Integer[] byRemainder = new Integer[shares.length];
    int left = requests;
    for (int t = 0; t < shares.length; t++) {
      counts[t] = (int) (requests * shares[t] / all);
      byRemainder[t] = t;
      left -= counts[t];
    }
    Arrays.sort(
        byRemainder,
        (a, b) ->
            Double.compare(
                requests * shares[b] / all - counts[b], requests * shares[a] / all - counts[a]));
    for (int i = 0; i < left; i++) {
      counts[byRemainder[i]]++;
    }
    return counts;
  }
}
