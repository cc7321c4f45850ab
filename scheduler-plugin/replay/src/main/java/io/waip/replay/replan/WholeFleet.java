package io.waip.replay.replan;

import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets a plan use the devices that it would give back: on a fleet that is there anyway, what serves
 * most of the time is loaded there as well. Totals and score stay those of the devices that the
 * plan needs. Stateless.
 */
public final class WholeFleet {
  private WholeFleet() {}

  /** Returns the plan on all devices that a gang of one of its groups fits on. */
  public static PlacementPlan of(PlacementPlan plan, List<DeviceSupply> devices) {
    Map<String, Integer> left = new HashMap<>();
    devices.forEach(device -> left.put(device.name(), device.count()));
    plan.groups().forEach(group -> left.merge(group.device(), -group.devices(), Integer::sum));
    List<DeviceGroup> groups = new ArrayList<>(plan.groups());
    List<DeviceGroup> busiest =
        plan.groups().stream()
            .sorted(Comparator.comparingDouble(DeviceGroup::busyShare).reversed())
            .toList();
    for (DeviceGroup group : busiest) {
      int more = Math.max(0, left.getOrDefault(group.device(), 0)) / group.devicesPerGang();
      if (more > 0) {
        left.merge(group.device(), -more * group.devicesPerGang(), Integer::sum);
        groups.set(groups.indexOf(group), widened(group, more));
      }
    }
    return new PlacementPlan(groups, plan.services(), plan.totals(), plan.score());
  }

  private static DeviceGroup widened(DeviceGroup group, int more) {
    return new DeviceGroup(
        group.device(), group.gangs() + more, group.devicesPerGang(), group.shares());
  }
}
