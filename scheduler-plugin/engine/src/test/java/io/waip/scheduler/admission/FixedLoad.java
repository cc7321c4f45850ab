package io.waip.scheduler.admission;

import io.waip.api.admission.LoadView;

/** A load whose figures a test sets. */
final class FixedLoad implements LoadView {
  int queued;
  int capacity = 8;
  int up = 1;
  long backlogNanos;
  long ownBacklogNanos = -1;
  long busyNanos;
  long aloneNanos = 10;
  double latenessFactor = 2;

  @Override
  public int queued() {
    return queued;
  }

  @Override
  public int queueCapacity() {
    return capacity;
  }

  @Override
  public double devices(int service) {
    return up > 0 ? up : 1;
  }

  @Override
  public long backlogNanos(int service) {
    return backlogNanos;
  }

  @Override
  public long backlogNanos(int service, int tenant) {
    return ownBacklogNanos < 0 ? backlogNanos : ownBacklogNanos;
  }

  @Override
  public long busyNanos(long nowNanos, int service) {
    return busyNanos;
  }

  @Override
  public long aloneNanos(int service, int length) {
    return aloneNanos;
  }

  @Override
  public double latenessFactor(int service) {
    return latenessFactor;
  }
}
