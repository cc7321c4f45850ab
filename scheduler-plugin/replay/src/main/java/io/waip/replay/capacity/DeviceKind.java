package io.waip.replay.capacity;

import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.DeviceSpec;
import java.util.List;
import java.util.Optional;

/**
 * Devices that can be had.
 *
 * @param name without white space
 * @param most that are looked at, {@code [1, 4096]}
 * @param speed batches per time over those of the given cost, {@code [0.001, 1000]}
 * @param costs of each service here in place of the services' own; empty for those
 * @param price of devices that stay
 * @param spot terms of devices that are taken away at times, where they can be had too
 */
public record DeviceKind(
    String name,
    int most,
    double speed,
    List<CostSpec> costs,
    PriceCurve price,
    Optional<SpotTerms> spot) {
  /** Most devices of a kind that are looked at. */
  public static final int MOST = 4096;

  /**
   * Copies the list and checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public DeviceKind {
    costs = List.copyOf(costs);
    if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("a device kind needs a name without white space");
    }
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException(
          "most of '%s' must be in [1, %d], is %d".formatted(name, MOST, most));
    }
    new DeviceSpec(name, most, speed, costs);
  }

  /** Devices of a speed at one price, without spot. */
  public static DeviceKind of(String name, int most, double speed, double moneyPerHour) {
    return new DeviceKind(
        name, most, speed, List.of(), PriceCurve.flat(moneyPerHour), Optional.empty());
  }

  /** Returns the same kind, to be had on these terms too. */
  public DeviceKind withSpot(SpotTerms terms) {
    return new DeviceKind(name, most, speed, costs, price, Optional.of(terms));
  }

  /** Returns the same kind with costs of its own, one for each service. */
  public DeviceKind withCosts(List<CostSpec> each) {
    return new DeviceKind(name, most, speed, each, price, spot);
  }
}
