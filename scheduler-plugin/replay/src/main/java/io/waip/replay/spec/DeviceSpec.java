package io.waip.replay.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Workers of a replay that are alike; they run every service.
 *
 * @param name of letters, digits and {@code _ . / -}; the workers are {@code name-1} and on
 * @param count of workers, {@code >= 1}
 * @param speed batches per time over those of the given cost, {@code [0.001, 1000]}
 * @param costs of each service here in place of the services' own, in their order; empty for those
 */
public record DeviceSpec(String name, int count, double speed, List<CostSpec> costs) {
  /** The form that {@link #parseAll} reads. */
  public static final String ALLOWED =
      "NAME[:count=1][:speed=1], separated by commas, each name and part once; speed 0.001 to 1000";

  private static final List<String> PARTS = List.of("count", "speed");
  private static final double SLOWEST = 0.001;
  private static final double FASTEST = 1000;

  /**
   * Copies the list and checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public DeviceSpec {
    costs = List.copyOf(costs);
    if (count < 1) {
      throw new IllegalArgumentException("count of '" + name + "' must be >= 1, is " + count);
    }
    if (!(speed >= SLOWEST && speed <= FASTEST)) {
      throw new IllegalArgumentException(
          "speed of '%s' must be in [0.001, 1000], is %s".formatted(name, speed));
    }
  }

  /**
   * Workers on which the services have their own costs.
   *
   * @throws IllegalArgumentException if a part is out of range
   */
  public DeviceSpec(String name, int count, double speed) {
    this(name, count, speed, List.of());
  }

  /**
   * Returns what batches of a service take here.
   *
   * @param service index of the service
   * @param own its cost where this has none of its own
   */
  public CostSpec cost(int service, CostSpec own) {
    return (costs.isEmpty() ? own : costs.get(service)).atSpeed(speed);
  }

  /** Returns workers of speed 1. */
  public static DeviceSpec workers(int count) {
    return new DeviceSpec("worker", count, 1);
  }

  /**
   * Reads text such as {@code a100:count=2:speed=2,t4:count=4}.
   *
   * @return at least one, names distinct
   * @throws IllegalArgumentException if a part is unknown, doubled or out of range; the message
   *     says what was found and what is allowed
   */
  public static List<DeviceSpec> parseAll(String text) {
    List<DeviceSpec> found = new ArrayList<>();
    try {
      for (NamedParts given : NamedParts.parseAll(text, PARTS)) {
        found.add(new DeviceSpec(given.name(), count(given), given.number("speed", 1)));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "devices '%s': %s; allowed: %s".formatted(text, e.getMessage(), ALLOWED), e);
    }
    return found;
  }

  private static int count(NamedParts given) {
    double count = given.number("count", 1);
    if (count != Math.rint(count)) {
      throw new IllegalArgumentException("count of '" + given.name() + "' is no whole number");
    }
    return (int) count;
  }

  /** Returns the names of the workers. */
  public List<String> workerNames() {
    return IntStream.rangeClosed(1, count).mapToObj(i -> name + "-" + i).toList();
  }
}
