package io.waip.replay.records;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import io.waip.api.v1.Arrival;
import io.waip.api.v1.Completion;
import io.waip.api.v1.DecisionRecord;
import io.waip.api.v1.EndpointChange;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Gives the recorded events to a fresh scheduler and compares what it decides, and why, with what
 * was recorded: record by record, byte by byte. Nothing but the file is asked. Single thread.
 */
public final class RecordReplay {
  /** What the scheduler decides is compared, not carried out. */
  private static final Decisions NOBODY =
      new Decisions() {
        @Override
        public void dispatch(Batch batch) {}

        @Override
        public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {}

        @Override
        public void wakeAt(long timeNanos) {}
      };

  private final RecordReader file;
  private final ArrayDeque<DecisionRecord> reproduced = new ArrayDeque<>();
  private final RecordDecoder decoder = new RecordDecoder();
  private final RequestDescriptor descriptor = new RequestDescriptor();
  private final Scheduler scheduler;
  private long equal;
  private long decisions;

  private RecordReplay(RecordReader file, RunSetup setup) {
    this.file = file;
    scheduler =
        setup.recordedScheduler(
            new RecordEncoder(
                (type, buffer, length) -> reproduced.add(decoder.decode(type, buffer, 0).build())));
  }

  /**
   * Runs a file again as it was recorded.
   *
   * @param file no record of which was read
   * @throws RecordFormatException if the file is not as it was written
   */
  public static Reproduction run(RecordReader file) {
    return run(file, file.setup());
  }

  /**
   * Runs the events of a file with another setup.
   *
   * @param file no record of which was read
   * @throws RecordFormatException if the file is not as it was written
   */
  public static Reproduction run(RecordReader file, RunSetup setup) {
    return new RecordReplay(file, setup).toEnd();
  }

  private Reproduction toEnd() {
    Optional<DecisionRecord> next = file.next();
    while (next.isPresent()) {
      Optional<Reproduction> end = compare(next.get());
      if (end.isPresent()) {
        return end.get();
      }
      next = file.next();
    }
    return reproduced.isEmpty()
        ? new Reproduction(equal, decisions, Optional.empty())
        : diverged(reproduced.getFirst(), Difference.surplus(reproduced.getFirst()));
  }

  private Optional<Reproduction> compare(DecisionRecord recorded) {
    if (recorded.hasLoss()) {
      String lost = recorded.getLoss().getRecords() + " records that were lost";
      return Optional.of(diverged(recorded, new Difference("loss", lost, "nothing to go on with")));
    }
    if (isEvent(recorded)) {
      if (!reproduced.isEmpty()) {
        return Optional.of(diverged(recorded, Difference.surplus(reproduced.getFirst())));
      }
      try {
        tell(recorded);
      } catch (IllegalArgumentException e) {
        Difference difference = new Difference("event", "accepted", "refused: " + e.getMessage());
        return Optional.of(diverged(recorded, difference));
      }
    }
    DecisionRecord mine = reproduced.poll();
    Optional<Difference> difference =
        mine == null
            ? Optional.of(Difference.missing(recorded))
            : Difference.between(
                recorded, mine.toBuilder().setSequence(recorded.getSequence()).build());
    if (difference.isEmpty()) {
      equal++;
      decisions += isDecision(recorded) ? 1 : 0;
    }
    return difference.map(found -> diverged(recorded, found));
  }

  private Reproduction diverged(DecisionRecord at, Difference difference) {
    return new Reproduction(
        equal, decisions, Optional.of(new Divergence(equal, at.getTimeNanos(), difference)));
  }

  private static boolean isEvent(DecisionRecord record) {
    return switch (record.getKindCase()) {
      case ARRIVAL,
          COMPLETION,
          FAILURE,
          CANCELLATION,
          TIMER,
          ENDPOINT_CHANGE,
          PLAN_CHANGE,
          SHUTDOWN ->
          true;
      default -> false;
    };
  }

  private static boolean isDecision(DecisionRecord record) {
    return record.hasDispatch() || record.hasEnding() || record.hasWake();
  }

  private void tell(DecisionRecord event) {
    long now = event.getTimeNanos();
    switch (event.getKindCase()) {
      case ARRIVAL -> scheduler.arrived(now, described(event.getArrival()), NOBODY);
      case COMPLETION -> {
        Completion end = event.getCompletion();
        scheduler.completed(now, end.getDispatchId(), end.getExecutionNanos(), NOBODY);
      }
      case FAILURE -> scheduler.failed(now, event.getFailure().getDispatchId(), NOBODY);
      case CANCELLATION -> scheduler.cancelled(now, event.getCancellation().getRequestId(), NOBODY);
      case TIMER -> scheduler.timer(now, NOBODY);
      case ENDPOINT_CHANGE -> {
        EndpointChange change = event.getEndpointChange();
        EndpointState state = EndpointState.values()[change.getState()];
        scheduler.endpointChanged(now, change.getEndpoint(), state, NOBODY);
      }
      case PLAN_CHANGE ->
          scheduler.planPublished(
              now, PlanCodec.fromProto(event.getPlanChange().getPlan()), NOBODY);
      default -> scheduler.shutdown(now, NOBODY);
    }
  }

  private RequestDescriptor described(Arrival arrival) {
    return descriptor
        .reset(arrival.getRequestId(), arrival.getService(), arrival.getTenant())
        .tier(Tier.of(arrival.getTier()))
        .length(arrival.getLength())
        .arrivalNanos(arrival.getArrivalNanos())
        .deadlineNanos(arrival.getDeadlineNanos())
        .qualityFloor(arrival.getQualityFloor())
        .region(arrival.getRegion());
  }
}
