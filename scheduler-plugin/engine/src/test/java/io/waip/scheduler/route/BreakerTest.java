package io.waip.scheduler.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final long SECOND = 1_000_000_000L;

  private final Breaker breaker = new Breaker(2, 2);

  private void fail(long nowNanos, int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(nowNanos, 1, 1);
    }
  }

  /** Runs the one trial and lets it fail. */
  private void failTrial(long nowNanos) {
    assertThat(breaker.permits(nowNanos, 1, 1)).isTrue();
    breaker.dispatched(1, 1);
    breaker.failed(nowNanos, 1, 1);
  }

  @Test
  void opensAfterFailuresInARow() {
    fail(0, 2);
    assertThat(breaker.permits(0, 1, 1)).isTrue();
    breaker.succeeded(1, 1);
    fail(0, 2);
    assertThat(breaker.permits(0, 1, 1)).isTrue();
    fail(0, 1);
    assertThat(breaker.permits(0, 1, 1)).isFalse();
  }

  @Test
  void opensForThatPairAlone() {
    fail(0, 3);
    assertThat(breaker.permits(0, 1, 0)).isTrue();
    assertThat(breaker.permits(0, 0, 1)).isTrue();
  }

  @Test
  void letsOneTrialThroughAfterItsPause() {
    fail(0, 3);
    assertThat(breaker.nextTrialNanos(0)).isEqualTo(SECOND);
    assertThat(breaker.permits(SECOND - 1, 1, 1)).isFalse();
    assertThat(breaker.permits(SECOND, 1, 1)).isTrue();
    breaker.dispatched(1, 1);
    assertThat(breaker.permits(SECOND, 1, 1)).isFalse();
  }

  @Test
  void doublesThePauseWithEachFailedTrialUpToTheLongest() {
    fail(0, 3);
    long now = SECOND;
    for (long pause = 2; pause <= 32; pause *= 2) {
      failTrial(now);
      assertThat(breaker.nextTrialNanos(now)).isEqualTo(now + pause * SECOND);
      now += pause * SECOND;
    }
    failTrial(now);
    assertThat(breaker.nextTrialNanos(now)).isEqualTo(now + 60 * SECOND);
  }

  @Test
  void countsWhatWasSentBeforeItOpenedAsNoTrial() {
    fail(0, 3);
    fail(SECOND / 2, 4);
    assertThat(breaker.nextTrialNanos(SECOND / 2)).isEqualTo(SECOND);
  }

  @Test
  void closesOnOneSuccessAndForgetsThePause() {
    fail(0, 3);
    failTrial(SECOND);
    breaker.dispatched(1, 1);
    breaker.succeeded(1, 1);
    assertThat(breaker.permits(SECOND, 1, 1)).isTrue();
    assertThat(breaker.nextTrialNanos(SECOND)).isEqualTo(Long.MAX_VALUE);
    fail(0, 3);
    assertThat(breaker.nextTrialNanos(0)).isEqualTo(SECOND);
  }

  @Test
  void opensOnAClockBelowZero() {
    fail(-5 * SECOND, 3);
    assertThat(breaker.permits(-5 * SECOND, 1, 1)).isFalse();
    assertThat(breaker.permits(-4 * SECOND, 1, 1)).isTrue();
  }
}
