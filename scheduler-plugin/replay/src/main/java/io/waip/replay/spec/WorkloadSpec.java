package io.waip.replay.spec;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The requests to replay.
 *
 * @param source where arrivals come from
 * @param rate how fast; generated arrivals need a {@link RateSpec.Load}
 * @param lengths CSV of lengths that {@link io.waip.replay.trace.LengthsReader} reads, row i modulo
 *     its rows for request i; null for the trace's own
 * @param requests how many, {@code >= 2}: the first of a trace; null for all of a trace, {@value
 *     #DEFAULT_REQUESTS} of a process
 */
public record WorkloadSpec(
    SourceSpec source, RateSpec rate, @Nullable Path lengths, @Nullable Integer requests) {
  /** Requests generated where no number is given. */
  public static final int DEFAULT_REQUESTS = 10_000;

  private static final int MAX_REQUESTS = 5_000_000;

  /**
   * Checks what can be checked without reading a file.
   *
   * @throws IllegalArgumentException if generated arrivals have no load, or the number of requests
   *     is out of range
   */
  public WorkloadSpec {
    if (source instanceof SourceSpec.Generated && !(rate instanceof RateSpec.Load)) {
      throw new IllegalArgumentException(
          "generated arrivals have no rate of their own; allowed: a load, such as --load 1.3;"
              + " remedy: give --load, or a trace with --trace");
    }
    if (requests != null && (requests < 2 || requests > MAX_REQUESTS)) {
      throw new IllegalArgumentException(
          "requests must be in [2, %d], is %d".formatted(MAX_REQUESTS, requests));
    }
  }
}
