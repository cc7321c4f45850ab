package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.drift.Change;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeanStreamTest {
  private static final long NEVER = Long.MAX_VALUE;

  private final SplittableRandom random = new SplittableRandom(1);
  private final MeanStream stream = new MeanStream(StreamSettings.DEFAULT, 0.01);
  private long now;

  /** Ten observations a second for so long, or until the first alarm; returns its seconds. */
  private long observe(long nanos, DoubleSupplier values) {
    long begin = now;
    for (; now < begin + nanos; now += Streams.SECOND / 10) {
      if (stream.observed(now, values.getAsDouble()).isAlarm()) {
        return (now - begin) / Streams.SECOND;
      }
    }
    return NEVER;
  }

  @ParameterizedTest
  @CsvSource({"1.5, 60", "1.2, 120", "0.7, 60"})
  void findsOtherLengths(double factor, long withinSeconds) {
    assertThat(observe(Streams.HOUR, () -> 3 + 0.6 * random.nextGaussian())).isEqualTo(NEVER);
    long found = observe(Streams.HOUR, () -> 3 + Math.log(factor) + 0.6 * random.nextGaussian());
    System.out.printf("lengths x %.1f: alarm after %d s%n", factor, found);
    assertThat(found).isLessThanOrEqualTo(withinSeconds);
  }

  @Test
  void findsAnotherHitRate() {
    assertThat(observe(Streams.HOUR, () -> random.nextDouble() < 0.3 ? 1 : 0)).isEqualTo(NEVER);
    long found = observe(Streams.HOUR, () -> random.nextDouble() < 0.15 ? 1 : 0);
    System.out.printf("hit rate 0.3 to 0.15: alarm after %d s%n", found);
    assertThat(found).isLessThanOrEqualTo(120);
  }

  @Test
  void aStreamWithoutNoiseIsTakenToHaveSome() {
    observe(Streams.HOUR, () -> 3);
    assertThat(observe(Streams.HOUR, () -> 3.0002)).isEqualTo(NEVER);
    assertThat(observe(Streams.HOUR, () -> 3.03)).isLessThan(100);
  }

  @Test
  void windowsWithoutObservationsAreNoChange() {
    observe(Streams.HOUR, () -> 3 + 0.6 * random.nextGaussian());
    now += 5 * Streams.HOUR;
    assertThat(stream.advance(now)).isEqualTo(Change.NONE);
    assertThat(observe(Streams.HOUR, () -> 3 + 0.6 * random.nextGaussian())).isEqualTo(NEVER);
    assertThat(stream.isWatching()).isTrue();
  }

  @Test
  void closesAWindowWhenToldTheTime() {
    for (int i = 0; i < 29; i++) {
      stream.observed(i * 10L * Streams.SECOND, i);
    }
    stream.advance(290 * Streams.SECOND);
    assertThat(stream.isWatching()).isFalse();
    stream.observed(291 * Streams.SECOND, 0);
    stream.advance(300 * Streams.SECOND - 1);
    assertThat(stream.isWatching()).isFalse();
    stream.advance(300 * Streams.SECOND);
    assertThat(stream.isWatching()).isTrue();
  }

  @Test
  void refusesAnObservationThatIsNone() {
    assertThatThrownBy(() -> stream.observed(now, Double.NaN))
        .hasMessage("value must be finite, is NaN");
    assertThat(observe(Streams.HOUR, () -> 3 + 0.6 * random.nextGaussian())).isEqualTo(NEVER);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesALeastDeviationOutOfRange(double least) {
    assertThatThrownBy(() -> new MeanStream(StreamSettings.DEFAULT, least))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("least deviation");
  }
}
