package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.drift.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageHinkleyTest {
  /** The test as it is defined, over all values since it began. */
  private static final class Slow {
    private final double delta;
    private final double lambda;
    private final List<Double> values = new ArrayList<>();

    Slow(double delta, double lambda) {
      this.delta = delta;
      this.lambda = lambda;
    }

    Change add(double value) {
      values.add(value);
      Change change =
          excess(1) > lambda ? Change.RISE : excess(-1) > lambda ? Change.FALL : Change.NONE;
      if (change.isAlarm()) {
        values.clear();
      }
      return change;
    }

    private double excess(int sign) {
      double total = 0;
      double sum = 0;
      double least = 0;
      for (int i = 0; i < values.size(); i++) {
        total += values.get(i);
        sum += sign * (values.get(i) - total / (i + 1)) - delta;
        least = Math.min(least, sum);
      }
      return sum - least;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void decidesAsTheSlowOneThatKeepsAllValues(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PageHinkley test = new PageHinkley(0.1, 4);
    Slow slow = new Slow(0.1, 4);
    double level = 0;
    List<Change> alarms = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      level = random.nextInt(150) == 0 ? 2 * random.nextGaussian() : level;
      double value = level + random.nextGaussian() / 2;
      Change change = test.add(value);
      assertThat(change).as("value %d", i).isEqualTo(slow.add(value));
      if (change.isAlarm()) {
        alarms.add(change);
      }
    }
    assertThat(alarms).contains(Change.RISE, Change.FALL);
  }

  @Test
  void alarmsWhenTheSumPassesTheThreshold() {
    // Known mean 0 of a million values: each value of 1 adds 0.75.
    PageHinkley test = new PageHinkley(0.25, 2.9);
    test.begin(0, 1_000_000);
    assertThat(test.add(1)).isEqualTo(Change.NONE);
    assertThat(test.add(1)).isEqualTo(Change.NONE);
    assertThat(test.add(1)).isEqualTo(Change.NONE);
    assertThat(test.add(1)).isEqualTo(Change.RISE);
  }

  @Test
  void whatIsToleratedNeverAlarms() {
    PageHinkley test = new PageHinkley(0.25, 1);
    test.begin(0, 1_000_000_000_000L);
    for (int i = 0; i < 10_000; i++) {
      assertThat(test.add(0.25)).isEqualTo(Change.NONE);
    }
  }

  @Test
  void beginsAnewAfterAnAlarm() {
    PageHinkley test = new PageHinkley(0.25, 2.9);
    test.begin(0, 1_000_000);
    for (int i = 0; i < 4; i++) {
      test.add(1);
    }
    assertThat(test.mean()).isZero();
    for (int i = 0; i < 100; i++) {
      assertThat(test.add(1)).isEqualTo(Change.NONE);
    }
    assertThat(test.mean()).isCloseTo(1, within(1e-12));
  }

  @Test
  void refusesAValueThatIsNone() {
    PageHinkley test = new PageHinkley(0.25, 2.9);
    assertThatThrownBy(() -> test.add(Double.NEGATIVE_INFINITY))
        .hasMessage("value must be finite, is -Infinity");
    assertThat(test.mean()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-1, 1, delta", "NaN, 1, delta", "0, 0, lambda", "0, -1, lambda", "0, NaN, lambda"})
  void refusesSettingsOutOfRange(double delta, double lambda, String name) {
    assertThatThrownBy(() -> new PageHinkley(delta, lambda))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name);
  }
}
