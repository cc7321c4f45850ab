package io.waip.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.contract.RecordingDecisions.Dispatched;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Scheduler} does, whatever its policy. A test class extends this and names the
 * scheduler.
 *
 * <p>The deployment has two services of one variant each, batches of up to 4 and lengths of up to
 * 64, two tenants without a limit, and two endpoints that run one batch at a time. A batch takes 4
 * ms plus 1 ms for each request.
 */
public abstract class SchedulerContract {
  /** One millisecond. */
  protected static final long MS = 1_000_000L;

  /** 4 ms + 1 ms per request, whatever the variant and the length. */
  protected static final LatencyModel MODEL = (variant, batch, length) -> (4 + batch) * MS;

  private static final int MAX_BATCH = 4;
  private static final Deployment DEPLOYMENT =
      new Deployment(
          List.of(service("a"), service("b")),
          List.of(Tenant.unlimited("t"), Tenant.unlimited("u")),
          List.of(Endpoint.worker("w0"), Endpoint.worker("w1")));

  private final RecordingDecisions out = new RecordingDecisions();

  /** For subclasses. */
  protected SchedulerContract() {}

  /**
   * Creates an idle scheduler with every endpoint up.
   *
   * @param deployment what it schedules
   * @param model predicts every variant of it
   */
  protected abstract Scheduler create(Deployment deployment, LatencyModel model);

  private static Service service(String name) {
    Objective objective = Objective.interactive(Duration.ofMillis(100));
    return new Service(name, objective, true, List.of(new Variant(name, 1, MAX_BATCH, 64)));
  }

  private Scheduler create() {
    return create(DEPLOYMENT, MODEL);
  }

  private static RequestDescriptor request(long id) {
    return new RequestDescriptor().reset(id, 0, 0).deadlineNanos(10_000 * MS);
  }

  /** Lets time pass, timers included, until nothing runs; returns the time. */
  private long drain(Scheduler scheduler, long from) {
    long now = from;
    for (int i = 0; i < 100_000; i++) {
      if (!out.running().isEmpty()) {
        Dispatched batch = out.running().remove();
        now += MODEL.medianNanos(batch.variant(), batch.ids().size(), 1);
        scheduler.completed(now, batch.id(), now - from, out);
      } else if (out.wakeNanos() != Long.MAX_VALUE && out.wakeNanos() > now) {
        now = out.wakeNanos();
        scheduler.timer(now, out);
      } else {
        return now;
      }
    }
    throw new AssertionError("the scheduler never comes to rest");
  }

  @Test
  void answersARequestOnAnIdleEndpoint() {
    Scheduler scheduler = create();
    scheduler.arrived(0, request(7), out);
    drain(scheduler, 0);
    assertThat(out.outcome(7)).isEqualTo(Outcome.COMPLETED);
    assertThat(out.batches()).hasSize(1);
    assertThat(out.batches().getFirst().ids()).containsExactly(7L);
  }

  @Test
  void endsEachRequestOnce() {
    Scheduler scheduler = create();
    SplittableRandom random = new SplittableRandom(1);
    long now = 0;
    for (long id = 0; id < 300; id++) {
      now += random.nextLong(3 * MS);
      RequestDescriptor request =
          request(id).length(1 + random.nextInt(64)).deadlineNanos(now + random.nextLong(200 * MS));
      scheduler.arrived(now, request, out);
      if (random.nextInt(4) == 0) {
        scheduler.cancelled(now, random.nextLong(id + 1), out);
      }
      if (random.nextInt(2) == 0 && !out.running().isEmpty()) {
        scheduler.completed(now, out.running().remove().id(), MS, out);
      }
    }
    drain(scheduler, now);
    assertThat(out.ended()).hasSize(300);
  }

