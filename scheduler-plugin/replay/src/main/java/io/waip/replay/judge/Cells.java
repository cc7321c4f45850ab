package io.waip.replay.judge;

import io.waip.api.deployment.Deployment;
import io.waip.api.plan.DeviceGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides the devices of a plan into cells: devices that serve a service in common share a queue,
 * as far as one engine holds them. More become cells of like composition, between which a router
 * divides the requests. Stateless.
 */
final class Cells {
  private Cells() {}

  /** Returns the cells, in the order of the plan's groups. */
  static List<Cell> of(List<DeviceGroup> groups) {
    List<Cell> cells = new ArrayList<>();
    for (List<DeviceGroup> connected : connected(groups)) {
      for (List<DeviceGroup> held : held(connected)) {
        cells.addAll(split(held));
      }
    }
    return cells;
  }

  /** Groups that serve a service in common belong together, directly or by others. */
  private static List<List<DeviceGroup>> connected(List<DeviceGroup> groups) {
    Map<String, Integer> component = new HashMap<>();
    Map<Integer, List<DeviceGroup>> members = new LinkedHashMap<>();
    for (int g = 0; g < groups.size(); g++) {
      List<DeviceGroup> joined = new ArrayList<>();
      for (DeviceGroup.Share share : groups.get(g).shares()) {
        Integer other = component.get(share.option().service());
        List<DeviceGroup> part = other == null ? null : members.remove(other);
        joined.addAll(part == null ? List.of() : part);
      }
      joined.add(groups.get(g));
      members.put(g, joined);
      for (DeviceGroup each : joined) {
        for (DeviceGroup.Share share : each.shares()) {
          component.put(share.option().service(), g);
        }
      }
    }
    return List.copyOf(members.values());
  }

  /** Parts with as many options as one engine holds; groups stay whole. */
  private static List<List<DeviceGroup>> held(List<DeviceGroup> connected) {
    List<List<DeviceGroup>> parts = new ArrayList<>();
    List<DeviceGroup> part = new ArrayList<>();
    for (DeviceGroup group : connected) {
      part.add(group);
      if (!Cell.fits(part)) {
        part.removeLast();
        parts.add(part);
        part = new ArrayList<>(List.of(group));
      }
    }
    parts.add(part);
    return parts;
  }

  /** Cells with as many gangs as one engine holds, of every group its part. */
  private static List<Cell> split(List<DeviceGroup> groups) {
    int gangs = groups.stream().mapToInt(DeviceGroup::gangs).sum();
    int cells = Math.ceilDiv(gangs, Deployment.MAX_ENDPOINTS);
    List<List<DeviceGroup>> split = new ArrayList<>();
    for (int c = 0; c < cells; c++) {
      split.add(new ArrayList<>());
    }
    int dealt = 0;
    for (DeviceGroup group : groups) {
      int[] each = new int[cells];
      for (int i = 0; i < group.gangs(); i++) {
        each[dealt++ % cells]++;
      }
      for (int c = 0; c < cells; c++) {
        if (each[c] > 0) {
          split.get(c).add(part(group, each[c]));
        }
      }
    }
    return split.stream().map(Cell::new).toList();
  }

  private static DeviceGroup part(DeviceGroup group, int gangs) {
    return new DeviceGroup(group.device(), gangs, group.devicesPerGang(), group.shares());
  }
}
