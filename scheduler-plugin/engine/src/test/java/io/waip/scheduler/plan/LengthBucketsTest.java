package io.waip.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBucketsTest {
  private static int[] lengths(int... lengths) {
    return lengths;
  }

  /** The definition, straight: each length is padded to the first edge that is not below it. */
  private static long excess(int[] lengths, List<Integer> edges) {
    long excess = 0;
    for (int length : lengths) {
      excess += edges.stream().filter(edge -> edge >= length).findFirst().orElseThrow() - length;
    }
    return excess;
  }

  /** The least excess of all sets of multiples of the step whose largest covers the longest. */
  private static long leastOfAll(int[] lengths, int count, int step) {
    int multiples = Math.ceilDiv(Arrays.stream(lengths).max().orElseThrow(), step);
    long least = Long.MAX_VALUE;
    for (int set = 1 << (multiples - 1); set < 1 << multiples; set++) {
      if (Integer.bitCount(set) <= count) {
        int chosen = set;
        List<Integer> edges =
            IntStream.range(0, multiples)
                .filter(i -> (chosen >>> i & 1) != 0)
                .mapToObj(i -> (i + 1) * step)
                .toList();
        least = Math.min(least, excess(lengths, edges));
      }
    }
    return least;
  }

  @Test
  void oneEdgeIsTheLongestLengthRoundedUp() {
    LengthBuckets buckets = LengthBuckets.of(lengths(3, 17, 9), 1, 8);
    assertThat(buckets.edges()).containsExactly(24);
    assertThat(buckets.excessElements()).isEqualTo(21 + 7 + 15);
  }

  @Test
  void putsTheEdgesWhereTheLengthsAre() {
    // 16 and 64 add 1 to each 15; any other first edge pads the fifteens to 64.
    LengthBuckets buckets = LengthBuckets.of(lengths(15, 15, 15, 15, 15, 15, 64, 64, 64), 2, 8);
    assertThat(buckets.edges()).containsExactly(16, 64);
    assertThat(buckets.excessElements()).isEqualTo(6);
  }

  @Test
  void givesNoEdgeThatSavesNothing() {
    LengthBuckets buckets = LengthBuckets.of(lengths(7, 8, 8, 30, 32), 10, 8);
    assertThat(buckets.edges()).containsExactly(8, 32);
    assertThat(buckets.excessElements()).isEqualTo(1 + 2);
  }

  @Test
  void padsNothingWhereEveryLengthMayBeAnEdge() {
    LengthBuckets buckets = LengthBuckets.of(lengths(5, 3, 5, 11), 3, 1);
    assertThat(buckets.edges()).containsExactly(3, 5, 11);
    assertThat(buckets.excessElements()).isZero();
  }

  @Test
  void noSetOfEdgesLeavesLess() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 600; round++) {
      int step = 1 + random.nextInt(4);
      int longest = 1 + random.nextInt(12 * step);
      int[] lengths = random.ints(1 + random.nextInt(30), 1, longest + 1).toArray();
      int count = 1 + random.nextInt(6);
      String given = Arrays.toString(lengths) + " count " + count + " step " + step;
      LengthBuckets buckets = LengthBuckets.of(lengths, count, step);
      assertThat(buckets.excessElements())
          .as(given)
          .isEqualTo(leastOfAll(lengths, count, step))
          .isEqualTo(excess(lengths, buckets.edges()));
      assertThat(buckets.edges()).as(given).hasSizeLessThanOrEqualTo(count);
      assertThat(buckets.edges()).as(given).isSorted().doesNotHaveDuplicates();
      assertThat(buckets.edges()).as(given).allMatch(edge -> edge % step == 0);
    }
  }

  @Test
  void oneMoreEdgeNeverAddsExcess() {
    int[] lengths = new SplittableRandom(2).ints(20_000, 1, 4_097).toArray();
    long before = Long.MAX_VALUE;
    for (int count = 1; count <= 12; count++) {
      LengthBuckets buckets = LengthBuckets.of(lengths, count, LengthBuckets.DEFAULT_STEP);
      assertThat(buckets.excessElements()).isLessThan(before);
      assertThat(buckets.edges().getLast()).isEqualTo(4_096);
      before = buckets.excessElements();
    }
  }

  @Test
  void leavesTheLengthsAsTheyAre() {
    int[] lengths = lengths(9, 3, 5);
    LengthBuckets.of(lengths, 2, 8);
    assertThat(lengths).containsExactly(9, 3, 5);
  }

  @Test
  void refusesWhatHasNoAnswer() {
    assertThatThrownBy(() -> LengthBuckets.of(lengths(), 1, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lengths, count and step must be >= 1, are 0, 1 and 8");
    assertThatThrownBy(() -> LengthBuckets.of(lengths(3), 0, 8)).hasMessageContaining("1, 0 and 8");
    assertThatThrownBy(() -> LengthBuckets.of(lengths(3), 1, 0)).hasMessageContaining("1, 1 and 0");
    assertThatThrownBy(() -> LengthBuckets.of(lengths(3, 0), 1, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lengths must be >= 1")
        .hasMessageContaining("are 0 to 3");
    assertThatThrownBy(() -> LengthBuckets.of(lengths(Integer.MAX_VALUE), 1, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rounded up to 8");
    assertThat(LengthBuckets.of(lengths(Integer.MAX_VALUE), 1, 1).edges())
        .containsExactly(Integer.MAX_VALUE);
  }
}
