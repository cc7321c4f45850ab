package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RangeMaxTest {
  private static RangeMax of(int... counts) {
    RangeMax range = new RangeMax(counts.length);
    for (int i = 0; i < counts.length; i++) {
      range.set(i, counts[i]);
    }
    range.index();
    return range;
  }

  @Test
  void looksAtTheRangeOnly() {
    RangeMax range = of(5, 3, 8, 6);
    assertThat(range.max(0, 1)).isEqualTo(5);
    assertThat(range.max(1, 1)).isEqualTo(3);
    assertThat(range.max(0, 3)).isEqualTo(8);
  }

  @Property(tries = 300, seed = "3")
  void equalsAnArray(@ForAll @IntRange(min = 1, max = 400) int n, @ForAll long seed) {
    Random random = new Random(seed);
    int[] array = random.ints(n, 0, 1000).toArray();
    RangeMax range = of(array);
    for (int step = 0; step < 50; step++) {
      int from = random.nextInt(n);
      int to = from + random.nextInt(n - from);
      assertThat(range.max(from, to))
          .isEqualTo(Arrays.stream(array, from, to + 1).max().orElseThrow());
    }
  }

  @Test
  void anIndexKnowsTheCountsSetSinceTheLast() {
    RangeMax range = of(new int[100]);
    range.set(50, 7);
    range.index();
    assertThat(range.max(0, 99)).isEqualTo(7);
    range.set(50, 2);
    range.index();
    assertThat(range.max(0, 99)).isEqualTo(2);
  }
}
