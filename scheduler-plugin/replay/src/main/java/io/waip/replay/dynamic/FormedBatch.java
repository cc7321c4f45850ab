package io.waip.replay.dynamic;

import io.waip.api.schedule.Batch;
import java.util.List;

/** A batch in flight. */
record FormedBatch(long dispatchId, int endpoint, int variant, List<QueuedRequest> members)
    implements Batch {
  @Override
  public int size() {
    return members.size();
  }

  @Override
  public long requestId(int i) {
    return members.get(i).id;
  }

  @Override
  public int paddedLength() {
    return members.stream().mapToInt(member -> member.length).max().orElseThrow();
  }

  /** Returns 0: this policy predicts nothing. */
  @Override
  public long predictedNanos() {
    return 0;
  }
}
