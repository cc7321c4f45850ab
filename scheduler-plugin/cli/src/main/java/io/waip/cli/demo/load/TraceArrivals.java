package io.waip.cli.demo.load;

/** Arrival times taken from a trace at another rate. */
public final class TraceArrivals {
  private TraceArrivals() {}

  /**
   * Stretches the arrivals of a trace so that the window holds {@code rps} requests per second, and
   * starts over where the trace is shorter. Its gaps keep their proportions.
   *
   * @param trace not decreasing, at least two different times
   * @param skip requests at its start to leave out, taken modulo its length
   * @param rps requests per second, {@code > 0}
   * @return nanoseconds from the start of the window, at least one
   */
  public static long[] rescale(long[] trace, int skip, double rps, long windowNanos) {
    int wanted = Math.max(1, Math.toIntExact(Math.round(rps * windowNanos / 1e9)));
    double span = trace[trace.length - 1] - trace[0];
    double lapNanos = span * trace.length / (trace.length - 1);
    double[] unscaled = new double[wanted + 1];
    for (int i = 0; i <= wanted; i++) {
      long at = (long) skip % trace.length + i;
      int place = (int) (at % trace.length);
      double lap = Math.floorDiv(at, (long) trace.length);
      unscaled[i] = lap * lapNanos + trace[place] - trace[0];
    }
    double scale = windowNanos / Math.max(1, unscaled[wanted] - unscaled[0]);
    long[] times = new long[wanted];
    for (int i = 0; i < wanted; i++) {
      double time = Math.floor((unscaled[i] - unscaled[0]) * scale);
      times[i] = Math.min(windowNanos - 1, Math.round(time));
    }
    return times;
  }
}
