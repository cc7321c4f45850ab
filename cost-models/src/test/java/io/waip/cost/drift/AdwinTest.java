package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.drift.Change;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdwinTest {
  private static final int NEVER = Integer.MAX_VALUE;

  /** Returns how many values after {@code from} the first alarm comes. */
  private static int delay(Adwin adwin, int from, int until, IntToDoubleFunction values) {
    for (int i = 0; i < until; i++) {
      if (adwin.add(values.applyAsDouble(i)).isAlarm() && i >= from) {
        return i - from + 1;
      }
    }
    return NEVER;
  }

  private static IntToDoubleFunction coin(long seed, IntToDoubleFunction probability) {
    SplittableRandom random = new SplittableRandom(seed);
    return i -> random.nextDouble() < probability.applyAsDouble(i) ? 1 : 0;
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 5", "2, 2, 5", "3, 3, 1", "4, 12, 10", "5, 5, 5", "6, 5, 80"})
  void decidesAsTheSlowOneThatKeepsAllValues(long seed, int bucketsPerSize, int minPart) {
    AdwinSettings settings = new AdwinSettings(0.02, 1, bucketsPerSize, minPart);
    Adwin adwin = new Adwin(settings);
    SlowAdwin slow = new SlowAdwin(settings);
    SplittableRandom random = new SplittableRandom(seed);
    double level = 0.5;
    int alarms = 0;
    for (int i = 0; i < 1000; i++) {
      level = random.nextInt(120) == 0 ? random.nextDouble() : level;
      double value = (level + random.nextDouble()) / 2;
      Change change = adwin.add(value);
      assertThat(change).as("value %d", i).isEqualTo(slow.add(value));
      alarms += change.isAlarm() ? 1 : 0;
      double[] window = slow.window();
      assertThat(adwin.width()).isEqualTo(window.length);
      assertThat(adwin.mean()).isCloseTo(SlowAdwin.mean(window, 0, window.length), within(1e-9));
      assertThat(adwin.variance()).isCloseTo(SlowAdwin.variance(window), within(1e-9));
    }
    assertThat(alarms).isPositive();
  }

  @Test
  void aWindowWithoutAChangeHoldsAllValues() {
    Adwin adwin = new Adwin(AdwinSettings.DEFAULT);
    for (int i = 0; i < 1000; i++) {
      assertThat(adwin.add(i % 2)).isEqualTo(Change.NONE);
    }
    assertThat(adwin.width()).isEqualTo(1000);
    assertThat(adwin.mean()).isEqualTo(0.5);
    assertThat(adwin.variance()).isEqualTo(0.25);
  }

  @Test
  void aJumpIsFoundSoonAndTheOldLevelForgotten() {
    Adwin adwin = new Adwin(AdwinSettings.DEFAULT);
    int delay = delay(adwin, 1000, 2000, coin(1, i -> i < 1000 ? 0.2 : 0.6));
    assertThat(delay).isLessThan(60);
    coinTosses(adwin, 200, 0.6);
    assertThat(adwin.mean()).isCloseTo(0.6, within(0.1));
  }

  private static void coinTosses(Adwin adwin, int count, double probability) {
    IntToDoubleFunction toss = coin(2, i -> probability);
    for (int i = 0; i < count; i++) {
      adwin.add(toss.applyAsDouble(i));
    }
  }

  @Test
  void saysWhichWayTheMeanWent() {
    Adwin adwin = new Adwin(AdwinSettings.DEFAULT);
    coinTosses(adwin, 500, 0.2);
    Change change = Change.NONE;
    while (!change.isAlarm()) {
      change = adwin.add(1);
    }
    assertThat(change).isEqualTo(Change.RISE);
    coinTosses(adwin, 500, 0.9);
    change = Change.NONE;
    while (!change.isAlarm()) {
      change = adwin.add(0);
    }
    assertThat(change).isEqualTo(Change.FALL);
  }

  @Test
  void aGradualChangeIsFoundToo() {
    Adwin adwin = new Adwin(AdwinSettings.DEFAULT);
    // From 0.2 by 0.0001 a value: the mean is 0.4 after 2000.
    assertThat(delay(adwin, 1000, 4000, coin(3, i -> 0.2 + Math.max(0, i - 1000) * 1e-4)))
        .isLessThan(2000);
  }

  @Test
  void aSmallerChangeIsFoundLater() {
    int large = delay(new Adwin(AdwinSettings.DEFAULT), 5000, 20_000, coin(4, step(0.3)));
    int small = delay(new Adwin(AdwinSettings.DEFAULT), 5000, 20_000, coin(4, step(0.06)));
    assertThat(large).isLessThan(100);
    assertThat(small).isBetween(large + 1, 5000);
  }

  private static IntToDoubleFunction step(double size) {
    return i -> i < 5000 ? 0.3 : 0.3 + size;
  }

  /** The paper's bound is delta for each value. */
  @ParameterizedTest
  @ValueSource(doubles = {0.002, 0.05, 0.3})
  void alarmsFalselyLessOftenThanDelta(double delta) {
    int alarms = 0;
    for (long seed = 0; seed < 4; seed++) {
      Adwin adwin = new Adwin(AdwinSettings.DEFAULT.withDelta(delta));
      IntToDoubleFunction toss = coin(seed, i -> 0.3);
      for (int i = 0; i < 10_000; i++) {
        alarms += adwin.add(toss.applyAsDouble(i)).isAlarm() ? 1 : 0;
      }
    }
    System.out.printf("adwin delta %.3f: %.6f false alarms a value%n", delta, alarms / 4e4);
    assertThat(alarms / 4e4).isLessThanOrEqualTo(delta);
  }

  @Test
  void aRangeThatIsTooSmallAlarmsAtNoise() {
    IntToDoubleFunction rare = coin(5, i -> 0.001);
    Adwin bounded = new Adwin(new AdwinSettings(0.002, 1, 5, 1));
    Adwin unbounded = new Adwin(new AdwinSettings(0.002, 1e-6, 5, 1));
    int alarms = 0;
    for (int i = 0; i < 20_000; i++) {
      double value = rare.applyAsDouble(i);
      assertThat(bounded.add(value)).isEqualTo(Change.NONE);
      alarms += unbounded.add(value).isAlarm() ? 1 : 0;
    }
    assertThat(alarms).isPositive();
  }

  @Test
  void remembersManyValues() {
    Adwin adwin = new Adwin(AdwinSettings.DEFAULT);
    for (int i = 0; i < 300_000; i++) {
      adwin.add(i % 2);
    }
    assertThat(adwin.width()).isEqualTo(300_000);
    assertThat(adwin.mean()).isCloseTo(0.5, within(1e-12));
    assertThat(adwin.variance()).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void refusesAValueThatIsNone() {
    Adwin adwin = new Adwin(AdwinSettings.DEFAULT);
    assertThatThrownBy(() -> adwin.add(Double.NaN)).hasMessage("value must be finite, is NaN");
    assertThat(adwin.width()).isZero();
  }

  @Test
  void isAsNewWhenCleared() {
    Adwin adwin = new Adwin(AdwinSettings.DEFAULT);
    coinTosses(adwin, 700, 0.1);
    adwin.clear();
    assertThat(adwin.width()).isZero();
    assertThat(adwin.mean()).isZero();
    assertThat(adwin.variance()).isZero();
    Adwin other = new Adwin(AdwinSettings.DEFAULT);
    IntToDoubleFunction toss = coin(6, i -> i < 300 ? 0.2 : 0.8);
    for (int i = 0; i < 600; i++) {
      double value = toss.applyAsDouble(i);
      assertThat(adwin.add(value)).isEqualTo(other.add(value));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 5, 5, delta",
    "1, 1, 5, 5, delta",
    "NaN, 1, 5, 5, delta",
    "0.1, 0, 5, 5, range",
    "0.1, Infinity, 5, 5, range",
    "0.1, 1, 1, 5, buckets",
    "0.1, 1, 33, 5, buckets",
    "0.1, 1, 5, 0, min part",
    "0.1, 1, 5, 1001, min part"
  })
  void refusesSettingsOutOfRange(double delta, double range, int buckets, int part, String name) {
    assertThatThrownBy(() -> new AdwinSettings(delta, range, buckets, part))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
