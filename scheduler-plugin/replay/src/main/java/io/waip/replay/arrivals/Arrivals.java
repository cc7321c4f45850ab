package io.waip.replay.arrivals;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Generates arrival times and changes their rate. Deterministic for a seed: random bits are those
 * of the algorithm {@value #ALGORITHM} that the JDK specifies.
 *
 * <p>Gamma gaps are drawn by Marsaglia and Tsang, "A simple method for generating gamma variables",
 * ACM TOMS, 2000, for shapes of at least 1, and by algorithm GS of Ahrens and Dieter, "Computer
 * methods for sampling from gamma, beta, Poisson and binomial distributions", Computing, 1974, for
 * smaller ones; a gap with coefficient of variation cv has shape 1/cv².
 */
public final class Arrivals {
  /** The source of random bits. */
  public static final String ALGORITHM = "L64X128MixRandom";

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int MAX_STATE_CHANGES = 100_000_000;

  private Arrivals() {}

  /**
   * Generates arrivals whose realised mean rate over {@link #windowNanos} is the one asked for: the
   * sample is stretched to it, so that a bursty process offers the load it is said to.
   *
   * @param count number of arrivals, {@code >= 2}
   * @param ratePerSecond requests per second, {@code > 0}
   * @return nanoseconds from the first arrival, never decreasing
   * @throws IllegalArgumentException if a figure is out of range
   */
  public static long[] generate(ArrivalSpec spec, int count, double ratePerSecond, long seed) {
    if (count < 2) {
      throw new IllegalArgumentException("requests must be >= 2, is " + count);
    }
    requirePositive(ratePerSecond, "rate");
    RandomGenerator random = RandomGeneratorFactory.of(ALGORITHM).create(seed);
    double[] times = times(spec, count, ratePerSecond, random::nextLong);
    double factor = wantedSpan(count, ratePerSecond) / (times[count - 1] - times[0]);
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException(
          "%d requests of %s all fall on one moment; allowed: more requests or less variation"
              .formatted(count, spec));
    }
    return Arrays.stream(times).mapToLong(t -> Math.round((t - times[0]) * factor)).toArray();
  }

  private static double[] times(
      ArrivalSpec spec, int count, double ratePerSecond, UniformRandomProvider bits) {
    double meanGap = NANOS_PER_SECOND / ratePerSecond;
    return switch (spec) {
      case ArrivalSpec.Poisson p -> renewals(ZigguratSampler.Exponential.of(bits, meanGap), count);
      case ArrivalSpec.Gamma(double cv) ->
          renewals(
              AhrensDieterMarsagliaTsangGammaSampler.of(bits, 1 / (cv * cv), meanGap * cv * cv),
              count);
      case ArrivalSpec.Mmpp mmpp -> modulated(mmpp, count, ratePerSecond, bits);
      case ArrivalSpec.Diurnal diurnal -> sinusoidal(diurnal, count, ratePerSecond, bits);
    };
  }

  private static double[] renewals(ContinuousSampler gaps, int count) {
    double[] times = new double[count];
    for (int i = 1; i < count; i++) {
      times[i] = times[i - 1] + gaps.sample();
    }
    return times;
  }

  /**
   * Draws arrivals of a constant rate and changes their time so that their rate follows the sine.
   * They are stretched before that and not after, so that the period stays the one asked for.
   */
  private static double[] sinusoidal(
      ArrivalSpec.Diurnal diurnal, int count, double ratePerSecond, UniformRandomProvider bits) {
    SineClock clock = new SineClock(diurnal.periodNanos(), diurnal.swing());
    double[] times = renewals(ZigguratSampler.Exponential.of(bits), count);
    double factor = clock.expected(wantedSpan(count, ratePerSecond)) / times[count - 1];
    for (int i = 1; i < count; i++) {
      times[i] = Math.max(times[i - 1], clock.time(times[i] * factor));
    }
    return times;
  }

  private static double[] modulated(
      ArrivalSpec.Mmpp mmpp, int count, double ratePerSecond, UniformRandomProvider bits) {
    requireFewChanges(mmpp, count / ratePerSecond * NANOS_PER_SECOND);
    ContinuousSampler unit = ZigguratSampler.Exponential.of(bits);
    double perNano = ratePerSecond / NANOS_PER_SECOND / meanRelativeRate(mmpp);
    double[] times = new double[count];
    double now = 0;
    double work = unit.sample();
    int next = 0;
    for (int state = 0; next < count; state = (state + 1) % mmpp.rates().size()) {
      double end = now + unit.sample() * mmpp.dwellNanos().get(state);
      double rate = mmpp.rates().get(state) * perNano;
      while (next < count && rate > 0 && now + work / rate <= end) {
        now += work / rate;
        times[next++] = now;
        work = unit.sample();
      }
      work -= rate * (end - now);
      now = end;
    }
    return times;
  }

  private static void requireFewChanges(ArrivalSpec.Mmpp mmpp, double spanNanos) {
    double dwell = mmpp.dwellNanos().stream().mapToLong(d -> d).average().orElseThrow();
    if (spanNanos / dwell > MAX_STATE_CHANGES) {
      throw new IllegalArgumentException(
          "mmpp dwell times are so short that the state would change %.0f times; allowed: %d"
              .formatted(spanNanos / dwell, MAX_STATE_CHANGES));
    }
  }

  private static double meanRelativeRate(ArrivalSpec.Mmpp mmpp) {
    double weighted = 0;
    double total = 0;
    for (int s = 0; s < mmpp.rates().size(); s++) {
      weighted += mmpp.rates().get(s) * mmpp.dwellNanos().get(s);
      total += mmpp.dwellNanos().get(s);
    }
    return weighted / total;
  }

  /**
   * Returns the window that arrivals stand for: their span and one mean gap, so that {@code count}
   * arrivals at equal gaps g have the window {@code count * g}.
   *
   * @param arrivalNanos from the first arrival, at least two and not all equal
   * @return nanoseconds, {@code >=} the last arrival
   * @throws IllegalArgumentException if there are fewer than two or all are equal
   */
  public static long windowNanos(long[] arrivalNanos) {
    int n = arrivalNanos.length;
    if (n < 2 || arrivalNanos[n - 1] == arrivalNanos[0]) {
      throw new IllegalArgumentException("a rate needs two different arrival times");
    }
    return Math.round((arrivalNanos[n - 1] - arrivalNanos[0]) * (double) n / (n - 1));
  }

  /**
   * Returns the same arrivals stretched to a mean rate.
   *
   * @param arrivalNanos from the first arrival, at least two and not all equal
   * @param ratePerSecond requests per second, {@code > 0}
   */
  public static long[] rescale(long[] arrivalNanos, double ratePerSecond) {
    requirePositive(ratePerSecond, "rate");
    double rate = arrivalNanos.length * NANOS_PER_SECOND / windowNanos(arrivalNanos);
    return speedUp(arrivalNanos, ratePerSecond / rate);
  }

  /**
   * Returns the same arrivals with every gap divided.
   *
   * @param factor {@code > 0}; 2 doubles the rate
   * @throws IllegalArgumentException if the factor is not positive and finite
   */
  public static long[] speedUp(long[] arrivalNanos, double factor) {
    requirePositive(factor, "speedup");
    return Arrays.stream(arrivalNanos).map(t -> Math.round(t / factor)).toArray();
  }

  private static double wantedSpan(int count, double ratePerSecond) {
    return (count - 1) * NANOS_PER_SECOND / ratePerSecond;
  }

  private static void requirePositive(double value, String name) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be positive and finite, is " + value);
    }
  }
}
