package io.waip.cost.quantile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformalRankTest {
  private static double[] scores(int n) {
    return IntStream.rangeClosed(1, n).mapToDouble(i -> n + 1 - i).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    // ceil(20 * 0.95) = 19, ceil(21 * 0.95) = 20, ceil(40 * 0.95) = 38, ceil(100 * 0.99) = 99
    "19, 0.95, 19",
    "20, 0.95, 20",
    "39, 0.95, 38",
    "99, 0.99, 99",
    "199, 0.99, 198"
  })
  void takesTheScoreOfTheConformalRank(int n, double level, double expected) {
    assertThat(ConformalRank.bound(scores(n), level)).hasValue(expected);
  }

  @ParameterizedTest
  @CsvSource({"18, 0.95", "98, 0.99", "0, 0.95"})
  void givesNoBoundFromTooFewScores(int n, double level) {
    assertThat(ConformalRank.bound(scores(n), level)).isEmpty();
  }

  @Test
  void needsNineteenScoresForP95AndNinetyNineForP99() {
    assertThat(ConformalRank.needed(0.95)).isEqualTo(19);
    assertThat(ConformalRank.needed(0.99)).isEqualTo(99);
  }

  @Test
  void coversTheNextScoreAsOftenAsAsked() {
    Random random = new Random(3);
    int covered = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      double[] drawn = random.doubles(25).toArray();
      double bound = ConformalRank.bound(Arrays.copyOf(drawn, 24), 0.95).orElseThrow();
      covered += drawn[24] <= bound ? 1 : 0;
    }
    // The rank is 24 of 25: 0.96, with a standard deviation of 0.0014.
    assertThat(covered / 20_000.0).isBetween(0.955, 0.965);
  }
}
