package io.waip.cli.bench.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void theMedianOfAnOddSampleIsItsMiddle() {
    assertThat(Interval.ofMedian(new double[] {9, 1, 5}, 1).median()).isEqualTo(5);
  }

  @Test
  void theMedianOfAnEvenSampleIsBetweenItsMiddles() {
    assertThat(Interval.ofMedian(new double[] {4, 1, 2, 9}, 1).median()).isEqualTo(3);
  }

  @Test
  void aConstantSampleHasNoWidth() {
    double[] sample = DoubleStream.generate(() -> 2.5).limit(100).toArray();

    assertThat(Interval.ofMedian(sample, 1)).isEqualTo(new Interval(2.5, 2.5, 2.5));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] sample = new Random(1).doubles(500).toArray();

    assertThat(Interval.ofMedian(sample, 3)).isEqualTo(Interval.ofMedian(sample, 3));
  }

  @Test
  void theIntervalCoversTheTrueMedianAboutNineteenTimesInTwenty() {
    int covered = 0;
    for (int i = 0; i < 200; i++) {
      double[] sample = new Random(i).doubles(99).toArray();
      Interval interval = Interval.ofMedian(sample, i);
      covered += interval.low() <= 0.5 && interval.high() >= 0.5 ? 1 : 0;
    }

    // 200 draws at 0.95: standard deviation 3.1, so 180 to 200 unless the method is wrong.
    assertThat(covered).isBetween(180, 200);
  }

  @Test
  void theWidthIsThatOfTheNormalLaw() {
    // Median of n normal values: standard error sqrt(pi / 2 / n) = 0.0396 for n = 1,000.
    Random random = new Random(5);
    double[] sample = random.doubles(1000).map(ignored -> random.nextGaussian()).toArray();

    Interval interval = Interval.ofMedian(sample, 1);

    assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * 0.0396, within(0.05));
  }

  @Test
  void anEmptySampleHasNoMedian() {
    assertThatThrownBy(() -> Interval.ofMedian(new double[0], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
