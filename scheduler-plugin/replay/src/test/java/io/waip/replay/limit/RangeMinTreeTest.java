package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RangeMinTreeTest {
  @Test
  void addsToARangeOnly() {
    RangeMinTree tree = new RangeMinTree(new double[] {5, 3, 8, 6});
    tree.add(1, 2, 4);
    assertThat(tree.min(0, 3)).isEqualTo(5);
    assertThat(tree.min(1, 1)).isEqualTo(7);
    assertThat(tree.min(2, 3)).isEqualTo(6);
    tree.add(3, 2, -100);
    assertThat(tree.min(0, 3)).isEqualTo(5);
  }

  @Property(tries = 300, seed = "3")
  void equalsAnArray(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
    Random random = new Random(seed);
    double[] array = random.doubles(n, -9, 9).toArray();
    RangeMinTree tree = new RangeMinTree(array.clone());
    for (int step = 0; step < 50; step++) {
      int from = random.nextInt(n);
      int to = from + random.nextInt(n - from);
      double amount = random.nextDouble(-3, 3);
      tree.add(from, to, amount);
      for (int i = from; i <= to; i++) {
        array[i] += amount;
      }
      int low = random.nextInt(n);
      int high = low + random.nextInt(n - low);
      double least = Arrays.stream(array, low, high + 1).min().orElseThrow();
      assertThat(tree.min(low, high)).isCloseTo(least, Offset.offset(1e-9));
    }
  }
}
