package io.waip.replay.limit;

import io.waip.api.RequestDescriptor;
import io.waip.replay.drive.RequestSource;
import java.util.List;

/** Requests given one by one. */
record ListedSource(List<Item> items) implements RequestSource {
  /** One request; times in nanoseconds, the deadline absolute. */
  record Item(long arrival, long deadline, int length) {}

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public long arrivalNanos(int i) {
    return items.get(i).arrival();
  }

  @Override
  public void describe(int i, RequestDescriptor descriptor) {
    Item item = items.get(i);
    descriptor
        .reset(i, 0, 0)
        .arrivalNanos(item.arrival())
        .deadlineNanos(item.deadline())
        .length(item.length());
  }
}
