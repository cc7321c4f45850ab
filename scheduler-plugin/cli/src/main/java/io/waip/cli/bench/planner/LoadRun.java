package io.waip.cli.bench.planner;

import java.util.Arrays;

/**
 * What became of the requests of a run. A slot of the arrays belongs to the thread that ends its
 * request; they are read after all have ended.
 */
final class LoadRun {
  private static final byte OPEN = 0;
  private static final byte ANSWERED = 1;
  private static final byte REFUSED = 2;
  private static final byte FAILED = 3;

  private final PhasedLoad load;
  private final long sloNanos;
  private final long[] latencyNanos;
  private final long[] lagNanos;
  private final byte[] ends;

  LoadRun(PhasedLoad load, long sloNanos) {
    this.load = load;
    this.sloNanos = sloNanos;
    latencyNanos = new long[load.requests().size()];
    lagNanos = new long[load.requests().size()];
    ends = new byte[load.requests().size()];
  }

  PhasedLoad load() {
    return load;
  }

  void sent(int request, long nanos) {
    lagNanos[request] = nanos - load.requests().get(request).nanos();
  }

  void answered(int request, long nanos) {
    latencyNanos[request] = nanos - load.requests().get(request).nanos();
    ends[request] = ANSWERED;
  }

  void refused(int request) {
    ends[request] = REFUSED;
  }

  void failed(int request) {
    ends[request] = FAILED;
  }

  /** Returns the requests that did not end, or failed. */
  long lost() {
    long lost = 0;
    for (byte end : ends) {
      lost += end == OPEN || end == FAILED ? 1 : 0;
    }
    return lost;
  }

  /** Returns the requests sent in a stretch and answered in time, per second of it. */
  double goodputRps(long fromNanos, long toNanos) {
    long good = 0;
    for (int i = 0; i < ends.length; i++) {
      boolean isGood = ends[i] == ANSWERED && latencyNanos[i] <= sloNanos;
      good += isIn(i, fromNanos, toNanos) && isGood ? 1 : 0;
    }
    return good * 1e9 / (toNanos - fromNanos);
  }

  private boolean isIn(int request, long fromNanos, long toNanos) {
    long sent = load.requests().get(request).nanos();
    return sent >= fromNanos && sent < toNanos;
  }

  /** Returns the 99th percentile of answers to requests sent in a stretch, ms; NaN without one. */
  double p99Millis(long fromNanos, long toNanos) {
    long[] answered = new long[ends.length];
    int count = 0;
    for (int i = 0; i < ends.length; i++) {
      if (ends[i] == ANSWERED && isIn(i, fromNanos, toNanos)) {
        answered[count++] = latencyNanos[i];
      }
    }
    return percentileMillis(answered, count);
  }

  /** Returns the 99th percentile of how late requests were sent, ms. */
  double sendLagP99Millis() {
    return percentileMillis(lagNanos.clone(), lagNanos.length);
  }

  private static double percentileMillis(long[] values, int count) {
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(values, 0, count);
    return values[(int) Math.ceil(count * 0.99) - 1] / 1e6;
  }
}
