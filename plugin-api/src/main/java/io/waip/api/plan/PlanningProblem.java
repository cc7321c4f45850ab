package io.waip.api.plan;

import io.waip.api.Tier;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Preference;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a placement is sought for. The order of the lists means nothing.
 *
 * <p>No unknown figure becomes a number: what a limit, a quality floor or the memory of devices
 * needs must be known, and what nothing needs may stay unknown.
 *
 * @param services at least one, names distinct
 * @param devices at least one, names distinct, prices in one currency
 * @param options each of a service and a supply of devices above, each once
 * @param limits of all devices together
 * @param preference what makes one plan better than another that serves the same value
 */
public record PlanningProblem(
    List<ServiceDemand> services,
    List<DeviceSupply> devices,
    List<PlacementOption> options,
    PlanningLimits limits,
    Preference preference) {
  /**
   * Copies the lists and checks the parts.
   *
   * @throws IllegalArgumentException if a name occurs twice or is not known, a batch takes longer
   *     than the service's latency bound, currencies differ, or a figure is unknown that a limit, a
   *     floor or the memory of devices needs
   */
  public PlanningProblem {
    services = List.copyOf(services);
    devices = List.copyOf(devices);
    options = List.copyOf(options);
    Map<String, ServiceDemand> service = byName("service", services, ServiceDemand::name);
    Map<String, DeviceSupply> device = byName("device", devices, DeviceSupply::name);
    if (devices.stream().map(d -> d.tariff().currency()).distinct().count() != 1) {
      throw new IllegalArgumentException("the tariffs of all devices must be in one currency");
    }
    Set<String> seen = new HashSet<>();
    for (PlacementOption option : options) {
      if (!seen.add(identity(option))) {
        throw new IllegalArgumentException("option given twice: " + identity(option));
      }
      ServiceDemand served = find("service", service, option.service());
      checkService(served, option);
      checkDevice(find("device", device, option.device()), option, limits);
    }
  }

  private static <T> Map<String, T> byName(String what, List<T> all, Function<T, String> name) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("at least one " + what + " is required");
    }
    return all.stream()
        .collect(
            Collectors.toMap(
                name,
                each -> each,
                (a, b) -> {
                  throw new IllegalArgumentException(
                      what + " '" + name.apply(a) + "' is named twice");
                }));
  }

  private static <T> T find(String what, Map<String, T> known, String name) {
    T found = known.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "an option names the unknown %s '%s'; allowed: %s"
              .formatted(what, name, known.keySet().stream().sorted().toList()));
    }
    return found;
  }

  private static String identity(PlacementOption option) {
    return "%s/%s on %d x %s, %d threads, batches to %d"
        .formatted(
            option.service(),
            option.variant(),
            option.tensorParallelDegree(),
            option.device(),
            option.threads(),
            option.maxBatch());
  }

  private static void checkService(ServiceDemand service, PlacementOption option) {
    boolean bound = service.tier() != Tier.OFFLINE;
    if (bound && option.batchNanos() > service.latencyNanos()) {
      throw new IllegalArgumentException(
          "a full batch of %s takes %d ns; allowed: at most the latency bound of %d ns; remedy: a"
                  .formatted(identity(option), option.batchNanos(), service.latencyNanos())
              + " smaller batch cap");
    }
    if (service.qualityFloor() > 0) {
      requireKnown(
          option.quality(),
          "the quality floor of '%s' needs the quality of %s"
              .formatted(service.name(), identity(option)));
    }
  }

  private static void checkDevice(
      DeviceSupply device, PlacementOption option, PlanningLimits limits) {
    String name = device.name();
    requireKnown(option.memoryBytes(), "placing needs the memory of " + identity(option));
    requireKnown(device.facts().memoryBytes(), "placing needs the memory of " + name);
    if (limits.moneyPerHour().isPresent()) {
      requireBoth(device::moneyPerHour, "limit money_per_hour needs the price of " + name);
    }
    if (limits.watts().isPresent()) {
      requireBoth(device::watts, "limit watts needs the idle and board watts of " + name);
    }
    if (limits.gramsPerHour().isPresent()) {
      requireBoth(device::gramsPerHour, "limit grams_per_hour needs watts and grams of " + name);
    }
  }

  private static void requireBoth(Function<Double, Figure> atShare, String need) {
    requireKnown(atShare.apply(0.0), need);
    requireKnown(atShare.apply(1.0), need);
  }

  private static void requireKnown(Figure figure, String need) {
    if (!figure.isKnown()) {
      throw new IllegalArgumentException(
          "%s; unknown: %s; remedy: give it, or drop what needs it"
              .formatted(need, String.join(", ", figure.basis())));
    }
  }

  /** Returns the same with every list in the order of names: equal problems become equal. */
  public PlanningProblem canonical() {
    return new PlanningProblem(
        services.stream().sorted(Comparator.comparing(ServiceDemand::name)).toList(),
        devices.stream().sorted(Comparator.comparing(DeviceSupply::name)).toList(),
        options.stream().sorted(PlacementOption.ORDER).toList(),
        limits,
        preference);
  }

  /**
   * Returns the service of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ServiceDemand service(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown service '" + name + "'"));
  }

  /**
   * Returns the supply of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public DeviceSupply device(String name) {
    return devices.stream()
        .filter(device -> device.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown device '" + name + "'"));
  }

  /** Returns the same with other services. */
  public PlanningProblem withServices(List<ServiceDemand> others) {
    return new PlanningProblem(others, devices, options, limits, preference);
  }

  /** Returns the same with other devices. */
  public PlanningProblem withDevices(List<DeviceSupply> others) {
    return new PlanningProblem(services, others, options, limits, preference);
  }

  /** Returns the same with other options. */
  public PlanningProblem withOptions(List<PlacementOption> others) {
    return new PlanningProblem(services, devices, others, limits, preference);
  }

  /** Returns the same with other limits. */
  public PlanningProblem withLimits(PlanningLimits others) {
    return new PlanningProblem(services, devices, options, others, preference);
  }
}
