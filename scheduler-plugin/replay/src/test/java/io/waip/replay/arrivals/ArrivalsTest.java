package io.waip.replay.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "poisson",
        "gamma:cv=13",
        "gamma:cv=0.5",
        "mmpp:rates=1/8,dwell=2s/500ms",
        "diurnal:period=7s,peak=3",
        "diurnal:period=1h,peak=1000"
      })
  void offersTheRateAskedForInOrder(String text) {
    long[] arrivals = Arrivals.generate(ArrivalSpec.parse(text), 5000, 200, 1);
    assertThat(arrivals[0]).isZero();
    assertThat(arrivals).isSorted();
    assertThat(5000e9 / Arrivals.windowNanos(arrivals)).isCloseTo(200, Offset.offset(1e-6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "poisson",
        "gamma:cv=2",
        "mmpp:rates=1/8,dwell=2s/500ms",
        "diurnal:period=1s,peak=2"
      })
  void repeatsForASeedAndDiffersForAnother(String text) {
    ArrivalSpec spec = ArrivalSpec.parse(text);
    long[] first = Arrivals.generate(spec, 100, 50, 7);
    assertThat(Arrivals.generate(spec, 100, 50, 7)).isEqualTo(first);
    assertThat(Arrivals.generate(spec, 100, 50, 8)).isNotEqualTo(first);
  }

  @Test
  void keepsTheSequenceOfASeedFromReleaseToRelease() {
    assertThat(Arrivals.generate(new ArrivalSpec.Poisson(), 4, 1000, 1))
        .containsExactly(0, 2_393_081L, 2_854_633L, 3_000_000L);
  }

  @Test
  void gapsHaveTheVariationAskedFor() {
    assertThat(variation("poisson")).isCloseTo(1, Offset.offset(0.02));
    assertThat(variation("gamma:cv=0.5")).isCloseTo(0.5, Offset.offset(0.01));
    assertThat(variation("gamma:cv=3")).isCloseTo(3, Offset.offset(0.15));
    assertThat(variation("mmpp:rates=1/1,dwell=1s/1s")).isCloseTo(1, Offset.offset(0.02));
    assertThat(variation("mmpp:rates=0/1,dwell=1s/100ms")).isGreaterThan(3);
  }

  private static double variation(String spec) {
    long[] times = Arrivals.generate(ArrivalSpec.parse(spec), 100_000, 100, 3);
    double mean = (double) times[times.length - 1] / (times.length - 1);
    double squares = 0;
    for (int i = 1; i < times.length; i++) {
      double gap = times[i] - times[i - 1] - mean;
      squares += gap * gap;
    }
    return Math.sqrt(squares / (times.length - 1)) / mean;
  }

  @Test
  void modulatedArrivalsFollowTheirState() {
    // Half of the time at 9 times the rate: windows of 0.1 s hold about 18 or about 2 arrivals.
    ArrivalSpec spec = new ArrivalSpec.Mmpp(List.of(1.0, 9.0), List.of(10 * SECOND, 10 * SECOND));
    long[] counts = new long[4000];
    for (long time : Arrivals.generate(spec, 40_000, 100, 5)) {
      counts[(int) Math.min(3999, time / (SECOND / 10))]++;
    }
    assertThat(Arrays.stream(counts).filter(c -> c > 8 && c < 11).count()).isLessThan(200);
    assertThat(Arrays.stream(counts).filter(c -> c <= 5).count()).isBetween(1200L, 2800L);
  }

  @Test
  void changesTheRateOfATrace() {
    long[] arrivals = {0, SECOND, 3 * SECOND};
    assertThat(Arrivals.windowNanos(arrivals)).isEqualTo(4_500_000_000L);
    assertThat(Arrivals.speedUp(arrivals, 2)).containsExactly(0, SECOND / 2, 3 * SECOND / 2);
    assertThat(Arrivals.rescale(arrivals, 2)).containsExactly(0, SECOND / 3, SECOND);
  }

  @Test
  void refusesFiguresOutOfRange() {
    ArrivalSpec poisson = new ArrivalSpec.Poisson();
    assertThatThrownBy(() -> Arrivals.generate(poisson, 1, 1, 1)).hasMessageContaining(">= 2");
    assertThatThrownBy(() -> Arrivals.generate(poisson, 2, 0, 1)).hasMessageContaining("rate");
    assertThatThrownBy(() -> Arrivals.speedUp(new long[] {0}, Double.NaN))
        .hasMessage("speedup must be positive and finite, is NaN");
    assertThatThrownBy(() -> Arrivals.windowNanos(new long[] {0, 0}))
        .hasMessageContaining("two different");
    ArrivalSpec hasty = ArrivalSpec.parse("mmpp:rates=1/2,dwell=1ns/1ns");
    assertThatThrownBy(() -> Arrivals.generate(hasty, 1000, 1, 1))
        .hasMessageContaining("change 1000000000000 times");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Poisson",
        "gamma",
        "gamma:cv=",
        "gamma:cv=0",
        "gamma:cv=-1",
        "gamma:cv=NaN",
        "gamma:cv=1e3",
        "gamma:cv=1,2",
        "mmpp:rates=1/2",
        "mmpp:rates=1/2,dwell=1s",
        "mmpp:rates=1,dwell=1s",
        "mmpp:rates=0/0,dwell=1s/1s",
        "mmpp:rates=1/2,dwell=1s/2",
        "mmpp:rates=1/2,dwell=1s/0s",
        "mmpp:rates=1//2,dwell=1s/1s/1s",
        "diurnal",
        "diurnal:period=60s",
        "diurnal:period=60,peak=3",
        "diurnal:period=0s,peak=3",
        "diurnal:period=999us,peak=3",
        "diurnal:period=3651d,peak=3",
        "diurnal:period=60s,peak=0.5",
        "diurnal:period=60s,peak=1001",
        "diurnal:period=60s,peak=NaN",
        "diurnal:period=60s,peak=3,phase=1"
      })
  void refusesOtherFormsInOneLine(String text) {
    assertThatThrownBy(() -> ArrivalSpec.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("arrivals '" + text + "': ")
        .hasMessageContaining("; allowed: poisson, gamma:cv=13, mmpp:")
        .hasMessageNotContaining("\n");
  }

  @Test
  void readsItsForms() {
    assertThat(ArrivalSpec.parse("poisson")).isEqualTo(new ArrivalSpec.Poisson());
    assertThat(ArrivalSpec.parse(" gamma:cv=13 ")).isEqualTo(new ArrivalSpec.Gamma(13));
    assertThat(ArrivalSpec.parse("diurnal:period=24h,peak=2.5"))
        .isEqualTo(new ArrivalSpec.Diurnal(86_400 * SECOND, 2.5));
    assertThat(ArrivalSpec.parse("mmpp:rates=1/2.5/0,dwell=1s/20ms/3us"))
        .isEqualTo(
            new ArrivalSpec.Mmpp(List.of(1.0, 2.5, 0.0), List.of(SECOND, 20_000_000L, 3_000L)));
  }
}
