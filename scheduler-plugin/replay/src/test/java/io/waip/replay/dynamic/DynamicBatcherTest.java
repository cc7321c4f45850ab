package io.waip.replay.dynamic;

import static io.waip.replay.dynamic.ShapeRule.EQUAL;
import static io.waip.replay.dynamic.ShapeRule.PADDED_TO_MAX;
import static io.waip.replay.dynamic.ShapeRule.RAGGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.Tier;
import io.waip.api.schedule.EndpointState;
import java.util.List;
import org.junit.jupiter.api.Test;

class DynamicBatcherTest {
  private static final long MS = 1_000_000;

  /** One queue without a policy: batches are formed ahead. */
  private static DynamicBatcherSettings settings(int maxBatch, long delayMs, ShapeRule shapes) {
    return levels(maxBatch, delayMs, shapes).withOneQueue(QueuePolicy.UNLIMITED);
  }

  private static DynamicBatcherSettings levels(int maxBatch, long delayMs, ShapeRule shapes) {
    return DynamicBatcherSettings.of(0, maxBatch, delayMs * MS, shapes);
  }

  @Test
  void sendsWhatIsQueuedWhenTheEndpointBecomesFree() {
    var bench = new BatcherBench(settings(8, 0, RAGGED));
    bench.arrive(0, 1).arrive(1, 2, 3).complete(5);
    assertThat(bench.batches()).containsExactly(List.of(1L), List.of(2L, 3L));
  }

  @Test
  void keepsABatchWithinTheLargestSize() {
    var bench = new BatcherBench(settings(2, 0, RAGGED));
    bench.arrive(0, 1).arrive(1, 2, 3, 4).complete(5).complete(6);
    assertThat(bench.batches()).containsExactly(List.of(1L), List.of(2L, 3L), List.of(4L));
  }

  @Test
  void anotherLengthAtTheHeadOfTheLineClosesAnEqualShapeBatch() {
    var bench = new BatcherBench(settings(8, 0, EQUAL)).arrive(0, 1);
    bench.arrive(1, 2, Tier.INTERACTIVE, 5);
    bench.arrive(1, 3, Tier.INTERACTIVE, 7);
    bench.arrive(1, 4, Tier.INTERACTIVE, 5);
    bench.complete(5).complete(6).complete(7);
    assertThat(bench.batches()).containsExactly(List.of(1L), List.of(2L), List.of(3L), List.of(4L));
  }

  @Test
  void aRaggedBatchTakesItsLongestLength() {
    var bench = new BatcherBench(settings(8, 0, RAGGED)).arrive(0, 1);
    bench.arrive(1, 2, Tier.INTERACTIVE, 5);
    bench.arrive(1, 3, Tier.INTERACTIVE, 21);
    bench.complete(5);
    assertThat(bench.sent.getLast().requests()).containsExactly(2L, 3L);
    assertThat(bench.sent.getLast().paddedLength()).isEqualTo(21);
  }

  @Test
  void requestsPaddedByTheClientShareABatchOfTheLongestLengthTheModelTakes() {
    var bench = new BatcherBench(settings(8, 0, PADDED_TO_MAX)).arrive(0, 1);
    bench.arrive(1, 2, Tier.INTERACTIVE, 5);
    bench.arrive(1, 3, Tier.INTERACTIVE, 21);
    bench.complete(5);
    assertThat(bench.sent.getLast().requests()).containsExactly(2L, 3L);
    assertThat(bench.sent.getLast().paddedLength()).isEqualTo(128);
  }

  @Test
  void waitsForOthersUntilTheDelayOfTheOldestIsOver() {
    var bench = new BatcherBench(settings(8, 5, RAGGED));
    bench.arrive(10, 1).arrive(12, 2);
    assertThat(bench.sent).isEmpty();
    assertThat(bench.wakeMs()).isEqualTo(15);
    bench.timer(15);
    assertThat(bench.batches()).containsExactly(List.of(1L, 2L));
  }

  @Test
  void aFullBatchDoesNotWaitForTheDelay() {
    var bench = new BatcherBench(settings(2, 5, RAGGED));
    bench.arrive(10, 1).arrive(11, 2);
    assertThat(bench.batches()).containsExactly(List.of(1L, 2L));
  }

  @Test
  void aClosedBatchDoesNotWaitForTheDelay() {
    var bench = new BatcherBench(settings(8, 5, EQUAL));
    bench.arrive(10, 1, Tier.INTERACTIVE, 4).arrive(11, 2, Tier.INTERACTIVE, 6);
    assertThat(bench.batches()).containsExactly(List.of(1L));
  }

