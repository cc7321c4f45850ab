package io.waip.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private static List<String> labels(Scale scale) {
    return scale.ticks().stream().map(scale::label).toList();
  }

  @Test
  void equalDifferencesAreEqualDistances() {
    LinearScale scale = LinearScale.over(0.5, 1.5);
    assertThat(scale.share(0.75)).isEqualTo(0.25);
    assertThat(labels(scale)).containsExactly("0.6", "0.8", "1.0", "1.2", "1.4");
  }

  @Test
  void equalRatiosAreEqualDistances() {
    LogScale scale = LogScale.over(1, 100);
    assertThat(scale.share(10)).isEqualTo(0.5, within(1e-9));
    assertThat(labels(scale)).containsExactly("1", "2", "5", "10", "20", "50", "100");
  }

  @Test
  void aLogarithmicScaleBeginsAndEndsAtALabel() {
    assertThat(LogScale.over(4.8, 51)).isEqualTo(new LogScale(2, 100));
    assertThat(labels(LogScale.over(0.03, 0.4)))
        .containsExactly("0.02", "0.05", "0.1", "0.2", "0.5");
  }

  @Test
  void manyDecadesAreLabelledByPowersOfTen() {
    assertThat(labels(LogScale.over(1, 10_000))).containsExactly("1", "10", "100", "1000", "10000");
  }

  @Test
  void aSingleValueStillHasAScale() {
    assertThat(LinearScale.over(1.3, 1.3).share(1.3)).isEqualTo(0.5, within(1e-9));
    assertThat(LogScale.over(50, 50)).isEqualTo(new LogScale(50, 100));
    assertThat(LogScale.over(20, 20)).isEqualTo(new LogScale(20, 50));
  }

  @Test
  void valuesBeyondTheEndsAreCut() {
    assertThat(new LinearScale(0, 1).share(7)).isEqualTo(1);
    assertThat(new LogScale(1, 10).share(0.1)).isZero();
  }

  @Test
  void endsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new LinearScale(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LogScale(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
