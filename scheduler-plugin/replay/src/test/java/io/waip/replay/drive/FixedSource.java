package io.waip.replay.drive;

import io.waip.api.RequestDescriptor;

/** Requests of length 1 at given times with one relative deadline. */
public final class FixedSource implements RequestSource {
  private final long sloNanos;
  private final long[] arrivals;

  public FixedSource(long sloNanos, long... arrivals) {
    this.sloNanos = sloNanos;
    this.arrivals = arrivals.clone();
  }

  @Override
  public int size() {
    return arrivals.length;
  }

  @Override
  public long arrivalNanos(int i) {
    return arrivals[i];
  }

  @Override
  public void describe(int i, RequestDescriptor descriptor) {
    descriptor.reset(i, 0, 0).arrivalNanos(arrivals[i]).deadlineNanos(arrivals[i] + sloNanos);
  }
}
