package io.waip.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Estimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final Figure SIX = Figure.of(6, 0.9, "sheet");
  private static final Figure TWO = Figure.of(2, 0.5, "meter");
  private static final Figure NONE = Figure.unknown("price of x");

  @Test
  void keepsTheLowestConfidenceAndAllSources() {
    assertThat(SIX.plus(TWO)).isEqualTo(figure(8));
    assertThat(SIX.times(TWO)).isEqualTo(figure(12));
    assertThat(SIX.dividedBy(TWO)).isEqualTo(figure(3));
    assertThat(SIX.plus(SIX)).isEqualTo(Figure.of(12, 0.9, "sheet"));
    assertThat(SIX.times(0.5)).isEqualTo(Figure.of(3, 0.9, "sheet"));
  }

  private static Figure figure(double value) {
    return new Figure(Estimate.of(value, 0.5), List.of("sheet", "meter"));
  }

  @Test
  void staysUnknownAndSaysWhatIsMissing() {
    assertThat(SIX.plus(NONE)).isEqualTo(NONE);
    assertThat(NONE.times(SIX)).isEqualTo(NONE);
    assertThat(NONE.times(0)).isEqualTo(NONE);
    assertThat(NONE.plus(Figure.unknown("rate of y")).basis())
        .containsExactly("price of x", "rate of y");
    assertThat(SIX.dividedBy(Figure.of(0, 1, "meter")).basis())
        .containsExactly("a value other than 0 of meter");
    assertThatThrownBy(NONE::value)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("unknown: price of x");
  }

  @Test
  void needsAValueAndASource() {
    assertThatThrownBy(() -> Figure.of(Double.NaN, 1, "meter"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Figure.of(1, 1, " ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Figure.of(1, 1.1, "meter"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
