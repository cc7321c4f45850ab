package io.waip.replay.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HalvingRoundTest {
  private static final List<Integer> FIELD = List.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8);

  @Test
  void keepsTheBestQuarterBestFirst() {
    HalvingRound<Integer> round = HalvingRound.of(FIELD, i -> i, 2);

    assertThat(round.kept()).containsExactly(9, 8, 6);
    assertThat(round.candidates()).isEqualTo(12);
    assertThat(round.bestScore()).isEqualTo(9);
  }

  @Test
  void keepsAsManyAsAreWanted() {
    assertThat(HalvingRound.of(FIELD, i -> i, 5).kept()).containsExactly(9, 8, 6, 5, 5);
  }

  @Test
  void theLastRoundKeepsOne() {
    assertThat(HalvingRound.of(FIELD, i -> -i, 1).kept()).containsExactly(1);
  }

  @Test
  void ofEqualsTheEarlierStays() {
    assertThat(HalvingRound.of(List.of("b", "a", "c"), String::length, 1).kept())
        .containsExactly("b");
  }
}
