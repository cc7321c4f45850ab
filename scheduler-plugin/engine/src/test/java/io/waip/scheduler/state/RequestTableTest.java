package io.waip.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import org.junit.jupiter.api.Test;

class RequestTableTest {
  private final RequestTable table = new RequestTable(3);
  private final RequestDescriptor request = new RequestDescriptor();

  private int add(long id) {
    return table.add(request.reset(id, 0, 0), id, 1, 1);
  }

  @Test
  void keepsWhatTheDescriptorSaid() {
    request.reset(-7, 2, 3).tier(Tier.NEARLINE).length(9).arrivalNanos(-1).deadlineNanos(5);
    int slot = table.add(request.qualityFloor(0.5), 11, 0b101, 2.5);
    assertThat(table.requestId(slot)).isEqualTo(-7);
    assertThat(table.service(slot)).isEqualTo(2);
    assertThat(table.tenant(slot)).isEqualTo(3);
    assertThat(table.tier(slot)).isEqualTo(Tier.NEARLINE);
    assertThat(table.length(slot)).isEqualTo(9);
    assertThat(table.arrivalNanos(slot)).isEqualTo(-1);
    assertThat(table.deadlineNanos(slot)).isEqualTo(5);
    assertThat(table.qualityFloor(slot)).isEqualTo(0.5);
    assertThat(table.orderKey(slot)).isEqualTo(11);
    assertThat(table.endpoints(slot)).isEqualTo(0b101);
    assertThat(table.work(slot)).isEqualTo(2.5);
    assertThat(table.dispatchId(slot)).isZero();
    assertThat(table.hasEnded(slot)).isFalse();
  }

  @Test
  void findsARequestUntilItIsReleased() {
    int slot = add(42);
    assertThat(table.slotOf(42)).isEqualTo(slot);
    table.release(slot);
    assertThat(table.slotOf(42)).isEqualTo(RequestTable.NONE);
  }

  @Test
  void fillsUpAndReusesSlotsAsNew() {
    int first = add(1);
    table.dispatched(first, 8);
    table.endEarly(first);
    add(2);
    add(3);
    assertThat(table.isFull()).isTrue();
    table.release(first);
    assertThat(table.size()).isEqualTo(2);
    int again = add(4);
    assertThat(again).isEqualTo(first);
    assertThat(table.hasEnded(again)).isFalse();
    assertThat(table.dispatchId(again)).isZero();
  }

  @Test
  void numbersArrivals() {
    assertThat(table.sequence(add(1))).isLessThan(table.sequence(add(2)));
  }

  @Test
  void freesTheIdOfARequestThatEndedEarly() {
    int withdrawn = add(42);
    table.endEarly(withdrawn);
    int again = add(42);
    table.release(withdrawn);
    assertThat(table.slotOf(42)).isEqualTo(again);
  }
}
