package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.drift.Change;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixStreamTest {
  private static final long NEVER = Long.MAX_VALUE;

  private final SplittableRandom random = new SplittableRandom(1);
  private final MixStream stream = new MixStream(StreamSettings.DEFAULT, 3);
  private long now;

  /** Ten a second; class 2 has this share, the others half of the rest each. */
  private long observe(long nanos, double share) {
    long begin = now;
    for (; now < begin + nanos; now += Streams.SECOND / 10) {
      int kind = random.nextDouble() < share ? 2 : random.nextInt(2);
      if (stream.observed(now, kind).isAlarm()) {
        return (now - begin) / Streams.SECOND;
      }
    }
    return NEVER;
  }

  @Test
  void findsAnotherMixAndNamesTheClassThatChanged() {
    assertThat(observe(3 * Streams.HOUR, 0.1)).isEqualTo(NEVER);
    assertThat(stream.changedClass()).isEqualTo(-1);
    long found = observe(Streams.HOUR, 0.25);
    System.out.printf("share 0.1 to 0.25: alarm after %d s%n", found);
    assertThat(found).isLessThanOrEqualTo(80);
    assertThat(stream.changedClass()).isEqualTo(2);
  }

  @Test
  void watchesOnceAllSharesAreLearned() {
    observe(299 * Streams.SECOND, 0.3);
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
