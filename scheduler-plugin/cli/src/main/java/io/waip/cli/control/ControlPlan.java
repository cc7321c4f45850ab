package io.waip.cli.control;

import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.ServicePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A plan as the control loop keeps it.
 *
 * @param placement empty before the first plan
 * @param services parameters for the engine, in the services' order
 */
public record ControlPlan(Optional<PlacementPlan> placement, List<ServicePlan> services) {
  /** Copies the list. */
  public ControlPlan {
    services = List.copyOf(services);
  }

  /** Returns the plan of a planner that nobody planned for. */
  static ControlPlan unplanned(int services) {
    return new ControlPlan(Optional.empty(), Collections.nCopies(services, ServicePlan.DEFAULT));
  }

  /** Returns what runs where, without the figures that move with every window. */
  String kind() {
    return placement.isEmpty() ? given() : placed();
  }

  private String given() {
    List<String> limited = new ArrayList<>();
    for (ServicePlan service : services) {
      limited.add(
          service.limits().variants().stream()
              .map(limit -> limit.maxShare() > 0 ? "used" : "unused")
              .toList()
              .toString());
    }
    return "variants as given: " + limited;
  }

  private String placed() {
    TreeMap<String, Integer> instances = new TreeMap<>();
    for (DeviceGroup group : placement.map(PlacementPlan::groups).orElse(List.of())) {
      for (DeviceGroup.Share share : group.shares()) {
        String what = share.option().service() + "/" + share.option().variant();
        instances.merge(what + " on " + group.device(), group.gangs(), Integer::sum);
      }
    }
    return instances.toString();
  }
}
