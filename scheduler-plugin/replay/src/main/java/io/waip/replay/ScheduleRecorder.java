package io.waip.replay;

import io.waip.api.schedule.Batch;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.limit.PlacedBatch;
import io.waip.replay.limit.Schedule;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps the batches of a run with those of their members that are in time. */
final class ScheduleRecorder implements RunObserver {
  private final Workload workload;
  private final List<PlacedBatch> batches = new ArrayList<>();

  ScheduleRecorder(Workload workload) {
    this.workload = workload;
  }

  @Override
  public void executed(Batch batch, long startNanos, long endNanos) {
    int[] members =
        IntStream.range(0, batch.size())
            .map(i -> (int) batch.requestId(i))
            .filter(request -> endNanos <= workload.goodputDeadlineNanos(request))
            .toArray();
    if (members.length > 0) {
      batches.add(new PlacedBatch(batch.endpoint(), startNanos, endNanos, members));
    }
  }

  Schedule schedule() {
    return new Schedule(batches);
  }
}