  @Test
  void keepsBatchesWithinTheVariantAndTheEndpoint() {
    Scheduler scheduler = create();
    for (long id = 0; id < 60; id++) {
      RequestDescriptor request = new RequestDescriptor().reset(id, (int) (id % 2), 0);
      scheduler.arrived(0, request.length(1 + (int) id).deadlineNanos(10_000 * MS), out);
      assertThat(out.running()).extracting(Dispatched::endpoint).doesNotHaveDuplicates();
    }
    drain(scheduler, 0);
    for (Dispatched batch : out.batches()) {
      assertThat(batch.ids()).hasSizeBetween(1, MAX_BATCH);
      assertThat(batch.ids()).allMatch(id -> id % 2 == batch.variant());
      long longest = batch.ids().stream().mapToLong(id -> id + 1).max().orElseThrow();
      assertThat((long) batch.paddedLength()).isGreaterThanOrEqualTo(longest);
      assertThat(batch.predictedNanos()).isPositive();
    }
    assertThat(out.batches()).extracting(Dispatched::id).doesNotContain(0L).doesNotHaveDuplicates();
  }

  @Test
  void reportsAnAnswerAfterItsDeadlineAsLate() {
    Scheduler scheduler = create();
    scheduler.arrived(0, request(1).deadlineNanos(50 * MS), out);
    long now = 0;
    while (out.running().isEmpty()) {
      now = out.wakeNanos();
      scheduler.timer(now, out);
    }
    scheduler.completed(50 * MS + 1, out.running().remove().id(), 50 * MS, out);
    assertThat(out.outcome(1)).isEqualTo(Outcome.LATE);
  }

  @Test
  void failsTheRequestsOfABatchThatFailed() {
    Scheduler scheduler = create();
    scheduler.arrived(0, request(1).deadlineNanos(50 * MS), out);
    long now = 0;
    while (out.running().isEmpty()) {
      now = out.wakeNanos();
      scheduler.timer(now, out);
    }
    scheduler.failed(now, out.running().remove().id(), out);
    assertThat(out.ended().get(1L))
        .extracting(RecordingDecisions.Ended::outcome, RecordingDecisions.Ended::reason)
        .containsExactly(Outcome.FAILED, Reason.EXECUTION_ERROR);
  }

  @Test
  void ignoresWhatItDoesNotKnow() {
    Scheduler scheduler = create();
    scheduler.completed(0, 99, 1, out);
    scheduler.completed(0, 0, 1, out);
    scheduler.failed(0, -1, out);
    scheduler.cancelled(0, 99, out);
    scheduler.timer(0, out);
    assertThat(out.ended()).isEmpty();
    assertThat(out.batches()).isEmpty();
  }

