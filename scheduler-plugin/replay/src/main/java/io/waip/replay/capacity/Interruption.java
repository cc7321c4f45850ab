package io.waip.replay.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A spot device that is taken away.
 *
 * @param noticeNanos when it takes no new batch any more, nanoseconds from the first arrival
 * @param downNanos when what still runs there fails, {@code >= noticeNanos}
 * @param upNanos when another device serves in its place, {@code >= downNanos}
 */
record Interruption(long noticeNanos, long downNanos, long upNanos) {
  /** Keeps the draws apart from those of arrivals and noise. */
  private static final long SEED_SALT = 0x7C15_0B07;

  /** Between the seeds of neighbours; the increment of SplitMix64. */
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L;

  /**
   * Draws what happens to one device inside a window. It depends on the device's number and kind,
   * not on how many others there are.
   *
   * @param seed of the question
   * @param kind index of its kind
   * @param device its number among those of its kind
   */
  static List<Interruption> draw(
      SpotTerms terms, long windowNanos, long seed, int kind, int device) {
    SplittableRandom random =
        new SplittableRandom((seed ^ SEED_SALT) + SEED_STEP * (kind * 65_536L + device));
    double meanNanos = SpotTerms.HOUR_NANOS / terms.interruptionsPerHour();
    List<Interruption> found = new ArrayList<>();
    long up = 0;
    while (true) {
      double gap = -meanNanos * StrictMath.log(1 - random.nextDouble());
      if (!(up + gap < windowNanos)) {
        return found;
      }
      long notice = up + Math.round(gap);
      long down = notice + terms.noticeNanos();
      up = down + terms.replacementNanos();
      found.add(new Interruption(notice, down, up));
    }
  }
}
