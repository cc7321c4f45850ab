package io.waip.cli.bench.planner;

import io.waip.api.cost.LatencyModel;
import io.waip.cli.input.UserError;
import java.util.List;

/**
 * Four phases whose best settings differ on the machine at hand, made from its measured times: few
 * short texts; as many as only single-threaded int8 serves; texts too long for one thread; short
 * texts beside ones that only fp32 may answer.
 */
final class Phases {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 24;
  private static final int NEARLY_LONGEST = BenchModels.MAX_LENGTH - 4;
  private static final double MOST_OF_NARROW = 0.85;
  private static final double SLO_OF_NARROW = 0.96;
  private static final int FP32_1 = 0;
  private static final int INT8_1 = 1;
  private static final int INT8_2 = 3;

  private Phases() {}

  /**
   * Returns the phases.
   *
   * @param times by the index in {@link BenchVariant#ALL}
   */
  static List<Phase> of(LatencyModel times, long sloNanos, int cores) {
    double shortRps = cores * perSecond(times, INT8_1, sloNanos, LONGEST);
    double exactRps = cores * perSecond(times, FP32_1, sloNanos, 2 * LONGEST);
    double longRps = 1e9 / times.medianNanos(INT8_2, 1, BenchModels.MAX_LENGTH);
    return List.of(
        new Phase("few", List.of(shorts(0.4 * shortRps))),
        new Phase("rate", List.of(shorts(0.9 * shortRps))),
        new Phase(
            "lengths",
            List.of(new Phase.Stream(0, 0.4 * longRps, NEARLY_LONGEST, BenchModels.MAX_LENGTH))),
        new Phase(
            "mix",
            List.of(
                shorts(0.3 * shortRps),
                new Phase.Stream(1, 0.5 * exactRps, LONGEST, 2 * LONGEST))));
  }

  private static Phase.Stream shorts(double perSecond) {
    return new Phase.Stream(0, perSecond, SHORTEST, LONGEST);
  }

  /** Returns what one worker serves with the largest batch that fits twice into the objective. */
  private static double perSecond(LatencyModel times, int variant, long sloNanos, int length) {
    int batch = 1;
    while (batch < BenchModels.MAX_BATCH
        && 2 * times.medianNanos(variant, batch + 1, length) <= sloNanos) {
      batch++;
    }
    return batch * 1e9 / times.medianNanos(variant, batch, length);
  }

  /**
   * Returns the objective that the longest text misses on one thread and keeps on two, nanoseconds.
   *
   * @throws UserError if two threads are hardly faster than one
   */
  static long sloNanos(LatencyModel times) {
    long narrow = times.medianNanos(INT8_1, 1, BenchModels.MAX_LENGTH);
    long wide = times.medianNanos(INT8_2, 1, BenchModels.MAX_LENGTH);
    if (wide > MOST_OF_NARROW * narrow) {
      throw new UserError(
          "a text of %d tokens takes two threads %.1f ms and one %.1f ms: no phase needs two"
              .formatted(BenchModels.MAX_LENGTH, wide / 1e6, narrow / 1e6),
          "",
          "two idle cores",
          "run it on a machine that does nothing else");
    }
    return Math.round(SLO_OF_NARROW * narrow / 1e6) * 1_000_000;
  }
}