  @Test
  void ignoresTheSecondEndOfABatch() {
    Scheduler scheduler = create();
    scheduler.arrived(0, request(1), out);
    drain(scheduler, 0);
    long id = out.batches().getFirst().id();
    scheduler.completed(60 * MS, id, 1, out);
    scheduler.failed(60 * MS, id, out);
    scheduler.cancelled(60 * MS, 1, out);
    assertThat(out.outcome(1)).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void endsACancelledRequestWhereverItIs() {
    Scheduler scheduler = create();
    for (long id = 0; id < 20; id++) {
      scheduler.arrived(0, request(id), out);
    }
    for (long id = 0; id < 20; id++) {
      scheduler.cancelled(1, id, out);
      assertThat(out.outcome(id)).isEqualTo(Outcome.CANCELLED);
    }
    drain(scheduler, 1);
    assertThat(out.ended()).hasSize(20);
  }

  @Test
  void acceptsTheIdOfACancelledRequestAgain() {
    Scheduler scheduler = create();
    scheduler.arrived(0, request(1), out);
    scheduler.cancelled(1, 1, out);
    out.ended().clear();
    scheduler.arrived(2, request(1), out);
    drain(scheduler, 2);
    assertThat(out.outcome(1)).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void givesNothingToAnEndpointThatIsNotUp() {
    Scheduler scheduler = create();
    scheduler.endpointChanged(0, 0, EndpointState.DOWN, out);
    scheduler.endpointChanged(0, 1, EndpointState.DRAINING, out);
    for (long id = 0; id < 9; id++) {
      scheduler.arrived(0, request(id), out);
    }
    assertThat(out.batches()).isEmpty();
    scheduler.endpointChanged(MS, 1, EndpointState.UP, out);
    scheduler.arrived(MS, request(9), out);
    drain(scheduler, MS);
    assertThat(out.batches()).isNotEmpty().allMatch(batch -> batch.endpoint() == 1);
    assertThat(out.ended()).hasSize(10);
  }

  @Test
  void endsWhatRunsOnAnEndpointThatWentDown() {
    Scheduler scheduler = create();
    scheduler.arrived(0, request(1).deadlineNanos(50 * MS), out);
    long now = 0;
    while (out.running().isEmpty()) {
      now = out.wakeNanos();
      scheduler.timer(now, out);
    }
    scheduler.endpointChanged(now, out.running().getFirst().endpoint(), EndpointState.DOWN, out);
    assertThat(out.ended()).isEmpty();
    scheduler.completed(now + 5 * MS, out.running().remove().id(), 5 * MS, out);
    assertThat(out.ended()).containsOnlyKeys(1L);
  }

  @Test
  void evictsOrRefusesEverythingOnShutdownButWhatRuns() {
    Scheduler scheduler = create();
    for (long id = 0; id < 20; id++) {
      scheduler.arrived(0, request(id), out);
    }
    List<Long> running = out.running().stream().flatMap(b -> b.ids().stream()).toList();
    scheduler.shutdown(1, out);
    assertThat(out.ended()).hasSize(20 - running.size());
    scheduler.arrived(2, request(50), out);
    assertThat(out.ended().get(50L))
        .extracting(RecordingDecisions.Ended::outcome, RecordingDecisions.Ended::reason)
        .containsExactly(Outcome.REJECTED, Reason.SHUTDOWN);
    int batches = out.batches().size();
    drain(scheduler, 2);
    assertThat(out.ended()).hasSize(21);
    assertThat(out.batches()).hasSize(batches);
    assertThat(running).allMatch(id -> out.outcome(id) == Outcome.COMPLETED);
  }

  @Test
  void leavesNothingQueuedPastItsDeadline() {
    Scheduler scheduler = create();
    for (long id = 0; id < 40; id++) {
      scheduler.arrived(0, request(id).deadlineNanos((40 + id) * MS), out);
    }
    // Nothing completes: what does not run ends by the timers alone.
    for (int i = 0; i < 1_000 && out.wakeNanos() != Long.MAX_VALUE; i++) {
      scheduler.timer(out.wakeNanos(), out);
    }
    int running = out.running().stream().mapToInt(batch -> batch.ids().size()).sum();
    assertThat(out.ended()).hasSize(40 - running);
  }

  @Test
  void refusesMisuseAndStaysAsItWas() {
    Scheduler scheduler = create();
    RequestDescriptor bad = new RequestDescriptor();
    assertThatThrownBy(() -> scheduler.arrived(0, bad.reset(1, 2, 0), out))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scheduler.arrived(0, bad.reset(1, -1, 0), out))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scheduler.arrived(0, bad.reset(1, 0, 2), out))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scheduler.arrived(0, bad.reset(1, 0, -1), out))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scheduler.arrived(0, bad.reset(1, 0, 0).length(0), out))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(out.log()).isEmpty();
    scheduler.arrived(0, request(1), out);
    assertThatThrownBy(() -> scheduler.arrived(0, request(1), out))
        .isInstanceOf(IllegalArgumentException.class);
    drain(scheduler, 0);
    assertThat(out.outcome(1)).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void decidesTheSameForTheSameEvents() {
    assertThat(decisions()).isEqualTo(decisions()).isNotEmpty();
  }

  private List<String> decisions() {
    RecordingDecisions record = new RecordingDecisions();
    Scheduler scheduler = create();
    SplittableRandom random = new SplittableRandom(3);
    long now = 0;
    for (long id = 0; id < 200; id++) {
      now += random.nextLong(4 * MS);
      RequestDescriptor request =
          new RequestDescriptor()
              .reset(id, random.nextInt(2), random.nextInt(2))
              .tier(Tier.of(random.nextInt(Tier.COUNT)))
              .length(1 + random.nextInt(64))
              .deadlineNanos(now + random.nextLong(100 * MS));
      scheduler.arrived(now, request, record);
      if (random.nextInt(3) == 0 && !record.running().isEmpty()) {
        scheduler.completed(now, record.running().remove().id(), 6 * MS, record);
      }
    }
    return record.log();
  }
}
