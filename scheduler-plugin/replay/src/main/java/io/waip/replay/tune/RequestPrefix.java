package io.waip.replay.tune;

import io.waip.api.RequestDescriptor;
import io.waip.replay.drive.RequestSource;

/** The first requests of a source. */
record RequestPrefix(RequestSource source, int size) implements RequestSource {
  @Override
  public long arrivalNanos(int i) {
    return source.arrivalNanos(i);
  }

  @Override
  public void describe(int i, RequestDescriptor descriptor) {
    source.describe(i, descriptor);
  }
}
