package io.waip.cost.quantile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationGroupsTest {
  /** Points 0 to 59 at batch 1, length 8 to 15; 60 to 69 at batch 1, length 64; 70 at batch 2. */
  private static CalibrationGroups groups() {
    int[] batches = IntStream.range(0, 71).map(i -> i < 70 ? 1 : 2).toArray();
    int[] lengths = IntStream.range(0, 71).map(i -> i < 60 ? 8 + i % 8 : 64).toArray();
    return new CalibrationGroups(batches, lengths);
  }

  @Test
  void takesTheCellWhereItIsLargeEnough() {
    assertThat(groups().around(1, 12, 19)).hasSize(60).startsWith(0).endsWith(59);
  }

  @Test
  void takesTheRowWhereTheCellIsTooSmall() {
    assertThat(groups().around(1, 100, 19)).hasSize(70).endsWith(69);
  }

  @Test
  void takesAllWhereTheRowIsTooSmall() {
    assertThat(groups().around(2, 64, 19)).hasSize(71);
    assertThat(groups().around(1, 12, 99)).hasSize(71);
    assertThat(groups().around(1 << 20, 1 << 20, 19)).hasSize(71);
  }
}