  @Test
  void sendsAPreferredSizeWhileTheDelayLasts() {
    var bench = new BatcherBench(settings(8, 50, RAGGED).withPreferred(List.of(2, 4)));
    bench.arrive(0, 1, 2);
    assertThat(bench.batches()).containsExactly(List.of(1L, 2L));
    bench.arrive(1, 3, 4, 5, 6, 7).complete(10);
    assertThat(bench.batches()).containsExactly(List.of(1L, 2L), List.of(3L, 4L, 5L, 6L));
  }

  @Test
  void sendsAllThatFitsOnceTheDelayIsOver() {
    var bench = new BatcherBench(settings(8, 5, RAGGED).withPreferred(List.of(2)));
    bench.arrive(0, 1, 2).arrive(1, 3, 4, 5).complete(7);
    assertThat(bench.batches()).containsExactly(List.of(1L, 2L), List.of(3L, 4L, 5L));
  }

  @Test
  void servesAHigherPriorityLevelFirst() {
    var bench = new BatcherBench(levels(2, 0, RAGGED)).arrive(0, 1);
    bench.arrive(1, 2, Tier.OFFLINE, 8).arrive(2, 3, Tier.OFFLINE, 8).arrive(3, 4, 5);
    bench.complete(5).complete(6);
    assertThat(bench.batches()).containsExactly(List.of(1L), List.of(4L, 5L), List.of(2L, 3L));
  }

  @Test
  void fillsABatchWithTheNextPriorityLevel() {
    var bench = new BatcherBench(levels(3, 0, RAGGED)).arrive(0, 1);
    bench.arrive(1, 2, Tier.OFFLINE, 8).arrive(2, 3, Tier.OFFLINE, 8).arrive(3, 4);
    bench.complete(5);
    assertThat(bench.sent.getLast().requests()).containsExactly(4L, 2L, 3L);
  }

  @Test
  void refusesARequestWhoseQueueTimeoutPassed() {
    QueuePolicy timeout = new QueuePolicy(50 * MS, 0);
    var bench =
        new BatcherBench(levels(8, 0, RAGGED).withLevel(Tier.INTERACTIVE, timeout)).arrive(0, 1);
    bench.arrive(10, 2).arrive(30, 3).arrive(30, 4, Tier.OFFLINE, 8).complete(61);
    assertThat(bench.ended.get(2L))
        .isEqualTo(new BatcherBench.End(Outcome.EVICTED, Reason.EXPIRED));
    assertThat(bench.sent.getLast().requests()).containsExactly(3L, 4L);
  }

