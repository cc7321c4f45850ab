package io.waip.replay.limit;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.trace.Workload;
import java.util.Random;

/** Random workloads that an exhaustive search can take. */
final class SmallWorkloads {
  static final int MAX_BATCH = 4;

  private SmallWorkloads() {}

  /** A random workload of a random kind: one SLO, several, or some requests without deadline. */
  static Workload draw(Random random, int n, int kind) {
    long[] arrivals = random.longs(n, 0, 40).sorted().toArray();
    Workload.Builder builder = new Workload.Builder(60);
    for (long arrival : arrivals) {
      int length = 1 + random.nextInt(kind == 0 ? 1 : 4);
      long slo = kind == 0 ? 14 : 8 + random.nextInt(18);
      boolean offline = kind == 2 && random.nextInt(3) > 0;
      builder.add(
          arrival,
          length,
          offline ? Tier.OFFLINE : Tier.INTERACTIVE,
          0,
          offline ? RequestDescriptor.NO_DEADLINE : arrival + slo);
    }
    return builder.build();
  }

  /** alpha + beta b + gamma b L, a cheaper second variant, and dips where asked for. */
  static BatchCost cost(boolean dips) {
    return (variant, batch, length) -> {
      double nanos = (4 + batch + 0.5 * batch * length) * (variant == 0 ? 1 : 0.7);
      return dips && batch == 3 ? nanos * 0.6 : nanos;
    };
  }
}
