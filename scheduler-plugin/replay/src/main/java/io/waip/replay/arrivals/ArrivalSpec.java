package io.waip.replay.arrivals;

import io.waip.api.Durations;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An arrival process up to its rate, which is given when it is generated.
 *
 * <p>As text:
 *
 * <ul>
 *   <li>{@code poisson}: independent exponential gaps.
 *   <li>{@code gamma:cv=13}: independent gamma gaps with this coefficient of variation.
 *   <li>{@code mmpp:rates=1/8,dwell=2s/500ms}: Poisson arrivals whose rate depends on a hidden
 *       state; states follow one another in the order given, round and round, each for an
 *       exponential time with the given mean. Rates are relative to one another; dwell times are
 *       absolute. Two states give the usual switched process.
 *   <li>{@code diurnal:period=60s,peak=3}: Poisson arrivals whose rate follows a sine around its
 *       mean, which begins at the mean and rises; the highest rate is {@code peak} times the
 *       lowest.
 * </ul>
 */
public sealed interface ArrivalSpec {
  /** Forms that {@link #parse} reads. */
  String ALLOWED =
      "poisson, gamma:cv=13, mmpp:rates=1/8,dwell=2s/500ms or diurnal:period=60s,peak=3";

  /** Independent exponential gaps. */
  record Poisson() implements ArrivalSpec {}

  /**
   * Independent gamma gaps.
   *
   * @param cv coefficient of variation, {@code [0.01, 100]}; 1 is Poisson
   */
  record Gamma(double cv) implements ArrivalSpec {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is left
     */
    public Gamma {
      if (!(cv >= 0.01 && cv <= 100)) {
        throw new IllegalArgumentException("cv must be in [0.01, 100], is " + cv);
      }
    }
  }

  /**
   * A Markov-modulated Poisson process whose states follow in a cycle.
   *
   * @param rates relative rate of each state, {@code >= 0}, at least one positive
   * @param dwellNanos mean time in each state, nanoseconds, {@code > 0}
   */
  record Mmpp(List<Double> rates, List<Long> dwellNanos) implements ArrivalSpec {
    /**
     * Copies the lists and checks them.
     *
     * @throws IllegalArgumentException if they differ in length, have fewer than two entries, or an
     *     entry is out of range
     */
    public Mmpp {
      rates = List.copyOf(rates);
      dwellNanos = List.copyOf(dwellNanos);
      if (rates.size() < 2 || rates.size() != dwellNanos.size()) {
        throw new IllegalArgumentException(
            "mmpp needs as many dwell times as rates and at least two, got %d and %d"
                .formatted(dwellNanos.size(), rates.size()));
      }
      boolean finite = rates.stream().allMatch(rate -> rate >= 0 && rate <= Double.MAX_VALUE);
      if (!finite || rates.stream().noneMatch(rate -> rate > 0)) {
        throw new IllegalArgumentException("mmpp rates must be >= 0, one of them > 0");
      }
      if (dwellNanos.stream().anyMatch(dwell -> dwell <= 0)) {
        throw new IllegalArgumentException("mmpp dwell times must be > 0");
      }
    }
  }

  /**
   * A Poisson process whose rate is {@code r (1 + a sin(2 pi t / period))}, t from the first
   * arrival and r the mean over a period, with {@code a = (peak - 1) / (peak + 1)}.
   *
   * @param periodNanos nanoseconds, from 1 ms to 3650 days
   * @param peak highest rate over lowest, {@code [1, 1000]}; 1 is Poisson
   */
  record Diurnal(long periodNanos, double peak) implements ArrivalSpec {
    private static final long MIN_PERIOD_NANOS = 1_000_000;
    private static final long MAX_PERIOD_NANOS = 3650L * 86_400_000_000_000L;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public Diurnal {
      if (periodNanos < MIN_PERIOD_NANOS || periodNanos > MAX_PERIOD_NANOS) {
        throw new IllegalArgumentException(
            "period must be from 1ms to 3650d, is " + Durations.format(periodNanos));
      }
      if (!(peak >= 1 && peak <= 1000)) {
        throw new IllegalArgumentException("peak must be in [1, 1000], is " + peak);
      }
    }

    /** Returns how far the rate swings about its mean, as a share of it, {@code [0, 1)}. */
    public double swing() {
      return (peak - 1) / (peak + 1);
    }
  }

  /**
   * Reads a process.
   *
   * @throws IllegalArgumentException if the text has none of the forms above; the message says what
   *     was found and what is allowed
   */
  static ArrivalSpec parse(String text) {
    try {
      return parseForm(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "arrivals '%s': %s; allowed: %s".formatted(text, e.getMessage(), ALLOWED), e);
    }
  }

  private static ArrivalSpec parseForm(String text) {
    Matcher gamma = Pattern.compile("gamma:cv=([^,]+)").matcher(text);
    Matcher mmpp = Pattern.compile("mmpp:rates=([^,]+),dwell=([^,]+)").matcher(text);
    Matcher diurnal = Pattern.compile("diurnal:period=([^,]+),peak=([^,]+)").matcher(text);
    if (text.equals("poisson")) {
      return new Poisson();
    }
    if (gamma.matches()) {
      return new Gamma(number(gamma.group(1)));
    }
    if (mmpp.matches()) {
      return new Mmpp(
          Arrays.stream(mmpp.group(1).split("/", -1)).map(ArrivalSpec::number).toList(),
          Arrays.stream(mmpp.group(2).split("/", -1)).map(Durations::parseNanos).toList());
    }
    if (diurnal.matches()) {
      return new Diurnal(Durations.parseNanos(diurnal.group(1)), number(diurnal.group(2)));
    }
    throw new IllegalArgumentException("unknown form");
  }

  private static double number(String text) {
    if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      throw new IllegalArgumentException("'" + text + "' is not a number");
    }
    return Double.parseDouble(text);
  }
}
