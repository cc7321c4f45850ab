package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.drift.Change;
import org.junit.jupiter.api.Test;

class WindowedLevelTest {
  private static final int NEVER = Integer.MAX_VALUE;

  private final WindowedLevel level = new WindowedLevel(StreamSettings.DEFAULT, 0.01);

  /** Closes windows of one observation at this mean plus and minus 1; returns the first alarm's. */
  private int close(int count, double mean) {
    for (int i = 1; i <= count; i++) {
      if (level.close(mean + (i % 2 == 0 ? 1 : -1), 1).isAlarm()) {
        return i;
      }
    }
    return NEVER;
  }

  @Test
  void weighsWindowsByTheirObservations() {
    // 15 of 1 with 3 observations and 15 of 5 with one: the mean of all 60 is 2.
    for (int i = 0; i < 15; i++) {
      level.close(1, 3);
      level.close(5, 1);
    }
    assertThat(level.isWatching()).isTrue();
    assertThat(level.level()).isCloseTo(2, within(1e-12));
    // Squares 15 (3 · 1 + 1 · 9), over 29.
    assertThat(level.dispersion()).isCloseTo(180.0 / 29, within(1e-9));
  }

  @Test
  void fewObservationsMayDeviateMore() {
    WindowedLevel other = new WindowedLevel(StreamSettings.DEFAULT, 0.01);
    for (int i = 0; i < 30; i++) {
      level.close(i % 2 == 0 ? 1 : -1, 100);
      other.close(i % 2 == 0 ? 1 : -1, 100);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(level.close(3, 1)).isEqualTo(Change.NONE);
    }
    Change change = Change.NONE;
    for (int i = 0; i < 20 && !change.isAlarm(); i++) {
      change = other.close(3, 100);
    }
    assertThat(change).isEqualTo(Change.RISE);
  }

  @Test
  void findsSoonThatItJumpedByThreeDeviations() {
    close(400, 0);
    assertThat(close(400, 4)).isLessThanOrEqualTo(6);
  }

  @Test
  void findsLaterAChangeBelowTheToleranceForJumps() {
    close(1000, 0);
    assertThat(close(1000, 0.45)).isBetween(20, 400);
  }

  @Test
  void learnsAllAnewAfterAnAlarm() {
    close(30, 0);
    // Other than learned, but steady.
    assertThat(close(300, 0.9)).isEqualTo(NEVER);
    assertThat(close(30, 6)).isLessThanOrEqualTo(10);
    assertThat(level.isWatching()).isFalse();
    assertThat(level.dispersion()).isZero();
    close(30, 6);
    assertThat(level.level()).isCloseTo(6, within(1e-12));
    assertThat(level.dispersion()).isCloseTo(30.0 / 29, within(1e-9));
    assertThat(close(1000, 6)).isEqualTo(NEVER);
  }
}
