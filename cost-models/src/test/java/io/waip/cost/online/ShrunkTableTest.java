package io.waip.cost.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShrunkTableTest {
  private final ShrunkTable table = new ShrunkTable(3, 4, CorrectionSettings.DEFAULT);

  private void add(int times, int row, int column, double value) {
    for (int i = 0; i < times; i++) {
      table.add(row, column, value);
    }
  }

  @Test
  void estimatesNothingBeforeAValue() {
    assertThat(table.estimate(1, 1)).isZero();
  }

  @Test
  void oneValueIsShrunkAtEachStep() {
    table.add(0, 0, 0.5);
    // Level 0.5 · 1/5 = 0.1, deviation 0.4; row and column 0.4 · 1/5 = 0.08; cell (0.4 + 4 ·
    // 0.08)/5.
    assertThat(table.estimate(0, 0)).isCloseTo(0.1 + 0.144, within(1e-12));
    // A cell of that row: its column is unknown.
    assertThat(table.estimate(0, 1)).isCloseTo(0.1 + 0.08, within(1e-12));
    // A cell of neither.
    assertThat(table.estimate(2, 2)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void manyValuesAreHardlyShrunk() {
    add(400, 1, 2, 0.3);
    assertThat(table.estimate(1, 2)).isCloseTo(0.3, within(0.001));
  }

  @Test
  void cellsKeepWhatSetsThemApart() {
    for (int i = 0; i < 500; i++) {
      table.add(0, 0, 0.3);
      table.add(1, 1, -0.2);
    }
    assertThat(table.estimate(0, 0)).isCloseTo(0.3, within(0.01));
    assertThat(table.estimate(1, 1)).isCloseTo(-0.2, within(0.01));
  }

  @Test
  void aCellNobodyMeasuredIsEstimatedFromItsRowAndColumn() {
    // Values are the sum of a part of the row and one of the column; cell (2, 3) is left out.
    double[] rows = {-0.2, 0, 0.2};
    double[] columns = {-0.1, 0, 0.1, 0.2};
    for (int i = 0; i < 300; i++) {
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < (row == 2 ? 3 : 4); column++) {
          table.add(row, column, rows[row] + columns[column]);
        }
      }
    }
    assertThat(table.estimate(2, 3)).isBetween(0.1, 0.3);
    assertThat(table.estimate(0, 0)).isCloseTo(-0.3, within(0.02));
  }

  @Test
  void aChangeThatMeetsAllCellsIsFollowedWhereNothingWasMeasuredSince() {
    for (int i = 0; i < 300; i++) {
      table.add(0, 0, 0.1);
      table.add(2, 2, -0.1);
    }
    add(60, 0, 0, 0.1 + 0.3);
    assertThat(table.estimate(2, 2)).isCloseTo(-0.1 + 0.3, within(0.1));
  }

  @Test
  void followsAJumpWithinAFewValues() {
    add(300, 0, 0, 0);
    add(15, 0, 0, 0.336);
    assertThat(table.estimate(0, 0)).isBetween(0.25, 0.336);
  }

  @Test
  void oneWildValueIsNoNewLevel() {
    add(300, 0, 0, 0);
    table.add(0, 0, Math.log(1000));
    assertThat(table.estimate(0, 0)).isLessThan(0.15 * Math.log(2));
  }

  @Test
  void aWildLevelIsReachedAllTheSame() {
    add(300, 0, 0, Math.log(50));
    assertThat(table.estimate(0, 0)).isCloseTo(Math.log(50), within(0.01));
  }

  @Test
  void noiseIsAveragedOut() {
    SplittableRandom random = new SplittableRandom(1);
    double squares = 0;
    for (int i = 0; i < 20_000; i++) {
      table.add(random.nextInt(3), random.nextInt(4), 0.2 + 0.1 * random.nextGaussian());
      double off = table.estimate(1, 1) - 0.2;
      squares += i < 1000 ? 0 : off * off;
    }
    double error = Math.sqrt(squares / 19_000);
    System.out.printf("correction under noise 0.1: off by %.3f%n", error);
    assertThat(error).isLessThan(0.04);
  }

  @Test
  void isAsNewWhenCleared() {
    add(50, 0, 0, 0.4);
    table.clear();
    assertThat(table.estimate(0, 0)).isZero();
    table.add(0, 0, 0.5);
    assertThat(table.estimate(0, 0)).isCloseTo(0.244, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.1, level", "1.1, 0.1, level", "0.1, 0, cell", "0.1, NaN, cell"})
  void refusesWeightsOutOfRange(double level, double cell, String name) {
    assertThatThrownBy(() -> new CorrectionSettings(level, cell))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name);
  }
}
