package io.waip.replay.arrivals;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Offset;

class DiurnalPropertyTest {
  private static final int COUNT = 20_000;
  private static final int BINS = 16;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Quantile of a normal variable that 16 bins of 200 tries stay within, but for one in 10^5. */
  private static final double MAX_SIGMAS = 6;

  @Property(tries = 200)
  @Label("the rate follows the sine and the mean load is exact")
  void followsTheSineAtTheMeanAskedFor(
      @ForAll @IntRange(min = 1, max = 40) int periods,
      @ForAll @DoubleRange(min = 1, max = 1000) double peak,
      @ForAll @DoubleRange(min = 0.1, max = 10_000) double ratePerSecond,
      @ForAll @LongRange(min = 0) long seed) {
    // The span of COUNT arrivals holds a whole number of periods.
    double period = (COUNT - 1) / ratePerSecond * NANOS_PER_SECOND / periods;
    ArrivalSpec.Diurnal spec = new ArrivalSpec.Diurnal(Math.round(period), peak);

    long[] arrivals = Arrivals.generate(spec, COUNT, ratePerSecond, seed);

    assertThat(arrivals).isSorted();
    assertThat(COUNT * NANOS_PER_SECOND / Arrivals.windowNanos(arrivals) / ratePerSecond)
        .isCloseTo(1, Offset.offset(1e-6));
    assertThat(worstSigmas(arrivals, period, spec.swing())).isLessThan(MAX_SIGMAS);
  }

  @Property(tries = 20)
  @Label("a sine of another swing or phase is told apart")
  void tellsAnotherSineApart(@ForAll @LongRange(min = 0) long seed) {
    double period = (COUNT - 1) / 100.0 * NANOS_PER_SECOND / 4;
    ArrivalSpec.Diurnal spec = new ArrivalSpec.Diurnal(Math.round(period), 3);
    long[] arrivals = Arrivals.generate(spec, COUNT, 100, seed);

    assertThat(worstSigmas(arrivals, period, 0)).isGreaterThan(MAX_SIGMAS);
    assertThat(worstSigmas(arrivals, period, 0.9)).isGreaterThan(MAX_SIGMAS);
    assertThat(worstSigmas(arrivals, period, -0.5)).isGreaterThan(MAX_SIGMAS);
    assertThat(worstSigmas(arrivals, period * 1.2, 0.5)).isGreaterThan(MAX_SIGMAS);
  }

  /** Returns the largest deviation of the arrivals in a part of the period, standard deviations. */
  private static double worstSigmas(long[] arrivals, double period, double swing) {
    int[] counts = new int[BINS];
    for (long arrival : arrivals) {
      counts[(int) (arrival / period % 1 * BINS)]++;
    }
    double worst = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double share = (cumulated(bin + 1, swing) - cumulated(bin, swing)) / BINS;
      double expected = COUNT * share;
      double sigma = Math.sqrt(expected * (1 - share));
      worst = Math.max(worst, Math.abs(counts[bin] - expected) / sigma);
    }
    return worst;
  }

  /** Integral of 1 + swing sin from 0 to a bin's start, in bins. */
  private static double cumulated(int bin, double swing) {
    double radian = 2 * Math.PI * bin / BINS;
    return bin + swing * (1 - Math.cos(radian)) * BINS / (2 * Math.PI);
  }
}
