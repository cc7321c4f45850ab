package io.waip.api.measurement;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Latency of executions of one shape, as a file tells it.
 *
 * @param subject what was measured
 * @param batch requests in the execution, {@code >= 1}
 * @param length tokens or elements every request is padded to, {@code >= 1}
 * @param medianNanos median execution time, or the mean where {@code center} says so, nanoseconds,
 *     finite and {@code > 0}
 * @param p99Nanos 99th percentile, nanoseconds, {@code >= medianNanos}; empty where unknown
 * @param samples executions behind the figures, {@code >= 1}; 1 where the file does not say
 * @param source where it was found
 * @param center what {@code medianNanos} is
 */
public record Measurement(
    Subject subject,
    int batch,
    int length,
    double medianNanos,
    OptionalDouble p99Nanos,
    long samples,
    Source source,
    Center center) {
  /** Fewest executions that a 99th percentile is taken of. */
  public static final int MIN_P99_SAMPLES = 100;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range; the message names the source
   */
  public Measurement {
    if (batch < 1 || length < 1 || samples < 1) {
      throw new IllegalArgumentException(
          "%s: batch, length and samples must be >= 1, are %d, %d, %d"
              .formatted(source, batch, length, samples));
    }
    if (!(medianNanos > 0) || medianNanos == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "%s: latency must be finite and above 0, is %s ns".formatted(source, medianNanos));
    }
    if (p99Nanos.isPresent() && !(p99Nanos.getAsDouble() >= medianNanos)) {
      throw new IllegalArgumentException(
          "%s: the 99th percentile %s ns is below the median %s ns"
              .formatted(source, p99Nanos.getAsDouble(), medianNanos));
    }
  }

  /** Creates one whose typical time is a median. */
  public Measurement(
      Subject subject,
      int batch,
      int length,
      double medianNanos,
      OptionalDouble p99Nanos,
      long samples,
      Source source) {
    this(subject, batch, length, medianNanos, p99Nanos, samples, source, Center.MEDIAN);
  }

  /**
   * Returns median and 99th percentile of executions, each the time of one of them (nearest rank).
   *
   * @param nanos of each execution, nanoseconds, {@code > 0}; the percentile is left out of fewer
   *     than {@link #MIN_P99_SAMPLES}
   * @throws IllegalArgumentException if there is none, or a part is out of range
   */
  public static Measurement ofExecutions(
      Subject subject, int batch, int length, long[] nanos, Source source) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException(source + ": no execution");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    OptionalDouble p99 =
        sorted.length < MIN_P99_SAMPLES
            ? OptionalDouble.empty()
            : OptionalDouble.of(ranked(sorted, 99));
    return new Measurement(subject, batch, length, ranked(sorted, 50), p99, sorted.length, source);
  }

  private static long ranked(long[] sorted, int percent) {
    return sorted[Math.toIntExact(((long) sorted.length * percent + 99) / 100) - 1];
  }
}
