package io.waip.replay.dynamic;

import io.waip.api.schedule.Batch;
import java.util.List;

/**
 * A batch in flight.
 *
 * @param paddedLength length of every row as it is executed
 */
record FormedBatch(
    long dispatchId, int endpoint, int variant, int paddedLength, List<QueuedRequest> members)
    implements Batch {
  @Override
  public int size() {
    return members.size();
  }

  @Override
  public long requestId(int i) {
    return members.get(i).id;
  }

  /** Returns 0: this policy predicts nothing. */
  @Override
  public long predictedNanos() {
    return 0;
  }
}
