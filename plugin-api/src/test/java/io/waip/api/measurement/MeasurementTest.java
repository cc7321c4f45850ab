package io.waip.api.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final Subject SUBJECT = new Subject("model", Phase.WHOLE, "", 1, 0);
  private static final Source SOURCE = new Source("file", 0);

  private static Measurement of(long... nanos) {
    return Measurement.ofExecutions(SUBJECT, 8, 128, nanos, SOURCE);
  }

  /** The numbers from 1 to {@code count}, the greatest first. */
  private static long[] downFrom(int count) {
    long[] numbers = new long[count];
    Arrays.setAll(numbers, i -> count - i);
    return numbers;
  }

  @Test
  void theMedianIsTheTimeOfAnExecution() {
    assertThat(of(5).medianNanos()).isEqualTo(5);
    assertThat(of(9, 5).medianNanos()).isEqualTo(5);
    assertThat(of(9, 1, 5).medianNanos()).isEqualTo(5);
    assertThat(of(9, 1, 5).samples()).isEqualTo(3);
    assertThat(of(9, 1, 5).center()).isEqualTo(Center.MEDIAN);
  }

  @Test
  void aPercentileIsTakenOfAHundredExecutionsAndNoFewer() {
    assertThat(of(downFrom(99)).p99Nanos()).isEmpty();
    assertThat(of(downFrom(100)).p99Nanos()).hasValue(99);
    assertThat(of(downFrom(100)).medianNanos()).isEqualTo(50);
    assertThat(of(downFrom(1000)).p99Nanos()).hasValue(990);
  }

  @Test
  void theTimesAreLeftAsTheyWere() {
    long[] times = {3, 1, 2};
    of(times);
    assertThat(times).containsExactly(3, 1, 2);
  }

  @Test
  void withoutASayingTheTimeIsAMedian() {
    Measurement measurement = new Measurement(SUBJECT, 1, 1, 5, OptionalDouble.empty(), 1, SOURCE);
    assertThat(measurement.center()).isEqualTo(Center.MEDIAN);
  }

  @Test
  void refusesNoExecutionAndTimesThatAreNone() {
    assertThatThrownBy(MeasurementTest::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("file: no execution");
    assertThatThrownBy(() -> of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file: latency must be finite and above 0");
  }

  @Test
  void aMistakeIsOneLineWhateverIsInTheFile() {
    assertThat(
            new MeasurementFormatException(
                new Source("a\nb", 3),
                "found " + MeasurementFormatException.quote("\r\n"),
                "x",
                "y"))
        .hasMessage("a?b:3: found '??'; allowed: x; remedy: y");
    assertThat(MeasurementFormatException.quote("9".repeat(61)))
        .isEqualTo("'" + "9".repeat(60) + "…'");
  }
}
