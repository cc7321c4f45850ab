package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FalseAlarmBudgetTest {
  @Test
  void theThresholdIsThatOfSiegmundsFormula() {
    // d = 0.5, lambda = 5: (exp(6.166) - 6.166 - 1) / 0.5 = 938.2 values on one side.
    double perHour = 2 * 3600 / 938.2;
    assertThat(new FalseAlarmBudget(perHour).lambda(0.5, 1, 3600)).isCloseTo(5, within(0.001));
  }

  @Test
  void withoutToleranceARunLengthIsTheSquareOfTheThreshold() {
    // (lambda + 1.166)² = 100.
    assertThat(new FalseAlarmBudget(2).lambda(0, 1, 100)).isCloseTo(8.834, within(0.001));
    assertThat(new FalseAlarmBudget(2).lambda(1e-7, 1, 100)).isCloseTo(8.834, within(0.001));
  }

  @Test
  void theThresholdGrowsWithTheSpreadAndWithTheRate() {
    FalseAlarmBudget budget = new FalseAlarmBudget(0.1);
    double small = budget.lambda(0.005, 0.1, 3600);
    assertThat(budget.lambda(0.005, 0.2, 3600)).isGreaterThan(2 * small);
    assertThat(budget.lambda(0.005, 0.1, 36_000)).isGreaterThan(small);
  }

  @Test
  void theThresholdIsNeverBelowOneStandardDeviation() {
    assertThat(new FalseAlarmBudget(3600).lambda(1, 0.25, 1)).isCloseTo(0.25, within(1e-9));
  }

  /** An hour has 3600 values; ten budgeted false alarms an hour over 500 hours. */
  @ParameterizedTest
  @CsvSource({"0.005, 0.1", "0.05, 0.1", "0.5, 1"})
  void normalNoiseKeepsToTheBudget(double delta, double sigma) {
    FalseAlarmBudget budget = new FalseAlarmBudget(10);
    PageHinkley test = new PageHinkley(delta, budget.lambda(delta, sigma, 3600));
    SplittableRandom random = new SplittableRandom(7);
    int alarms = 0;
    for (int i = 0; i < 500 * 3600; i++) {
      alarms += test.add(sigma * random.nextGaussian()).isAlarm() ? 1 : 0;
    }
    System.out.printf(
        "page-hinkley delta %.3f sigma %.1f: %.2f false alarms an hour of 10 allowed%n",
        delta, sigma, alarms / 500.0);
    assertThat(alarms / 500.0).isBetween(2.0, 11.0);
  }

  @Test
  void aThresholdForHalfTheSpreadBreaksTheBudget() {
    PageHinkley test = new PageHinkley(0.05, new FalseAlarmBudget(10).lambda(0.05, 0.05, 3600));
    SplittableRandom random = new SplittableRandom(7);
    int alarms = 0;
    for (int i = 0; i < 100 * 3600; i++) {
      alarms += test.add(0.1 * random.nextGaussian()).isAlarm() ? 1 : 0;
    }
    assertThat(alarms / 100.0).isGreaterThan(20);
  }

  @Test
  void partsShareTheBudget() {
    assertThat(new FalseAlarmBudget(0.3).dividedBy(3).perHour()).isCloseTo(0.1, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 3601, Double.NaN})
  void refusesABudgetOutOfRange(double perHour) {
    assertThatThrownBy(() -> new FalseAlarmBudget(perHour))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(0, 3600]");
  }
}
