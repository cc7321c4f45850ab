package io.waip.replay.spec;

import io.waip.api.Durations;
import io.waip.api.cost.LatencyModel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Execution time of a padded batch: {@code c(b, L) = alpha + beta b + gamma b L}, the same for
 * every variant.
 *
 * @param alphaNanos time of a batch as such, nanoseconds, {@code >= 0}
 * @param betaNanos time of each request, nanoseconds, {@code >= 0}
 * @param gammaNanos time of each padded element, nanoseconds, {@code >= 0}
 */
public record CostSpec(double alphaNanos, double betaNanos, double gammaNanos)
    implements LatencyModel {
  /** The form that {@link #parse} reads. */
  public static final String ALLOWED =
      "alpha=4ms,beta=0.8ms,gamma=20us, each once, beta or gamma left out where it is 0";

  private static final double MAX_NANOS = 1e15;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a part is negative or too large, or a batch takes no time
   */
  public CostSpec {
    require(alphaNanos, "alpha");
    require(betaNanos, "beta");
    require(gammaNanos, "gamma");
    if (alphaNanos + betaNanos + gammaNanos < 1) {
      throw new IllegalArgumentException("a batch must take at least 1ns");
    }
  }

  private static void require(double nanos, String name) {
    if (!(nanos >= 0 && nanos <= MAX_NANOS)) {
      throw new IllegalArgumentException(name + " must be in [0, 1000000s], is " + nanos + " ns");
    }
  }

  /**
   * Reads text such as {@code alpha=4ms,beta=0.8ms,gamma=20us}; beta or gamma may be absent and is
   * 0 then.
   *
   * @throws IllegalArgumentException if alpha is missing, or beta and gamma are, or a part is
   *     unknown, doubled or no duration; the message says what was found and what is allowed
   */
  public static CostSpec parse(String text) {
    try {
      Map<String, Double> parts = parts(text);
      requireComplete(parts);
      return new CostSpec(part(parts, "alpha"), part(parts, "beta"), part(parts, "gamma"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cost '%s': %s; allowed: %s".formatted(text, e.getMessage(), ALLOWED), e);
    }
  }

  private static Map<String, Double> parts(String text) {
    Map<String, Double> parts = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      String[] pair = part.strip().split("=", -1);
      if (pair.length != 2 || !pair[0].matches("alpha|beta|gamma")) {
        throw new IllegalArgumentException("unknown part '" + part.strip() + "'");
      }
      if (parts.put(pair[0], nanos(pair[1])) != null) {
        throw new IllegalArgumentException(pair[0] + " is given twice");
      }
    }
    return parts;
  }

  private static double nanos(String text) {
    long nanos = Durations.parseNanos(text);
    if (nanos == 0 && text.matches(".*[1-9].*")) {
      throw new IllegalArgumentException("'" + text + "' is below 1ns");
    }
    return nanos;
  }

  private static double part(Map<String, Double> parts, String name) {
    return parts.getOrDefault(name, 0.0);
  }

  private static void requireComplete(Map<String, Double> parts) {
    if (!parts.containsKey("alpha")) {
      throw new IllegalArgumentException("alpha is missing");
    }
    if (!parts.containsKey("beta") && !parts.containsKey("gamma")) {
      throw new IllegalArgumentException("beta and gamma are missing");
    }
  }

  /**
   * Returns the times on a device of another speed.
   *
   * @param speed batches per time over those here, {@code > 0}
   * @throws IllegalArgumentException if the times get out of range
   */
  public CostSpec atSpeed(double speed) {
    return speed == 1
        ? this
        : new CostSpec(alphaNanos / speed, betaNanos / speed, gammaNanos / speed);
  }

  /** Says whether the time depends on the length. */
  public boolean dependsOnLength() {
    return gammaNanos > 0;
  }

  @Override
  public long medianNanos(int variant, int batch, int length) {
    return Math.max(1, Math.round(alphaNanos + betaNanos * batch + gammaNanos * batch * length));
  }
}
