package io.waip.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {
  private static final long MS = 1_000_000L;

  /** 4 ms + 1 ms per request. */
  private static final LatencyModel MODEL = (variant, batch, length) -> (4 + batch) * MS;

  private static final Deployment DEPLOYMENT =
      new Deployment(
          List.of(service("a"), service("b")),
          List.of(Tenant.unlimited("t")),
          List.of(Endpoint.worker("w")));

  private final Log log = new Log();

  private static Service service(String name) {
    return new Service(
        name,
        Objective.interactive(Duration.ofMillis(50)),
        true,
        List.of(new Variant(name, 1, 4, 16)));
  }

  private static Scheduler create(Policy policy) {
    return policy.create(DEPLOYMENT, MODEL, Plan.defaults(DEPLOYMENT));
  }

  private static RequestDescriptor request(long id, long deadlineNanos) {
    return new RequestDescriptor().reset(id, 0, 0).deadlineNanos(deadlineNanos);
  }

  /** Keeps batches by id and endings by request. */
  private static final class Log implements Decisions {
    final List<Long> dispatches = new ArrayList<>();
    final List<List<Long>> batches = new ArrayList<>();
    final Map<Long, Reason> reasons = new HashMap<>();
    final Map<Long, Outcome> outcomes = new HashMap<>();

    @Override
    public void dispatch(Batch batch) {
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        ids.add(batch.requestId(i));
      }
      dispatches.add(batch.dispatchId());
      batches.add(ids);
    }

    @Override
    public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
      assertThat(outcomes.put(requestId, outcome)).as("first end of %s", requestId).isNull();
      reasons.put(requestId, reason);
    }

    long wakeNanos = Long.MAX_VALUE;

    @Override
    public void wakeAt(long timeNanos) {
      wakeNanos = timeNanos;
    }

    /** Wakes a policy that waits for more requests; returns the time at which a batch runs. */
    long begin(Scheduler scheduler) {
      if (!batches.isEmpty()) {
        return 0;
      }
      long now = wakeNanos;
      scheduler.timer(now, this);
      return now;
    }
  }

  @Test
  void fifoFillsBatchesInOrderOfArrivalWhateverTheDeadline() {
    Scheduler fifo = create(Policy.FIFO);
    for (long id = 0; id < 7; id++) {
      fifo.arrived(0, request(id, (50 - id) * MS), log);
    }
    fifo.completed(200 * MS, log.dispatches.getFirst(), 5 * MS, log);
    assertThat(log.batches).containsExactly(List.of(0L), List.of(1L, 2L, 3L, 4L));
    assertThat(log.outcomes).containsExactly(Map.entry(0L, Outcome.LATE));
  }

  @Test
  void edfRunsTheLongestPrefixThatMeetsItsEarliestDeadline() {
    Scheduler edf = create(Policy.EDF_PREFIX);
    edf.arrived(0, request(0, 50 * MS), log);
    edf.arrived(0, request(1, 40 * MS), log);
    edf.arrived(0, request(2, 11 * MS), log);
    edf.arrived(0, request(3, 41 * MS), log);
    edf.completed(5 * MS, log.dispatches.getFirst(), 5 * MS, log);
    assertThat(log.batches.get(1)).containsExactly(2L, 1L);
  }

  @Test
  void edfDropsAHeadThatCanNoLongerBeMet() {
    Scheduler edf = create(Policy.EDF_PREFIX);
    edf.arrived(0, request(0, 50 * MS), log);
    edf.arrived(0, request(1, 9 * MS), log);
    edf.completed(5 * MS, log.dispatches.getFirst(), 5 * MS, log);
    assertThat(log.reasons).containsEntry(1L, Reason.EXPIRED);
  }

  private void complete(Scheduler scheduler, double atMs, double tookMs) {
    long dispatch = log.dispatches.getLast();
    scheduler.completed((long) (atMs * MS), dispatch, (long) (tookMs * MS), log);
  }

  @Test
  void clipperRaisesItsBatchByOneAndLowersItByATenthAboveTheObjective() {
    Scheduler clipper = create(Policy.CLIPPER_AIMD);
    for (long id = 0; id < 12; id++) {
      clipper.arrived(0, request(id, 50 * MS), log);
    }
    complete(clipper, 5, 5);
    complete(clipper, 11, 6);
    complete(clipper, 70, 59); // 3 at most, now 2.7
    complete(clipper, 80, 10); // 2 was full: 3.7
    assertThat(log.batches).extracting(List::size).containsExactly(1, 2, 3, 2, 3);
  }

  @Test
  void nexusDropsWhatStandsBeforeTheFirstWindowThatIsInTime() {
    Scheduler nexus = create(Policy.NEXUS);
    nexus.arrived(0, request(0, 50 * MS), log);
    // c(4) = 8 ms from 20 ms on: 1 and 2 would be in time with one or two requests only.
    for (long id = 1; id <= 6; id++) {
      nexus.arrived(0, request(id, (id <= 2 ? 26 : 40) * MS), log);
    }
    complete(nexus, 20, 20);
    assertThat(log.batches.get(1)).containsExactly(3L, 4L, 5L, 6L);
    assertThat(log.reasons)
        .containsEntry(1L, Reason.EXPIRED)
        .containsEntry(2L, Reason.EXPIRED)
        .hasSize(3);
  }

  @Test
  void clockworkRunsTheServiceThatHasToStartFirst() {
    Scheduler clockwork = create(Policy.CLOCKWORK);
    clockwork.arrived(0, request(0, 50 * MS), log);
    clockwork.arrived(1, request(1, 40 * MS), log);
    clockwork.arrived(1, new RequestDescriptor().reset(2, 1, 0).deadlineNanos(35 * MS), log);
    clockwork.arrived(1, new RequestDescriptor().reset(3, 1, 0).deadlineNanos(60 * MS), log);
    complete(clockwork, 5, 5);
    assertThat(log.batches.get(1)).containsExactly(2L, 3L);
  }

  @Test
  void clockworkPlansWithTheLargestExcessOfItsLastBatches() {
    Scheduler clockwork = create(Policy.CLOCKWORK);
    clockwork.arrived(0, request(0, 50 * MS), log);
    for (long id = 1; id <= 4; id++) {
      clockwork.arrived(0, request(id, 25 * MS), log);
    }
    // Predicted 5 ms, took 10: four requests would take 16 ms from 10 ms on, three 14.
    complete(clockwork, 10, 10);
    assertThat(log.batches.get(1)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void symphonyStartsABatchWhenOneMoreRequestWouldNotFitAnyMore() {
    Scheduler symphony = create(Policy.SYMPHONY);
    symphony.arrived(0, request(0, 50 * MS), log);
    assertThat(log.wakeNanos).isEqualTo(44 * MS);
    symphony.arrived(10 * MS, request(1, 60 * MS), log);
    assertThat(log.wakeNanos).isEqualTo(43 * MS);
    symphony.timer(43 * MS, log);
    assertThat(log.batches).containsExactly(List.of(0L, 1L));
  }

  @Test
  void symphonyStartsAFullBatchAndOneWithoutADeadlineAtOnce() {
    Scheduler symphony = create(Policy.SYMPHONY);
    for (long id = 0; id < 4; id++) {
      symphony.arrived(0, request(id, 50 * MS), log);
    }
    assertThat(log.batches).containsExactly(List.of(0L, 1L, 2L, 3L));
    symphony.arrived(
        5 * MS,
        new RequestDescriptor()
            .reset(4, 0, 0)
            .tier(Tier.OFFLINE)
            .deadlineNanos(RequestDescriptor.NO_DEADLINE),
        log);
    complete(symphony, 8, 8);
    assertThat(log.batches.get(1)).containsExactly(4L);
  }

  @Test
  void tritonKeepsAQueueForEachServiceAndServesTheOneWithFewerExecutions() {
    Scheduler triton = create(Policy.TRITON);
    for (long id = 0; id < 4; id++) {
      triton.arrived(0, request(id, 50 * MS), log);
    }
    triton.arrived(1, new RequestDescriptor().reset(4, 1, 0).deadlineNanos(50 * MS), log);
    complete(triton, 5, 5);
    complete(triton, 10, 5);
    assertThat(log.batches).containsExactly(List.of(0L), List.of(4L), List.of(1L, 2L, 3L));
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void neverMixesServices(Policy policy) {
    Scheduler scheduler = create(policy);
    for (long id = 0; id < 6; id++) {
      int service = (int) (id % 2);
      scheduler.arrived(
          0, new RequestDescriptor().reset(id, service, 0).deadlineNanos(50 * MS), log);
    }
    long now = log.begin(scheduler);
    for (int i = 0; i < log.dispatches.size(); i++) {
      scheduler.completed(now + (5 + 6L * i) * MS, log.dispatches.get(i), 5 * MS, log);
    }
    assertThat(log.outcomes).hasSize(6);
    assertThat(log.batches).allMatch(ids -> ids.stream().map(id -> id % 2).distinct().count() == 1);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void endsACancelledRequestOnce(Policy policy) {
    Scheduler scheduler = create(policy);
    scheduler.arrived(0, request(0, 50 * MS), log);
    scheduler.arrived(0, request(1, 50 * MS), log);
    long now = log.begin(scheduler);
    for (long id : new long[] {0, 1, 1, 7}) {
      scheduler.cancelled(now + 1, id, log);
    }
    scheduler.completed(now + 5 * MS, log.dispatches.getFirst(), 5 * MS, log);
    assertThat(log.outcomes).isEqualTo(Map.of(0L, Outcome.CANCELLED, 1L, Outcome.CANCELLED));
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void failsOnlyTheMembersOfAFailedBatch(Policy policy) {
    Scheduler scheduler = create(policy);
    scheduler.arrived(0, request(0, 50 * MS), log);
    long now = log.begin(scheduler);
    scheduler.arrived(now, request(1, 150 * MS), log);
    scheduler.failed(now + MS, log.dispatches.getFirst(), log);
    scheduler.failed(now + MS, 99, log);
    assertThat(log.outcomes).isEqualTo(Map.of(0L, Outcome.FAILED));
    if (log.batches.size() == 1) {
      scheduler.timer(log.wakeNanos, log);
    }
    assertThat(log.batches.get(1)).containsExactly(1L);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void refusesWhenNoEndpointIsUpAndResumesWhenOneIs(Policy policy) {
    Scheduler scheduler = create(policy);
    scheduler.endpointChanged(0, 0, EndpointState.DOWN, log);
    scheduler.arrived(0, request(0, 50 * MS), log);
    scheduler.endpointChanged(0, 0, EndpointState.UP, log);
    scheduler.arrived(0, request(1, 50 * MS), log);
    log.begin(scheduler);
    assertThat(log.reasons).isEqualTo(Map.of(0L, Reason.NO_ENDPOINT));
    assertThat(log.batches).containsExactly(List.of(1L));
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void evictsWhatIsQueuedOnShutdown(Policy policy) {
    Scheduler scheduler = create(policy);
    scheduler.arrived(0, request(0, 50 * MS), log);
    long now = log.begin(scheduler);
    scheduler.arrived(now, request(1, 150 * MS), log);
    scheduler.shutdown(now + 1, log);
    scheduler.arrived(now + 2, request(2, 150 * MS), log);
    scheduler.completed(now + 5 * MS, log.dispatches.getFirst(), 5 * MS, log);
    assertThat(log.outcomes)
        .isEqualTo(Map.of(0L, Outcome.COMPLETED, 1L, Outcome.EVICTED, 2L, Outcome.REJECTED));
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void refusesWhatIsTooLongAndThrowsOnMisuse(Policy policy) {
    Scheduler scheduler = create(policy);
    scheduler.arrived(0, request(0, 50 * MS).length(17), log);
    scheduler.arrived(0, request(1, 50 * MS), log);
    assertThat(log.reasons).isEqualTo(Map.of(0L, Reason.TOO_LONG));
    assertThatThrownBy(() -> scheduler.arrived(0, request(1, 50 * MS), log))
        .hasMessageContaining("in use");
    assertThatThrownBy(() -> scheduler.arrived(0, request(2, MS).length(0), log))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scheduler.endpointChanged(0, 1, EndpointState.UP, log))
        .hasMessageContaining("no endpoint");
  }
}
