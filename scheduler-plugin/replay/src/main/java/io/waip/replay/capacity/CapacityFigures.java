package io.waip.replay.capacity;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a replay on some devices showed.
 *
 * @param purchase the devices
 * @param moneyPerHour what all of them cost while they are up
 * @param all attainment of all requests
 * @param services attainment of each service, in the question's order
 * @param goodputPerSecond completed within the deadline, requests per second of the window
 * @param limitPerSecond what no schedule exceeds at nominal times, requests per second
 * @param clairvoyantPerSecond the best schedule that a search with full knowledge found at nominal
 *     times, requests per second; empty where none was searched for
 * @param utilisation time of batches over that of all devices in the window, {@code >= 0}; above 1
 *     where work goes on after it
 * @param interruptions of spot devices in the window
 * @param blocks of the bootstrap
 */
public record CapacityFigures(
    Purchase purchase,
    double moneyPerHour,
    Attainment all,
    List<ServiceAttainment> services,
    double goodputPerSecond,
    double limitPerSecond,
    OptionalDouble clairvoyantPerSecond,
    double utilisation,
    int interruptions,
    int blocks) {
  /** Copies the list. */
  public CapacityFigures {
    services = List.copyOf(services);
  }

  /** Says whether every service reaches its target, by share and lower end of the interval. */
  public boolean suffices() {
    return services.stream().allMatch(ServiceAttainment::suffices);
  }

  /** Returns the service that is furthest below its target, or least above it. */
  public ServiceAttainment worst() {
    return services.stream()
        .filter(service -> service.requests() > 0)
        .min(Comparator.comparingDouble(ServiceAttainment::margin))
        .orElseThrow();
  }

  /** Returns the same with the best schedule found. */
  CapacityFigures withClairvoyant(OptionalDouble perSecond) {
    return new CapacityFigures(
        purchase,
        moneyPerHour,
        all,
        services,
        goodputPerSecond,
        limitPerSecond,
        perSecond,
        utilisation,
        interruptions,
        blocks);
  }
}
