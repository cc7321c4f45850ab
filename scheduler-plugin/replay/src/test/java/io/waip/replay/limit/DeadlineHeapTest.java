package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DeadlineHeapTest {
  @Property(tries = 100, seed = "3")
  void givesKeysInOrder(@ForAll @IntRange(min = 1, max = 300) int n, @ForAll long seed) {
    long[] keys = new Random(seed).longs(n, 0, 50).toArray();
    DeadlineHeap heap = new DeadlineHeap();
    for (long key : keys) {
      heap.add(key);
    }
    Arrays.sort(keys);
    for (long key : keys) {
      assertThat(heap.least()).isEqualTo(key);
      heap.removeLeast();
    }
    assertThat(heap.isEmpty()).isTrue();
  }

  @Test
  void isEmptyAfterClearing() {
    DeadlineHeap heap = new DeadlineHeap();
    heap.add(3);
    heap.clear();
    assertThat(heap.isEmpty()).isTrue();
    heap.add(9);
    assertThat(heap.least()).isEqualTo(9);
  }
}
