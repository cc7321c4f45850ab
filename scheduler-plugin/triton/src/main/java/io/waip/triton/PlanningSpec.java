package io.waip.triton;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyCorrectionFactory;
import io.waip.api.deployment.Tenant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * What a planner plans for, apart from what the front tells it.
 *
 * @param services at least one, names distinct
 * @param tenants at least one, names distinct; a request that names none belongs to the one called
 *     {@value #DEFAULT_TENANT}, or to the first where there is no such
 * @param act whether requests are given to the planner; else it only watches
 * @param points measured execution times to start from, by variant index over all services; may be
 *     empty; a variant's own {@link VariantSpec#cost} goes first
 * @param corrections learn how far execution times are from those it starts from
 */
public record PlanningSpec(
    List<ServiceSpec> services,
    List<Tenant> tenants,
    boolean act,
    List<CostPoint> points,
    LatencyCorrectionFactory corrections) {
  /** Name of the tenant of requests that name none. */
  public static final String DEFAULT_TENANT = "default";

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is no service or no tenant
   */
  public PlanningSpec {
    services = List.copyOf(services);
    tenants = List.copyOf(tenants);
    points = List.copyOf(points);
    if (services.isEmpty() || tenants.isEmpty()) {
      throw new IllegalArgumentException("at least one service and one tenant are required");
    }
  }

  /**
   * Makes one that learns by the first correction that {@link ServiceLoader} finds.
   *
   * @throws IllegalStateException if there is none
   */
  public static PlanningSpec of(
      List<ServiceSpec> services, List<Tenant> tenants, boolean act, List<CostPoint> points) {
    LatencyCorrectionFactory corrections =
        ServiceLoader.load(LatencyCorrectionFactory.class)
            .findFirst()
            .orElseThrow(() ->
                new IllegalStateException(
                    "no correction of cost models; the module waip-cost-models provides one"));
    return new PlanningSpec(services, tenants, act, points, corrections);
  }

  /** Returns this with requests given to the planner. */
  PlanningSpec acting() {
    return new PlanningSpec(services, tenants, true, points, corrections);
  }

  /** Returns the index of a service, or -1. */
  int indexOf(String name) {
    for (int s = 0; s < services.size(); s++) {
      if (services.get(s).name().equals(name)) {
        return s;
      }
    }
    return -1;
  }

  /** Returns the index of the tenant of requests that name none. */
  int defaultTenant() {
    for (int t = 0; t < tenants.size(); t++) {
      if (tenants.get(t).name().equals(DEFAULT_TENANT)) {
        return t;
      }
    }
    return 0;
  }

  /** Returns the distinct models, in order of first appearance. */
  List<String> models() {
    return distinct(VariantSpec::model);
  }

  /** Returns the distinct devices, in order of first appearance; each is an endpoint. */
  List<String> devices() {
    return distinct(VariantSpec::device);
  }

  private List<String> distinct(Function<VariantSpec, String> part) {
    return services.stream()
        .flatMap(service -> service.variants().stream())
        .map(part)
        .distinct()
        .toList();
  }
}
