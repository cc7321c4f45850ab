package io.waip.replay.explain;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.record.Constraint;
import io.waip.api.v1.Arrival;
import io.waip.api.v1.Consideration;
import io.waip.api.v1.DecisionRecord;
import io.waip.api.v1.Dispatch;
import io.waip.api.v1.Ending;
import io.waip.replay.records.PlanCodec;
import io.waip.replay.records.RecordReader;
import io.waip.replay.records.RunSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows one request through a file of records. Single thread. */
public final class Explainer {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long id;
  private final Names names;
  private final EndpointRules rules;
  private final RunSetup setup;
  private final List<Explanation.Look> looks = new ArrayList<>();
  private @Nullable Arrival arrival;
  private long arrivedNanos;
  private List<Explanation.EndpointChoice> endpoints = List.of();
  private long passedOver;
  private @Nullable Dispatch dispatch;
  private long dispatchedNanos;
  private @Nullable Double actualMs;
  private long lost;
  private Explanation.@Nullable End end;

  private Explainer(long id, RunSetup setup) {
    this.id = id;
    this.setup = setup;
    names = new Names(setup.deployment());
    rules = new EndpointRules(setup.deployment(), setup.plan());
  }

  /**
   * Explains the first request of an id.
   *
   * @param file no record of which was read
   * @return empty where no such request arrived
   * @throws io.waip.replay.records.RecordFormatException if the file is not as it was written
   */
  public static Optional<Explanation> explain(RecordReader file, long requestId) {
    Explainer explainer = new Explainer(requestId, file.setup());
    Optional<DecisionRecord> next = file.next();
    while (next.isPresent() && explainer.end == null) {
      explainer.follow(next.get());
      next = explainer.end == null ? file.next() : Optional.empty();
    }
    return explainer.explanation();
  }

  private void follow(DecisionRecord record) {
    if (arrival == null) {
      if (record.hasPlanChange()) {
        rules.plan(PlanCodec.fromProto(record.getPlanChange().getPlan()));
      }
      if (record.hasArrival() && record.getArrival().getRequestId() == id) {
        arrival = record.getArrival();
        arrivedNanos = record.getTimeNanos();
      }
      return;
    }
    switch (record.getKindCase()) {
      case SCREENING -> screened(record);
      case CONSIDERATION -> considered(record.getTimeNanos(), record.getConsideration());
      case DISPATCH -> dispatched(record.getTimeNanos(), record.getDispatch());
      case COMPLETION -> completed(record);
      case ENDING -> ended(record.getTimeNanos(), record.getEnding());
      case LOSS -> lost += record.getLoss().getRecords();
      default -> {}
    }
  }

  private void screened(DecisionRecord record) {
    if (arrival != null && record.getScreening().getRequestId() == id) {
      endpoints = rules.of(arrival, record.getScreening());
    }
  }

  private void considered(long nowNanos, Consideration look) {
    if (arrival == null || dispatch != null || look.getService() != arrival.getService()) {
      return;
    }
    int member = member(look);
    if (member < 0) {
      passedOver++;
      return;
    }
    looks.add(
        new Explanation.Look(
            after(nowNanos),
            names.endpoint(look.getEndpoint()),
            look.getFair(),
            Constraint.of(look.getMemberConstraints().byteAt(member)),
            names.removed(look),
            look.getRunsList().stream().map(names::option).toList(),
            look.hasDeferredUntilNanos() ? after(look.getDeferredUntilNanos()) : null,
            look.getMemberIdDeltasCount()));
  }

  private int member(Consideration look) {
    long member = 0;
    for (int i = 0; i < look.getMemberIdDeltasCount(); i++) {
      member += look.getMemberIdDeltas(i);
      if (member == id) {
        return i;
      }
    }
    return -1;
  }

  private void dispatched(long nowNanos, Dispatch batch) {
    if (batch.getRequestIdsList().contains(id)) {
      dispatch = batch;
      dispatchedNanos = nowNanos;
    }
  }

  private void completed(DecisionRecord record) {
    if (dispatch != null && record.getCompletion().getDispatchId() == dispatch.getDispatchId()) {
      actualMs = record.getCompletion().getExecutionNanos() / NANOS_PER_MILLI;
    }
  }

  private void ended(long nowNanos, Ending ending) {
    if (ending.getRequestId() == id) {
      end =
          new Explanation.End(
              after(nowNanos),
              Outcome.values()[ending.getOutcome()].name(),
              Reason.values()[ending.getReason()].name(),
              ending.getRetryAfterNanos() / NANOS_PER_MILLI);
    }
  }

  private double after(long nanos) {
    return (nanos - arrivedNanos) / NANOS_PER_MILLI;
  }

  private Optional<Explanation> explanation() {
    Arrival request = arrival;
    if (request == null) {
      return Optional.empty();
    }
    boolean hasDeadline = request.getDeadlineNanos() != RequestDescriptor.NO_DEADLINE;
    boolean isRefused = end != null && end.outcome().equals(Outcome.REJECTED.name());
    return Optional.of(
        new Explanation(
            id,
            setup.policy().label(),
            names.service(request.getService()),
            names.tenant(request.getTenant()),
            Tier.of(request.getTier()).name(),
            request.getLength(),
            arrivedNanos / NANOS_PER_MILLI,
            hasDeadline ? after(request.getDeadlineNanos()) : null,
            request.getQualityFloor(),
            new Explanation.Admission(!isRefused, endpoints),
            looks,
            passedOver,
            execution(),
            lost,
            end));
  }

  private Explanation.@Nullable Execution execution() {
    Dispatch batch = dispatch;
    if (batch == null) {
      return null;
    }
    List<Explanation.BatchOption> runs = looks.isEmpty() ? List.of() : looks.getLast().runs();
    return new Explanation.Execution(
        batch.getDispatchId(),
        after(dispatchedNanos),
        names.endpoint(batch.getEndpoint()),
        names.variant(batch.getVariant()),
        batch.getRequestIdsCount(),
        batch.getPaddedLength(),
        batch.getPredictedNanos() / NANOS_PER_MILLI,
        runs.isEmpty() ? null : runs.getFirst().medianMs(),
        actualMs,
        runs.size() < 2 ? null : runs.get(1));
  }
}
