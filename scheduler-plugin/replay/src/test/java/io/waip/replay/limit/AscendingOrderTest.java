package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AscendingOrderTest {
  @Test
  void equalNumbersKeepTheirOrder() {
    assertThat(AscendingOrder.of(new long[] {7, 3, 7, 3})).containsExactly(1, 3, 0, 2);
    assertThat(AscendingOrder.of(new long[] {1, 1, 2})).containsExactly(0, 1, 2);
    assertThat(AscendingOrder.of(new long[0])).isEmpty();
  }

  @Test
  void realNumbersCompareAsDoubles() {
    double[] numbers = {
      0.0, -0.0, 1e-300, Double.POSITIVE_INFINITY, -2.5, Double.NEGATIVE_INFINITY, -2.0
    };
    assertThat(AscendingOrder.of(numbers)).containsExactly(5, 4, 6, 1, 0, 2, 3);
  }

  @Property(tries = 200, seed = "3")
  void equalsAStableSortOfObjects(@ForAll @IntRange(min = 1, max = 200) int n, @ForAll long seed) {
    double[] numbers = new Random(seed).ints(n, -20, 20).mapToDouble(k -> k / 8.0).toArray();
    int[] sorted =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> numbers[i]))
            .mapToInt(i -> i)
            .toArray();
    assertThat(AscendingOrder.of(numbers)).isEqualTo(sorted);
    long[] whole = Arrays.stream(numbers).mapToLong(x -> (long) (x * 8)).toArray();
    assertThat(AscendingOrder.of(whole)).isEqualTo(sorted);
  }
}
