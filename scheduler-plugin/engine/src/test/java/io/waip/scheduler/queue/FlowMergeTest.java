package io.waip.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FlowMergeTest {
  private static final int FLOWS = 9;

  private final Requests requests = new Requests(1_000);
  private final FlowQueue[] flows = new FlowQueue[FLOWS];
  private final FlowMerge merge;

  FlowMergeTest() {
    for (int i = 0; i < FLOWS; i++) {
      flows[i] = new FlowQueue(requests.table);
    }
    merge = new FlowMerge(requests.table, flows);
  }

  private List<Long> drain() {
    List<Long> keys = new ArrayList<>();
    while (!merge.isEmpty()) {
      keys.add(requests.table.orderKey(merge.next()));
    }
    return keys;
  }

  @Test
  void mergesInOrderOfKey() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 500; i++) {
      flows[random.nextInt(FLOWS)].insert(requests.add(random.nextInt(100)));
    }
    for (int i = 0; i < FLOWS; i++) {
      merge.add(i);
    }
    assertThat(drain()).hasSize(500).isSorted();
  }

  @Test
  void breaksTiesByArrival() {
    for (int i = 0; i < 20; i++) {
      flows[(i * 5) % FLOWS].insert(requests.add(3));
    }
    for (int i = 0; i < FLOWS; i++) {
      merge.add(i);
    }
    long before = -1;
    while (!merge.isEmpty()) {
      long sequence = requests.table.sequence(merge.next());
      assertThat(sequence).isGreaterThan(before);
      before = sequence;
    }
  }

  @Test
  void startsAnewAfterClear() {
    flows[0].insert(requests.add(1));
    flows[1].insert(requests.add(2));
    merge.add(0);
    merge.add(1);
    merge.next();
    merge.clear();
    assertThat(merge.isEmpty()).isTrue();
    merge.add(1);
    merge.add(0);
    assertThat(drain()).containsExactly(1L, 2L);
  }
}
