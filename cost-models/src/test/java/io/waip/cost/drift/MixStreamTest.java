package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixStreamTest {
  private static final long NEVER = Long.MAX_VALUE;

  private final SplittableRandom random = new SplittableRandom(1);
  private final MixStream stream = new MixStream(StreamSettings.DEFAULT, 3);
  private long now;

  /** Ten a second; class 2 has a tenth, class 0 this share of the rest. */
  private long observe(long nanos, double first) {
    long begin = now;
    for (; now < begin + nanos; now += Streams.SECOND / 10) {
      int kind = random.nextInt(10) == 0 ? 2 : random.nextDouble() < first ? 0 : 1;
      if (stream.observed(now, kind).isAlarm()) {
        return (now - begin) / Streams.SECOND;
      }
    }
    return NEVER;
  }

  @Test
  void findsAnotherMixAndNamesAClassThatChanged() {
    assertThat(observe(3 * Streams.HOUR, 0.5)).isEqualTo(NEVER);
    assertThat(stream.changedClass()).isEqualTo(-1);
    long found = observe(Streams.HOUR, 0.65);
    System.out.printf("share 0.45 to 0.59: alarm after %d s%n", found);
    assertThat(found).isLessThanOrEqualTo(180);
    assertThat(stream.changedClass()).isBetween(0, 1);
  }

  @Test
  void watchesOnceAllSharesAreLearned() {
    observe(299 * Streams.SECOND, 0.5);
    assertThat(stream.isWatching()).isFalse();
    assertThat(stream.advance(300 * Streams.SECOND)).isEqualTo(Change.NONE);
    assertThat(stream.isWatching()).isTrue();
  }

  @Test
  void refusesAMixOfOne() {
    assertThatThrownBy(() -> new MixStream(StreamSettings.DEFAULT, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2");
  }
}
