package io.waip.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FlowQueueTest {
  private final Requests requests = new Requests(4_096);
  private final FlowQueue queue = new FlowQueue(requests.table);

  private int insert(long key) {
    int slot = requests.add(key);
    queue.insert(slot);
    return slot;
  }

  private List<Long> keys() {
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i < queue.size(); i++) {
      keys.add(requests.table.orderKey(queue.get(i)));
    }
    return keys;
  }

  @Test
  void sortsByKeyWhateverTheOrderOfArrival() {
    insert(5);
    insert(1);
    insert(9);
    insert(3);
    assertThat(keys()).containsExactly(1L, 3L, 5L, 9L);
  }

  @Test
  void keepsEqualKeysInOrderOfArrival() {
    int first = insert(7);
    int second = insert(7);
    insert(1);
    int third = insert(7);
    assertThat(queue.get(1)).isEqualTo(first);
    assertThat(queue.get(2)).isEqualTo(second);
    assertThat(queue.get(3)).isEqualTo(third);
  }

  @Test
  void removesFromEitherHalfAndFromTheEnds() {
    int[] slots = new int[7];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = insert(i);
    }
    assertThat(queue.remove(slots[1])).isTrue();
    assertThat(queue.remove(slots[5])).isTrue();
    assertThat(queue.remove(slots[0])).isTrue();
    assertThat(queue.remove(slots[6])).isTrue();
    assertThat(keys()).containsExactly(2L, 3L, 4L);
  }

  @Test
  void saysWhenARequestIsNotHere() {
    insert(5);
    int elsewhere = requests.add(5);
    assertThat(queue.remove(elsewhere)).isFalse();
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void keepsItsOrderWhenTheRingWrapsAndGrows() {
    for (long key = 0; key < 60; key++) {
      insert(key);
    }
    for (int i = 0; i < 50; i++) {
      queue.removeHead();
    }
    for (long key = 60; key < 400; key++) {
      insert(key);
    }
    assertThat(queue.size()).isEqualTo(350);
    assertThat(keys()).isSorted().startsWith(50L).endsWith(399L);
  }

  @Test
  void removesTheDispatchedAndKeepsTheOthersInOrder() {
    List<Integer> slots = new ArrayList<>();
    for (long key = 0; key < 10; key++) {
      slots.add(insert(key));
    }
    for (int i : new int[] {0, 3, 4, 8}) {
      requests.table.dispatched(slots.get(i), 77);
    }
    queue.removeDispatched(4);
    assertThat(keys()).containsExactly(1L, 2L, 5L, 6L, 7L, 9L);
  }

  @Test
  void agreesWithASortedListUnderRandomUse() {
    SplittableRandom random = new SplittableRandom(5);
    List<Integer> expected = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      if (random.nextInt(100) < 52 && expected.size() < 2_000) {
        int slot = insert(random.nextInt(50));
        expected.add(slot);
        expected.sort((a, b) -> {
          int byKey = Long.compare(requests.table.orderKey(a), requests.table.orderKey(b));
          return byKey != 0
              ? byKey
              : Long.compare(requests.table.sequence(a), requests.table.sequence(b));
        });
      } else if (!expected.isEmpty()) {
        int victim = expected.get(random.nextInt(expected.size()));
        expected.removeIf(slot -> slot == victim);
        assertThat(queue.remove(victim)).isTrue();
        requests.table.release(victim);
      }
      assertThat(queue.size()).isEqualTo(expected.size());
      if (!expected.isEmpty()) {
        int at = random.nextInt(expected.size());
        assertThat(queue.get(at)).isEqualTo(expected.get(at));
      }
    }
  }
}
