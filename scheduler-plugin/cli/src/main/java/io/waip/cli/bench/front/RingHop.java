package io.waip.cli.bench.front;

import java.util.Arrays;

/**
 * Hops from the front's C over the rings to a planner's process in Java and back to the dispatcher
 * thread, one at a time.
 *
 * @param name of the measurement
 * @param ratePerSecond hops asked for; 0: one after the other
 * @param busy whether ONNX Runtime kept two threads busy beside it
 * @param hops measured, after a fifth that warmed up
 * @param p50Us and {@code p99Us}: of one hop there and back
 */
record RingHop(String name, int ratePerSecond, boolean busy, int hops, double p50Us, double p99Us) {
  private static final int WARM_UP_PART = 5;

  /** Summarizes hops in the order they were made. */
  static RingHop of(int ratePerSecond, boolean busy, long[] nanos) {
    long[] kept = Arrays.copyOfRange(nanos, nanos.length / WARM_UP_PART, nanos.length);
    Arrays.sort(kept);
    String name = (ratePerSecond == 0 ? "hot_loop" : ratePerSecond + "_per_second");
    return new RingHop(
        busy ? name + "_busy" : name,
        ratePerSecond,
        busy,
        kept.length,
        micros(kept, 0.5),
        micros(kept, 0.99));
  }

  private static double micros(long[] sorted, double q) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(q * sorted.length) - 1] / 1e3;
  }
}
