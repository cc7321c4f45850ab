package io.waip.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShapeTimesTest {
  private static ShapeTimes times(long... nanos) {
    ShapeTimes times = new ShapeTimes(2, 16);
    for (long each : nanos) {
      times.add(each);
    }
    return times;
  }

  private static ShapeTimes oneTo(int count) {
    ShapeTimes times = new ShapeTimes(1, 1);
    for (int i = 1; i <= count; i++) {
      times.add(i);
    }
    return times;
  }

  @Test
  void theMedianIsATimeInTheMiddle() {
    assertThat(times(30, 10, 20).medianNanos()).isEqualTo(20);
    assertThat(times(40, 10, 20, 30).medianNanos()).isEqualTo(20);
  }

  @Test
  void tellsA99thPercentileFromOneHundredTimesOn() {
    assertThat(oneTo(99).p99Nanos()).isEmpty();
    assertThat(oneTo(100).p99Nanos()).hasValue(99);
    assertThat(oneTo(1000).p99Nanos()).hasValue(990);
  }

  @Test
  void theIntervalOfEightTimesIsAllOfThem() {
    assertThat(oneTo(8).medianInterval()).containsExactly(1, 8);
    // Ranks 40 and 61 of 100, as tables of the sign test have them.
    assertThat(oneTo(100).medianInterval()).containsExactly(40, 61);
    assertThatThrownBy(() -> oneTo(7).medianInterval()).isInstanceOf(IllegalStateException.class);
    assertThat(oneTo(7).uncertainty()).isInfinite();
  }

  @Test
  void theIntervalHoldsTheMedianNineteenTimesInTwenty() {
    Random random = new Random(3);
    int held = 0;
    for (int trial = 0; trial < 2000; trial++) {
      ShapeTimes times = new ShapeTimes(1, 1);
      for (int i = 0; i < 30; i++) {
        // Lognormal with a median of 1 ms.
        times.add(Math.round(1e6 * Math.exp(random.nextGaussian())));
      }
      long[] interval = times.medianInterval();
      held += interval[0] <= 1e6 && 1e6 <= interval[1] ? 1 : 0;
    }
    assertThat(held / 2000.0).isBetween(0.94, 0.99);
  }
}
