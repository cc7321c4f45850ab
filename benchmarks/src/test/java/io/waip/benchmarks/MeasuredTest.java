package io.waip.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasuredTest {
  @Test
  void takesTheMiddleOrTheMeanOfTheTwoMiddleOnes() {
    assertThat(Measured.median(new double[] {1, 5, 900})).isEqualTo(5);
    assertThat(Measured.median(new double[] {1, 5, 7, 900})).isEqualTo(6);
  }

  @Test
  void isNotRuledByOneDisturbedIteration() {
    double[] nanos = {98, 99, 100, 101, 102, 103, 7_000_000};
    assertThat(Measured.median(nanos)).isEqualTo(101);
    assertThat(Measured.error(nanos)).isLessThan(10);
  }

  @Test
  void hasNoErrorWhereAllIterationsAgree() {
    assertThat(Measured.error(new double[] {4, 4, 4})).isZero();
  }

  @Test
  void widensWithTheSpread() {
    double[] narrow = IntStream.range(0, 20).mapToDouble(i -> 100 + i).toArray();
    double[] wide = IntStream.range(0, 20).mapToDouble(i -> 100 + 10 * i).toArray();
    assertThat(Measured.error(wide)).isGreaterThan(5 * Measured.error(narrow));
  }

  @Test
  void namesABenchmarkInSnakeCase() {
    assertThat(Measured.snakeCase("admissionToCompletion")).isEqualTo("admission_to_completion");
  }
}
