package io.waip.cost.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoreWindowTest {
  @Test
  void ranksTheLatestValuesAsSortingThemDoes() {
    SplittableRandom random = new SplittableRandom(1);
    ScoreWindow window = new ScoreWindow(20);
    Deque<Double> latest = new ArrayDeque<>();
    for (int i = 0; i < 500; i++) {
      // Few values, so that many are equal.
      double value = random.nextInt(-5, 6) / 2.0;
      window.add(value);
      latest.add(value);
      if (latest.size() > 20) {
        latest.remove();
      }
      double[] sorted = latest.stream().mapToDouble(x -> x).sorted().toArray();
      assertThat(window.size()).isEqualTo(sorted.length);
      for (int rank = 1; rank <= sorted.length; rank++) {
        assertThat(window.ranked(rank)).isEqualTo(sorted[rank - 1]);
      }
    }
  }

  @Test
  void forgetsAllWhenCleared() {
    ScoreWindow window = new ScoreWindow(3);
    for (int i = 0; i < 5; i++) {
      window.add(i);
    }
    window.clear();
    assertThat(window.size()).isZero();
    window.add(7);
    assertThat(window.size()).isEqualTo(1);
    assertThat(window.ranked(1)).isEqualTo(7);
  }
}
