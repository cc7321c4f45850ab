package io.waip.api.plan;

import io.waip.api.resource.Consumption;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Tariff;

/**
 * Like devices at one place that a plan may use. A device that a plan does not use is given back:
 * it costs and draws nothing.
 *
 * @param name of the kind at its place, not blank
 * @param count devices there are, {@code >= 0}
 * @param facts of each of them
 * @param tariff prices at the place
 * @param region where they stand; empty where that does not matter
 */
public record DeviceSupply(
    String name, int count, DeviceFacts facts, Tariff tariff, String region) {
  private static final Figure HOUR = Figure.of(3600, 1, "seconds of an hour");

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the name is blank or the count negative
   */
  public DeviceSupply {
    if (name.isBlank() || count < 0) {
      throw new IllegalArgumentException(
          "a supply of devices needs a name and a count >= 0, has '%s' and %d"
              .formatted(name, count));
    }
  }

  /** Returns the same with another count. */
  public DeviceSupply withCount(int devices) {
    return new DeviceSupply(name, devices, facts, tariff, region);
  }

  /**
   * Returns what one device costs in an hour.
   *
   * @param busyShare of the time in which it executes, {@code [0, 1]}
   */
  public Figure moneyPerHour(double busyShare) {
    return tariff.money(Consumption.of(facts, HOUR, busyShare));
  }

  /**
   * Returns what one device draws, without what the building adds.
   *
   * @param busyShare of the time in which it executes, {@code [0, 1]}
   */
  public Figure watts(double busyShare) {
    return facts.watts(busyShare);
  }

  /**
   * Returns the grams of carbon dioxide equivalent that one device causes in an hour.
   *
   * @param busyShare of the time in which it executes, {@code [0, 1]}
   */
  public Figure gramsPerHour(double busyShare) {
    return tariff.grams(Consumption.of(facts, HOUR, busyShare));
  }
}
