package io.waip.replay.judge;

import io.waip.api.deployment.Deployment;
import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.PlacementOption;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * Devices that share one queue, and so one engine.
 *
 * @param groups with the gangs that are in this cell
 */
record Cell(List<DeviceGroup> groups) {
  Cell {
    groups = List.copyOf(groups);
  }

  /** Returns what runs here, best quality first for each service; the same order for any input. */
  List<PlacementOption> options() {
    return distinct(groups).stream().toList();
  }

  private static SequencedSet<PlacementOption> distinct(List<DeviceGroup> groups) {
    SequencedSet<PlacementOption> options = new TreeSet<>(PlacementOption.ORDER);
    for (DeviceGroup group : groups) {
      group.shares().forEach(share -> options.add(share.option()));
    }
    return options;
  }

  /** Says whether one engine can hold these groups. */
  static boolean fits(List<DeviceGroup> groups) {
    return distinct(groups).size() <= Deployment.MAX_VARIANTS;
  }

  /** Returns the planned rate of a service here, requests per second. */
  double plannedPerSecond(String service) {
    double served = 0;
    for (DeviceGroup group : groups) {
      for (DeviceGroup.Share share : group.shares()) {
        served += share.option().service().equals(service) ? group.servedPerSecond(share) : 0;
      }
    }
    return served;
  }

  /** Returns the planned rate of a variant of a service here, requests per second. */
  double plannedPerSecond(PlacementOption option) {
    double served = 0;
    for (DeviceGroup group : groups) {
      for (DeviceGroup.Share share : group.shares()) {
        served += share.option().equals(option) ? group.servedPerSecond(share) : 0;
      }
    }
    return served;
  }
}
