package io.waip.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LengthSortTest {
  private static final int CAPACITY = 64;

  /** Lengths of one to four digits of eight bits, many of them equal. */
  @Provide
  Arbitrary<List<Integer>> lengths() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(1, 70_000),
            Arbitraries.integers().between(1, Integer.MAX_VALUE))
        .list()
        .ofMaxSize(CAPACITY);
  }

  private static int[] sorted(int[] lengths) {
    int[] positions = IntStream.range(0, CAPACITY).toArray();
    new LengthSort(CAPACITY).sort(positions, lengths.length, lengths);
    return positions;
  }

  @Property(tries = 500, seed = "5")
  void putsTheLongestFirstAndKeepsTheOrderOfEqualOnes(@ForAll("lengths") List<Integer> lengths) {
    List<Integer> expected =
        IntStream.range(0, lengths.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> lengths.get(i)).reversed())
            .toList();
    int[] positions = sorted(lengths.stream().mapToInt(Integer::intValue).toArray());
    assertThat(IntStream.of(positions).limit(lengths.size()).boxed().toList()).isEqualTo(expected);
  }

  @Example
  void leavesWhatIsBehindTheListAlone() {
    assertThat(sorted(new int[] {3, 300, 3})).startsWith(1, 0, 2, 3, 4, 5);
  }
}
