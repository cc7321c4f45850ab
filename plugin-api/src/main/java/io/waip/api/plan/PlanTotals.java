package io.waip.api.plan;

import io.waip.api.resource.Figure;

/**
 * What the used devices of a plan take together; unknown where a part is.
 *
 * @param devices used, {@code >= 0}
 * @param moneyPerHour in the currency of the tariffs
 * @param watts drawn by the devices
 * @param gramsPerHour carbon dioxide equivalent
 */
public record PlanTotals(int devices, Figure moneyPerHour, Figure watts, Figure gramsPerHour) {
  /** Nothing is used. */
  public static final PlanTotals NOTHING = new PlanTotals(0, zero(), zero(), zero());

  private static Figure zero() {
    return Figure.of(0, 1, "nothing used");
  }

  /** Returns both together. */
  public PlanTotals plus(PlanTotals other) {
    if (devices == 0 || other.devices == 0) {
      return devices == 0 ? other : this;
    }
    return new PlanTotals(
        devices + other.devices,
        moneyPerHour.plus(other.moneyPerHour),
        watts.plus(other.watts),
        gramsPerHour.plus(other.gramsPerHour));
  }

  /** Returns what a group takes of its supply. */
  public static PlanTotals of(DeviceSupply supply, DeviceGroup group) {
    double busy = Math.min(1, group.busyShare());
    return new PlanTotals(
        group.devices(),
        supply.moneyPerHour(busy).times(group.devices()),
        supply.watts(busy).times(group.devices()),
        supply.gramsPerHour(busy).times(group.devices()));
  }
}
