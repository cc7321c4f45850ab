package io.waip.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OfflinePromiseTest {
  private static final long SECOND = 1_000_000_000L;

  private final OfflinePromise promise = new OfflinePromise();

  @Test
  void fallsDueWhenTheShareOfWaitingCoversABatch() {
    promise.waiting(true);
    promise.advance(0, 0.1);
    promise.advance(999, 0.1);
    assertThat(promise.isDue(100)).isFalse();
    promise.advance(1_000, 0.1);
    assertThat(promise.isDue(100)).isTrue();
  }

  @Test
  void earnsNothingWhileNothingWaits() {
    promise.advance(0, 0.5);
    promise.waiting(true);
    promise.advance(0, 0.5);
    promise.waiting(false);
    promise.advance(SECOND, 0.5);
    promise.waiting(true);
    assertThat(promise.isDue(1)).isFalse();
  }

  @Test
  void earnsNothingForTheTimeBeforeOfflineWorkCame() {
    promise.advance(0, 0.5);
    promise.advance(100 * SECOND, 0.5);
    promise.waiting(true);
    assertThat(promise.isDue(1)).isFalse();
  }

  @Test
  void fallsDueAlsoWhereABatchIsLongerThanTheCap() {
    promise.waiting(true);
    promise.advance(0, 1);
    promise.advance(100 * SECOND, 1);
    assertThat(promise.isDue(5 * SECOND)).isTrue();
  }

  @Test
  void paysForADueBatchInFull() {
    promise.waiting(true);
    promise.advance(0, 0.1);
    promise.advance(1_000, 0.1);
    promise.spend(300, true);
    promise.advance(3_900, 0.1);
    assertThat(promise.isDue(100)).isFalse();
    promise.advance(4_000, 0.1);
    assertThat(promise.isDue(100)).isTrue();
  }

  @Test
  void chargesAGapNoMoreThanTheCreditThereIs() {
    promise.waiting(true);
    promise.advance(0, 0.1);
    promise.advance(1_000, 0.1);
    promise.spend(300, false);
    promise.advance(2_000, 0.1);
    assertThat(promise.isDue(100)).isTrue();
  }

  @Test
  void countsFromAnyStartOfTheClock() {
    promise.waiting(true);
    promise.advance(-4_000 * SECOND, 0.1);
    promise.advance(-4_000 * SECOND + 10, 0.1);
    assertThat(promise.isDue(2)).isFalse();
  }
}
