package io.waip.api.deployment;

import java.util.List;

/**
 * Everything one engine schedules: the services and endpoints that share a queue, and the tenants
 * they serve. Positions in the lists are the indices used on the data plane.
 *
 * @param services at least one, names distinct
 * @param tenants at least one, names distinct
 * @param endpoints from 1 to {@link #MAX_ENDPOINTS}, names distinct
 */
public record Deployment(List<Service> services, List<Tenant> tenants, List<Endpoint> endpoints) {
  /** Most endpoints of one engine: one bit of a {@code long} each. */
  public static final int MAX_ENDPOINTS = 64;

  /** Most variants of one engine, over all services: one bit of a {@code long} each. */
  public static final int MAX_VARIANTS = 64;

  /**
   * Copies the lists and checks the parts.
   *
   * @throws IllegalArgumentException if a list is empty or too long, or a name occurs twice
   */
  public Deployment {
    services = List.copyOf(services);
    tenants = List.copyOf(tenants);
    endpoints = List.copyOf(endpoints);
    requireDistinct("service", services.stream().map(Service::name).toList());
    requireDistinct("tenant", tenants.stream().map(Tenant::name).toList());
    requireDistinct("endpoint", endpoints.stream().map(Endpoint::name).toList());
    int variants = services.stream().mapToInt(service -> service.variants().size()).sum();
    if (endpoints.size() > MAX_ENDPOINTS || variants > MAX_VARIANTS) {
      throw new IllegalArgumentException(
          "at most %d endpoints and %d variants, got %d and %d"
              .formatted(MAX_ENDPOINTS, MAX_VARIANTS, endpoints.size(), variants));
    }
  }

  /** Returns all variants, service by service; the position is the variant index. */
  public List<Variant> variants() {
    return services.stream().flatMap(service -> service.variants().stream()).toList();
  }

  /** Returns the index of the first variant of a service. */
  public int firstVariant(int service) {
    return services.subList(0, service).stream().mapToInt(s -> s.variants().size()).sum();
  }

  /**
   * Returns the variant of a service that an endpoint runs: a preferred one, or the first there is.
   *
   * @param preferred position among the service's variants
   * @return the variant index, or -1 where the endpoint runs none of them
   */
  public int variantOn(int endpoint, int service, int preferred) {
    int first = firstVariant(service);
    int count = services.get(service).variants().size();
    if (endpoints.get(endpoint).runs(first + preferred)) {
      return first + preferred;
    }
    for (int v = first; v < first + count; v++) {
      if (endpoints.get(endpoint).runs(v)) {
        return v;
      }
    }
    return -1;
  }

  private static void requireDistinct(String what, List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("at least one " + what + " is required");
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) != i) {
        throw new IllegalArgumentException(what + " '" + names.get(i) + "' is named twice");
      }
    }
  }
}
