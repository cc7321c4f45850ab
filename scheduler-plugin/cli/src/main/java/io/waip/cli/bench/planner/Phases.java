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
  private static final int FP32_1 = 0;
  private static final int INT8_1 = 1;
  private static final int INT8_2 = 3;

  private Phases() {}

  /**
   * Returns the phases.
   *
   * @param times by the index in {@link BenchVariant#ALL}
   * @throws UserError if no text is too long for one thread and short enough for two
   */
  static List<Phase> of(LatencyModel times, long sloNanos, int cores) {
    double shortRps = cores * perSecond(times, INT8_1, sloNanos, LONGEST);
    double exactRps = cores * perSecond(times, FP32_1, sloNanos, 2 * LONGEST);
    int tooLong = tooLong(times, sloNanos);
    double longRps = 1e9 / times.medianNanos(INT8_2, 1, tooLong);
    return List.of(
        new Phase("few", List.of(shorts(0.4 * shortRps))),
        new Phase("rate", List.of(shorts(0.9 * shortRps))),
        new Phase(
            "lengths", List.of(new Phase.Stream(0, 0.4 * longRps, tooLong - SHORTEST, tooLong))),
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

  /** Returns the shortest length that takes one thread longer than the objective. */
  private static int tooLong(LatencyModel times, long sloNanos) {
    for (int length = 2 * LONGEST; length <= BenchModels.MAX_LENGTH; length += SHORTEST) {
      if (times.medianNanos(INT8_1, 1, length) > 1.05 * sloNanos
          && times.medianNanos(INT8_2, 1, length) < 0.9 * sloNanos) {
        return length;
      }
    }
    throw new UserError(
        "no text of up to %d tokens takes one thread longer and two less than %.0f ms"
            .formatted(BenchModels.MAX_LENGTH, sloNanos / 1e6),
        "--slo",
        "",
        "try another objective, such as 30ms");
  }
}