  @Test
  void asksToBeWokenAtTheNextTimeout() {
    QueuePolicy timeout = new QueuePolicy(50 * MS, 0);
    var bench =
        new BatcherBench(levels(8, 0, RAGGED).withLevel(Tier.INTERACTIVE, timeout)).arrive(0, 1);
    bench.arrive(10, 2);
    assertThat(bench.wakeNanos).isEqualTo(60 * MS + 1);
    bench.timer(60).timer(60.1);
    assertThat(bench.reason(2)).isEqualTo(Reason.EXPIRED);
    assertThat(bench.wakeNanos).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusesWhatExceedsTheQueueSizeOfItsLevelOnly() {
    QueuePolicy two = new QueuePolicy(0, 2);
    var bench = new BatcherBench(levels(8, 0, RAGGED).withLevel(Tier.OFFLINE, two)).arrive(0, 1);
    for (long id = 2; id <= 4; id++) {
      bench.arrive(1, id, Tier.OFFLINE, 8);
    }
    bench.arrive(1, 5, 6, 7);
    assertThat(bench.ended).containsOnlyKeys(4L);
    assertThat(bench.reason(4)).isEqualTo(Reason.QUEUE_FULL);
    assertThat(bench.batcher().queued()).isEqualTo(5);
  }

  @Test
  void withAQueuePolicyAnEndThatIsNotHeardLeavesTheEndpointToTheNextRequestThatIsQueued() {
    var bench =
        BatcherBench.deaf(settings(2, 0, RAGGED).withOneQueue(new QueuePolicy(0, 2))).arrive(0, 1);
    bench.arrive(1, 2, 3).complete(10);
    assertThat(bench.batches()).containsExactly(List.of(1L));
    // Refused: nothing was queued, so the server does not look.
    bench.arrive(11, 4);
    assertThat(bench.reason(4)).isEqualTo(Reason.QUEUE_FULL);
    assertThat(bench.batches()).containsExactly(List.of(1L));
    bench.cancel(12, 2).arrive(13, 5);
    assertThat(bench.batches()).containsExactly(List.of(1L), List.of(3L, 5L));
  }

  @Test
  void afterAnEndThatIsNotHeardItLooksHalfASecondAfterTheLastBatch() {
    var bench = BatcherBench.deaf(levels(1, 0, RAGGED)).arrive(0, 1).arrive(1, 2, 3);
    assertThat(bench.wakeMs()).isEqualTo(500);
    bench.complete(10).timer(500);
    assertThat(bench.batches()).containsExactly(List.of(1L), List.of(2L));
    assertThat(bench.wakeMs()).isEqualTo(1000);
    bench.timer(1000);
    assertThat(bench.wakeMs()).isEqualTo(1500);
    bench.complete(1100).timer(1500);
    assertThat(bench.sent).hasSize(3);
    assertThat(bench.wakeNanos).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whereBatchesAreFormedAheadNoEndHasToBeHeard() {
    var bench = BatcherBench.deaf(settings(2, 0, RAGGED)).arrive(0, 1).arrive(1, 2, 3).complete(5);
    assertThat(bench.batches()).containsExactly(List.of(1L), List.of(2L, 3L));
  }

  @Test
  void anAnswerAfterTheDeadlineIsLate() {
    var bench = new BatcherBench(settings(8, 0, RAGGED)).arrive(0, 1).arrive(50, 2).complete(101);
    bench.complete(150);
    assertThat(bench.outcome(1)).isEqualTo(Outcome.LATE);
    assertThat(bench.outcome(2)).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void usesEveryFreeEndpointThatIsUp() {
    var bench = new BatcherBench(settings(1, 0, RAGGED), 3);
    bench.endpoint(0, 1, EndpointState.DRAINING).arrive(1, 1, 2, 3);
    assertThat(bench.sent).extracting(BatcherBench.Sent::endpoint).containsExactly(0, 2);
    bench.endpoint(2, 1, EndpointState.UP);
    assertThat(bench.sent).extracting(BatcherBench.Sent::endpoint).containsExactly(0, 2, 1);
  }

  @Test
  void endsEveryMemberOfAFailedBatchAndGoesOn() {
    var bench = new BatcherBench(settings(2, 0, RAGGED)).arrive(0, 1).arrive(1, 2, 3, 4);
    bench.complete(2).fail(3).complete(4);
    assertThat(bench.reason(2)).isEqualTo(Reason.EXECUTION_ERROR);
    assertThat(bench.outcome(3)).isEqualTo(Outcome.FAILED);
    assertThat(bench.outcome(4)).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void aCancelledRequestEndsOnceQueuedOrRunning() {
    var bench = new BatcherBench(settings(2, 0, RAGGED)).arrive(0, 1).arrive(1, 2);
    bench.cancel(2, 1).cancel(2, 2).cancel(3, 1).cancel(3, 2).complete(5);
    assertThat(bench.ended).containsOnlyKeys(1L, 2L);
    assertThat(bench.outcome(1)).isEqualTo(Outcome.CANCELLED);
    assertThat(bench.sent).hasSize(1);
  }

  @Test
  void evictsTheQueueAndRefusesArrivalsAfterShutdown() {
    var bench = new BatcherBench(settings(2, 0, RAGGED)).arrive(0, 1).arrive(1, 2).shutdown(2);
    bench.arrive(3, 3).complete(4);
    assertThat(bench.outcome(1)).isEqualTo(Outcome.COMPLETED);
    assertThat(bench.ended.get(2L))
        .isEqualTo(new BatcherBench.End(Outcome.EVICTED, Reason.SHUTDOWN));
    assertThat(bench.outcome(3)).isEqualTo(Outcome.REJECTED);
  }

  @Test
  void refusesAnInputLongerThanTheVariantTakes() {
    var bench = new BatcherBench(settings(2, 0, RAGGED)).arrive(0, 1, Tier.INTERACTIVE, 129);
    assertThat(bench.reason(1)).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void anIdInUseIsMisuse() {
    var bench = new BatcherBench(settings(2, 0, RAGGED)).arrive(0, 1);
    assertThatThrownBy(() -> bench.arrive(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("request id in use: 1");
  }

  @Test
  void settingsOutOfRangeNameTheRange() {
    assertThatThrownBy(() -> settings(4, 0, RAGGED).withPreferred(List.of(5)))
        .hasMessage("preferred_batch_size must be in [1, 4], is 5");
    assertThatThrownBy(() -> new BatcherBench(settings(65, 0, RAGGED)))
        .hasMessage("max_batch must be <= 64, is 65");
    assertThatThrownBy(() -> new QueuePolicy(-1, 0)).hasMessageContaining("must be >= 0");
    assertThatThrownBy(() -> settings(4, 0, RAGGED).withLevel(Tier.OFFLINE, QueuePolicy.UNLIMITED))
        .hasMessage("no priority levels");
  }
}
