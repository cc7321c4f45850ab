package io.waip.cost.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeGridTest {
  private final ShapeGrid grid = new ShapeGrid(64, 500);

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "3, 2", "4, 2", "5, 3", "8, 3", "9, 4", "33, 6", "64, 6"})
  void cellsEndAtPowersOfTwo(int batch, int row) {
    assertThat(grid.row(batch)).isEqualTo(row);
  }

  @Test
  void whatIsBeyondTheLargestBelongsToTheLastCell() {
    assertThat(grid.row(1000)).isEqualTo(6);
    assertThat(grid.column(500)).isEqualTo(9);
    assertThat(grid.column(Integer.MAX_VALUE)).isEqualTo(9);
  }

  @Test
  void everyShapeHasOneOfTheCells() {
    // 7 rows, 1 to 64, and 10 columns, 1 to 500.
    assertThat(grid.cells()).isEqualTo(70);
    assertThat(grid.cell(1, 1)).isZero();
    assertThat(grid.cell(2, 1)).isEqualTo(10);
    assertThat(grid.cell(64, 500)).isEqualTo(69);
  }

  @Test
  void aGridOfOneShapeHasOneCell() {
    assertThat(new ShapeGrid(1, 1).cells()).isEqualTo(1);
    assertThat(new ShapeGrid(1, 1).cell(9, 9)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0"})
  void refusesAGridWithoutAShape(int batch, int length) {
    assertThatThrownBy(() -> new ShapeGrid(batch, length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(">= 1");
  }
}
