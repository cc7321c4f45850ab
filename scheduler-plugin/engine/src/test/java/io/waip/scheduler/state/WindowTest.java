package io.waip.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.RequestDescriptor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WindowTest {
  private final RequestTable table = new RequestTable(16);
  private final Window window = new Window(table, 8);
  private final int[] positions = new int[16];
  private long nextId;

  private int request(int length, long deadline, double floor) {
    RequestDescriptor request =
        new RequestDescriptor().reset(nextId++, 0, 0).length(length).deadlineNanos(deadline);
    return table.add(request.qualityFloor(floor), deadline, 1, 10);
  }

  private int[] longestFirst(int from, int to, long earliest, double quality) {
    int count = window.longestFirst(from, to, earliest, quality, positions);
    return Arrays.copyOf(positions, count);
  }

  @Test
  void keepsDeadlinesBeforeOfflineWork() {
    window.addWithDeadline(request(3, 50, 0), 4);
    window.addOffline(request(5, Long.MAX_VALUE, 0), 1);
    assertThat(window.size()).isEqualTo(2);
    assertThat(window.deadlineCount()).isEqualTo(1);
    assertThat(window.value(0)).isEqualTo(40);
    assertThat(window.value(1)).isEqualTo(10);
    window.clear();
    assertThat(window.size()).isZero();
    assertThat(window.deadlineCount()).isZero();
  }

  @Test
  void listsLongestFirstAndEqualLengthsInOrder() {
    window.addWithDeadline(request(3, 10, 0), 4);
    window.addWithDeadline(request(9, 20, 0), 4);
    window.addWithDeadline(request(3, 30, 0), 4);
    window.addWithDeadline(request(Integer.MAX_VALUE, 40, 0), 4);
    assertThat(longestFirst(0, 4, Long.MIN_VALUE, 1)).containsExactly(3, 1, 0, 2);
    assertThat(longestFirst(1, 3, Long.MIN_VALUE, 1)).containsExactly(1, 2);
  }

  @Test
  void leavesOutWhatIsTooUrgentOrTooDemanding() {
    window.addWithDeadline(request(3, 10, 0), 4);
    window.addWithDeadline(request(3, 20, 0.99), 4);
    window.addWithDeadline(request(3, 30, 0.95), 4);
    assertThat(longestFirst(0, 3, 20, 1)).containsExactly(1, 2);
    assertThat(longestFirst(0, 3, Long.MIN_VALUE, 0.95)).containsExactly(0, 2);
    assertThat(longestFirst(0, 3, 40, 1)).isEmpty();
  }

  @Test
  void turnsTheOrderOfARest() {
    window.addWithDeadline(request(3, 10, 0.1), 4);
    window.addWithDeadline(request(5, 20, 0.2), 4);
    window.addWithDeadline(request(7, 30, 0.3), 2);
    int slot = window.slot(2);
    window.reverse(1);
    assertThat(window.deadline(0)).isEqualTo(10);
    assertThat(window.deadline(1)).isEqualTo(30);
    assertThat(window.length(1)).isEqualTo(7);
    assertThat(window.slot(1)).isEqualTo(slot);
    assertThat(window.value(1)).isEqualTo(20);
    assertThat(window.work(2)).isEqualTo(10);
    assertThat(longestFirst(0, 3, Long.MIN_VALUE, 0.25)).containsExactly(2, 0);
  }

  @Test
  void aBatchCanBeMadeToEndSoonerThanARequestNeeds() {
    window.addWithDeadline(request(3, 50, 0), 4);
    window.endBy(0, 60);
    assertThat(window.deadline(0)).isEqualTo(50);
    window.endBy(0, 40);
    assertThat(window.deadline(0)).isEqualTo(40);
  }

  @Test
  void aPaddedRequestCountsAsLongAsItIsPadded() {
    window.addWithDeadline(request(3, 10, 0), 4);
    window.addWithDeadline(request(5, 20, 0), 4);
    window.pad(0, 8);
    window.pad(1, 8);
    assertThat(longestFirst(0, 2, Long.MIN_VALUE, 1)).containsExactly(0, 1);
    assertThat(table.length(window.slot(0))).isEqualTo(3);
  }

  @Test
  void marksWhatIsTakenUntilFilledAnew() {
    window.addWithDeadline(request(3, 10, 0), 4);
    window.take(0);
    assertThat(window.isTaken(0)).isTrue();
    window.clear();
    window.addWithDeadline(request(3, 10, 0), 4);
    assertThat(window.isTaken(0)).isFalse();
  }
}
