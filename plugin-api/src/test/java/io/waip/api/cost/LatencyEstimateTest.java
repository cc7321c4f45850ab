package io.waip.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.cost.LatencyEstimate.Basis;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LatencyEstimateTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void anUnknownTimeIsNoNumber() {
    assertThat(LatencyEstimate.UNKNOWN.medianNanos()).isNaN();
    assertThat(LatencyEstimate.UNKNOWN.basis()).isEqualTo(Basis.UNKNOWN);
  }

  @Test
  void refusesANumberForWhatIsUnknown() {
    assertThatThrownBy(() -> new LatencyEstimate(1, NONE, NONE, Basis.UNKNOWN))
        .hasMessageContaining("NaN");
    assertThatThrownBy(
            () -> new LatencyEstimate(Double.NaN, OptionalDouble.of(1), NONE, Basis.UNKNOWN))
        .hasMessageContaining("no bound");
  }

  @Test
  void refusesNoNumberForWhatIsKnown() {
    for (double median : new double[] {Double.NaN, 0, -1, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new LatencyEstimate(median, NONE, NONE, Basis.EXTRAPOLATED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("EXTRAPOLATED median must be positive");
    }
  }
}
