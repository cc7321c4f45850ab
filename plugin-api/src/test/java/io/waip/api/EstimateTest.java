package io.waip.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final Estimate FIVE = Estimate.of(5, 0.9);

  @Test
  void addsValuesAndKeepsTheLowerConfidence() {
    assertThat(FIVE.plus(Estimate.of(2, 0.4))).isEqualTo(Estimate.of(7, 0.4));
    assertThat(Estimate.of(2, 0.4).plus(FIVE)).isEqualTo(Estimate.of(7, 0.4));
  }

  @Test
  void scalesTheValueAndKeepsTheConfidence() {
    assertThat(FIVE.times(3)).isEqualTo(Estimate.of(15, 0.9));
  }

  @Test
  void multipliesAndDividesAndKeepsTheLowerConfidence() {
    assertThat(FIVE.times(Estimate.of(2, 0.4))).isEqualTo(Estimate.of(10, 0.4));
    assertThat(FIVE.dividedBy(Estimate.of(2, 0.4))).isEqualTo(Estimate.of(2.5, 0.4));
    assertThat(FIVE.dividedBy(Estimate.UNKNOWN)).isEqualTo(Estimate.UNKNOWN);
    assertThatThrownBy(() -> FIVE.dividedBy(Estimate.of(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void staysUnknownThroughArithmetic() {
    assertThat(FIVE.plus(Estimate.UNKNOWN)).isEqualTo(Estimate.UNKNOWN);
    assertThat(Estimate.UNKNOWN.plus(FIVE)).isEqualTo(Estimate.UNKNOWN);
    assertThat(Estimate.UNKNOWN.times(0)).isEqualTo(Estimate.UNKNOWN);
    assertThat(Estimate.UNKNOWN.isKnown()).isFalse();
    assertThat(Estimate.UNKNOWN.confidence()).isZero();
  }

  @Test
  void comparesKnownValues() {
    assertThat(FIVE.compareValue(Estimate.of(4, 0))).isPositive();
    assertThat(FIVE.compareValue(Estimate.of(5, 0))).isZero();
    assertThat(FIVE.compareValue(Estimate.of(6, 0))).isNegative();
  }

  @Test
  void refusesToCompareTheUnknown() {
    assertThatThrownBy(() -> FIVE.compareValue(Estimate.UNKNOWN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("unknown");
    assertThatThrownBy(() -> Estimate.UNKNOWN.compareValue(FIVE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rejectsInfinityAndConfidenceOutsideItsRange() {
    assertThatThrownBy(() -> Estimate.of(Double.POSITIVE_INFINITY, 1))
        .hasMessageContaining("finite")
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> Estimate.of(1, 1.01)).hasMessageContaining("1.01");
    assertThatThrownBy(() -> Estimate.of(1, -0.1)).hasMessageContaining("[0, 1]");
    assertThatThrownBy(() -> Estimate.of(1, Double.NaN)).hasMessageContaining("NaN");
  }

  @Property(tries = 200, seed = "1")
  void addsInAnyOrder(
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double first,
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double second,
      @ForAll @DoubleRange(min = 0, max = 1) double trust) {
    Estimate one = Estimate.of(first, trust);
    Estimate two = Estimate.of(second, 0.5);
    assertThat(one.plus(two)).isEqualTo(two.plus(one));
    assertThat(one.plus(two).confidence()).isLessThanOrEqualTo(0.5);
  }
}
