package io.waip.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CostPointTest {
  @Test
  void takesTheSmallestPoint() {
    assertThat(new CostPoint(0, 1, 1, Double.MIN_VALUE, 1).nanos()).isPositive();
  }

  @Test
  void refusesAPointOutOfRange() {
    assertThatThrownBy(() -> new CostPoint(-1, 1, 1, 1, 1)).hasMessageContaining("-1, 1, 1, 1");
    assertThatThrownBy(() -> new CostPoint(0, 0, 1, 1, 1)).hasMessageContaining("0, 0, 1, 1");
    assertThatThrownBy(() -> new CostPoint(0, 1, 0, 1, 1)).hasMessageContaining("length");
    assertThatThrownBy(() -> new CostPoint(0, 1, 1, 1, 0)).hasMessageContaining("samples");
    assertThatThrownBy(() -> new CostPoint(0, 1, 1, 0, 1)).hasMessageContaining("positive");
    assertThatThrownBy(() -> new CostPoint(0, 1, 1, Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new CostPoint(0, 1, 1, Double.POSITIVE_INFINITY, 1))
        .hasMessageContaining("finite");
  }
}
