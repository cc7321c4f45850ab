package io.waip.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BurstWatchTest {
  private static final long WAIT = 100;

  private final BurstWatch watch = new BurstWatch(2);
  private long now;

  private void arrive(int requests, long gapNanos) {
    for (int i = 0; i < requests; i++) {
      now += gapNanos;
      watch.arrived(0, now);
    }
  }

  private boolean isWorthAWait() {
    return watch.untilNanos(0) > now;
  }

  @Test
  void waitsWhereRequestsComeInBursts() {
    watch.longestWait(0, WAIT);
    arrive(40, 1);
    watch.dispatched(0, true);
    arrive(1, 10_000);
    assertThat(watch.untilNanos(0)).isEqualTo(now + WAIT);
  }

  @Test
  void theWaitBeginsWithTheFirstRequestOfAnEmptyQueue() {
    watch.longestWait(0, WAIT);
    arrive(40, 1);
    watch.dispatched(0, true);
    arrive(1, 10_000);
    long first = now;
    arrive(5, 10);
    assertThat(watch.untilNanos(0)).isEqualTo(first + WAIT);
    watch.dispatched(0, false);
    arrive(1, 200);
    assertThat(isWorthAWait()).isFalse();
  }

  @Test
  void doesNotHoldUpRequestsThatComeOneByOne() {
    watch.longestWait(0, WAIT);
    arrive(100, WAIT / 10 + 1);
    watch.dispatched(0, true);
    arrive(1, WAIT / 10 + 1);
    assertThat(isWorthAWait()).isFalse();
  }

  @Test
  void forgetsABurstAfterAsManySingleRequests() {
    watch.longestWait(0, WAIT);
    arrive(200, 1);
    arrive(30, 1000);
    watch.dispatched(0, true);
    arrive(1, 1000);
    assertThat(isWorthAWait()).isFalse();
  }

  @Test
  void aWaitOfZeroIsNone() {
    arrive(40, 0);
    watch.dispatched(0, true);
    arrive(1, 0);
    assertThat(isWorthAWait()).isFalse();
  }

  @Test
  void servicesAreWatchedApart() {
    watch.longestWait(1, WAIT);
    arrive(40, 1);
    assertThat(watch.untilNanos(1)).isLessThan(now);
  }
}
