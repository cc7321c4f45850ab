package io.waip.replay.spec;

import io.waip.api.Durations;
import java.util.ArrayList;
import java.util.List;

/**
 * A service of a replay.
 *
 * @param name of letters, digits and {@code _ . / -}
 * @param share of the requests that call it, relative to the other services' shares, {@code > 0}
 * @param sloNanos latency objective of requests that are not offline, nanoseconds, {@code > 0}
 * @param cost execution time of a batch on a device of speed 1
 */
public record ServiceSpec(String name, double share, long sloNanos, CostSpec cost) {
  /** The form that {@link #parseAll} reads. */
  public static final String ALLOWED =
      "NAME[:share=1][:slo=50ms][:alpha=4ms][:beta=0.8ms][:gamma=20us], separated by commas, each"
          + " name and part once";

  /** Most services. */
  public static final int MOST = 16;

  /** Longest latency objective, nanoseconds: one hour. */
  public static final long LONGEST_SLO_NANOS = 3_600_000_000_000L;

  private static final List<String> PARTS = List.of("share", "slo", "alpha", "beta", "gamma");

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public ServiceSpec {
    if (sloNanos < 1 || sloNanos > LONGEST_SLO_NANOS) {
      throw new IllegalArgumentException("slo must be in [1ns, 1h], is " + sloNanos + " ns");
    }
    if (!(share >= TenantSpec.LEAST && share <= TenantSpec.MOST)) {
      throw new IllegalArgumentException("share must be in [0.000001, 1000000], is " + share);
    }
  }

  /** Returns the only service of a replay. */
  public static ServiceSpec only(long sloNanos, CostSpec cost) {
    return new ServiceSpec("service", 1, sloNanos, cost);
  }

  /**
   * Reads text such as {@code embed:share=3,rerank:slo=100ms:alpha=8ms:beta=1ms}.
   *
   * @param otherwise gives the parts that a service leaves out
   * @return at least one, names distinct
   * @throws IllegalArgumentException if a part is unknown, doubled or out of range, or there are
   *     too many; the message says what was found and what is allowed
   */
  public static List<ServiceSpec> parseAll(String text, ServiceSpec otherwise) {
    List<ServiceSpec> found = new ArrayList<>();
    try {
      for (NamedParts given : NamedParts.parseAll(text, PARTS)) {
        found.add(of(given, otherwise));
      }
      if (found.size() > MOST) {
        throw new IllegalArgumentException("more than " + MOST + " services");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "services '%s': %s; allowed: %s".formatted(text, e.getMessage(), ALLOWED), e);
    }
    return found;
  }

  private static ServiceSpec of(NamedParts given, ServiceSpec otherwise) {
    CostSpec cost =
        new CostSpec(
            nanos(given, "alpha", otherwise.cost().alphaNanos()),
            nanos(given, "beta", otherwise.cost().betaNanos()),
            nanos(given, "gamma", otherwise.cost().gammaNanos()));
    long slo = Math.round(nanos(given, "slo", otherwise.sloNanos()));
    return new ServiceSpec(given.name(), given.number("share", otherwise.share()), slo, cost);
  }

  private static double nanos(NamedParts given, String part, double otherwise) {
    String value = given.parts().get(part);
    return value == null ? otherwise : Durations.parseNanos(value);
  }
}
