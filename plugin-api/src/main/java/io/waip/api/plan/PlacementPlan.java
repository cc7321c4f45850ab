package io.waip.api.plan;

import java.util.List;

/**
 * Which variants run on which devices: whole devices, whole gangs.
 *
 * @param groups each used device belongs to one
 * @param services one for each service of the problem, by name
 * @param totals of the used devices
 * @param score by which plans are compared
 */
public record PlacementPlan(
    List<DeviceGroup> groups,
    List<ServiceAllocation> services,
    PlanTotals totals,
    PlanScore score) {
  /** Copies the lists. */
  public PlacementPlan {
    groups = List.copyOf(groups);
    services = List.copyOf(services);
  }

  /**
   * Returns what is served of a service.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public ServiceAllocation service(String name) {
    return services.stream()
        .filter(service -> service.service().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown service '" + name + "'"));
  }
}
