package io.waip.scheduler.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InFlightTableTest {
  private final InFlightTable table = new InFlightTable(3, 4);

  @Test
  void keepsWhatABatchIs() {
    int row = table.open(100, 1, 2);
    table.shape(row, 44, 500);
    table.add(row, 7);
    table.add(row, 9);
    assertThat(table.endpoint(row)).isEqualTo(1);
    assertThat(table.variant(row)).isEqualTo(2);
    assertThat(table.startNanos(row)).isEqualTo(100);
    assertThat(table.paddedLength(row)).isEqualTo(44);
    assertThat(table.predictedNanos(row)).isEqualTo(500);
    assertThat(table.size(row)).isEqualTo(2);
    assertThat(table.member(row, 1)).isEqualTo(9);
    assertThat(table.inFlight()).isEqualTo(1);
  }

  @Test
  void tellsABatchFromAnEarlierOneInTheSameRow() {
    int row = table.open(0, 0, 0);
    long earlier = table.dispatchId(row);
    table.close(row);
    assertThat(table.rowOf(earlier)).isEqualTo(InFlightTable.NONE);
    int again = table.open(1, 0, 0);
    assertThat(again).isEqualTo(row);
    assertThat(table.size(again)).isZero();
    assertThat(table.rowOf(earlier)).isEqualTo(InFlightTable.NONE);
    assertThat(table.rowOf(table.dispatchId(again))).isEqualTo(again);
  }

  @Test
  void givesEveryBatchItsOwnId() {
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      int first = table.open(0, 0, 0);
      int second = table.open(0, 0, 0);
      assertThat(ids.add(table.dispatchId(first))).isTrue();
      assertThat(ids.add(table.dispatchId(second))).isTrue();
      table.close(i % 2 == 0 ? first : second);
      table.close(i % 2 == 0 ? second : first);
    }
    assertThat(ids).doesNotContain(0L).allMatch(id -> id > 0);
  }

  @Test
  void knowsNothingOfIdsItNeverGave() {
    table.open(0, 0, 0);
    for (long id : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1, 2, 99}) {
      assertThat(table.rowOf(id)).isEqualTo(InFlightTable.NONE);
    }
  }
}
