package io.waip.cli.demo.load;

import java.util.Arrays;
import java.util.Random;

/** Intended send times of a window, nanoseconds from its start. */
public final class Arrivals {
  private Arrivals() {}

  /**
   * Draws a Poisson process.
   *
   * @param rps requests per second, {@code > 0}
   */
  public static long[] poisson(double rps, long windowNanos, long seed) {
    Random random = new Random(seed);
    long[] times = new long[16];
    int count = 0;
    double now = nextGap(random, rps);
    while (now < windowNanos) {
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = Math.round(Math.floor(now));
      now += nextGap(random, rps);
    }
    return Arrays.copyOf(times, count);
  }

  private static double nextGap(Random random, double rps) {
    return -Math.log1p(-random.nextDouble()) / rps * 1e9;
  }

  /**
   * Stretches the arrivals of a trace so that the window holds {@code rps} requests per second, and
   * starts over where the trace is shorter. Its gaps keep their proportions.
   *
   * @param trace not decreasing, at least two different times
   * @param skip requests at its start to leave out, taken modulo its length
   */
  public static long[] rescaled(long[] trace, int skip, double rps, long windowNanos) {
    int wanted = Math.toIntExact(Math.round(rps * windowNanos / 1e9));
    double cycle = (trace[trace.length - 1] - trace[0]) * (trace.length / (trace.length - 1.0));
    double[] unscaled = new double[wanted + 1];
    double origin = 0;
    for (int i = 0; i <= wanted; i++) {
      long at = (long) skip % trace.length + i;
      long lap = at / trace.length;
      double time = lap * cycle + trace[(int) (at % trace.length)] - trace[0];
      origin = i == 0 ? time : origin;
      unscaled[i] = time - origin;
    }
    double scale = unscaled[wanted] > 0 ? windowNanos / unscaled[wanted] : 0;
    long[] times = new long[wanted];
    for (int i = 0; i < wanted; i++) {
      times[i] = Math.min(windowNanos - 1, Math.round(Math.floor(unscaled[i] * scale)));
    }
    return times;
  }
}
