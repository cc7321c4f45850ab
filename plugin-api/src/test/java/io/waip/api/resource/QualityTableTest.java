package io.waip.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.resource.QualityTable.Entry;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QualityTableTest {
  private static final QualityTable TABLE =
      new QualityTable(
          List.of(
              new Entry("fp32", "mmlu", 806, 1000, "run of Monday"),
              new Entry("int8", "mmlu", 10, 10, "run of Monday")));

  @Test
  void givesTheShareAndWhatItIsAtLeast() {
    assertThat(TABLE.quality("fp32", "mmlu").value()).isEqualTo(0.806);
    assertThat(TABLE.atLeast("fp32", "mmlu").value()).isCloseTo(0.7846, within(1e-3));
    assertThat(TABLE.atLeast("fp32", "mmlu").basis()).containsExactly("run of Monday");
  }

  @Test
  void tenRightAnswersOfTenAreNoProofOfPerfection() {
    assertThat(TABLE.quality("int8", "mmlu").value()).isEqualTo(1);
    // z^2 = 2.7055; n / (n + z^2) = 10 / 12.7055.
    assertThat(TABLE.atLeast("int8", "mmlu").value()).isCloseTo(0.7871, within(1e-3));
  }

  @Test
  void theBoundHoldsInNineteenOfTwentyMeasurements() {
    Random random = new Random(3);
    int below = 0;
    int trials = 4000;
    for (int t = 0; t < trials; t++) {
      long good = random.doubles(300).filter(u -> u < 0.985).count();
      QualityTable one = new QualityTable(List.of(new Entry("v", "m", good, 300, "trial")));
      below += one.atLeast("v", "m").value() <= 0.985 ? 1 : 0;
    }
    assertThat(below / (double) trials).isBetween(0.93, 0.99);
  }

  @Test
  void whatWasNotMeasuredIsUnknown() {
    assertThat(TABLE.quality("int4", "mmlu").basis()).containsExactly("quality of int4 by mmlu");
    assertThat(TABLE.atLeast("fp32", "other").isKnown()).isFalse();
  }

  @Test
  void refusesImpossibleCountsAndTwoOfOne() {
    assertThatThrownBy(() -> new Entry("v", "m", 11, 10, "s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("11 good of 10");
    assertThatThrownBy(() -> new Entry("v", "m", 0, 0, "s"))
        .isInstanceOf(IllegalArgumentException.class);
    Entry entry = new Entry("v", "m", 1, 2, "s");
    assertThatThrownBy(() -> new QualityTable(List.of(entry, entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two qualities of v by m");
  }
}
