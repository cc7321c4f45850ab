package io.waip.api.measurement;

import java.util.OptionalDouble;

/**
 * Latency of executions of one shape, as a file tells it.
 *
 * @param subject what was measured
 * @param batch requests in the execution, {@code >= 1}
 * @param length tokens or elements every request is padded to, {@code >= 1}
 * @param medianNanos median execution time, nanoseconds, finite and {@code > 0}
 * @param p99Nanos 99th percentile, nanoseconds, {@code >= medianNanos}; empty where unknown
 * @param samples executions behind the figures, {@code >= 1}
 * @param source where it was found
 */
public record Measurement(
    Subject subject,
    int batch,
    int length,
    double medianNanos,
    OptionalDouble p99Nanos,
    long samples,
    Source source) {
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
}
