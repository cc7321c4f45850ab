package io.waip.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FitTrialTest {
  @Test
  void takesTheSmallestTrial() {
    assertThat(new FitTrial(3, 1).trainPoints()).isEqualTo(3);
  }

  @Test
  void refusesTooFewPointsOrSplits() {
    assertThatThrownBy(() -> new FitTrial(2, 1)).hasMessageContaining(">= 3 and splits >= 1");
    assertThatThrownBy(() -> new FitTrial(3, 0)).hasMessageContaining("are 3 and 0");
  }
}
