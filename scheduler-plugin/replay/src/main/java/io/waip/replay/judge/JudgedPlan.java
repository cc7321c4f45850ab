package io.waip.replay.judge;

import io.waip.api.plan.PlacementPlan;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plan with what it made of the window.
 *
 * @param plan that was judged
 * @param services in the window's order
 * @param servicesBelow how many services attain less than the percentile of their objective
 * @param valuePerSecond of the good requests
 * @param busyDevices mean number of devices of each kind that executed
 */
public record JudgedPlan(
    PlacementPlan plan,
    List<JudgedService> services,
    int servicesBelow,
    double valuePerSecond,
    SortedMap<String, Double> busyDevices) {
  /**
   * Better plans first: fewer services below their objective; then, while there are such, more
   * value; then less of what {@link io.waip.api.plan.PlanScore#badnessPerHour} weighs, fewer
   * devices and more value.
   */
  public static final Comparator<JudgedPlan> BEST_FIRST =
      Comparator.comparingInt(JudgedPlan::servicesBelow)
          .thenComparing(Comparator.comparingDouble(JudgedPlan::urgentValue).reversed())
          .thenComparingDouble(judged -> judged.plan().score().badnessPerHour())
          .thenComparingInt(judged -> judged.plan().score().devices())
          .thenComparing(Comparator.comparingDouble(JudgedPlan::valuePerSecond).reversed());

  /** Copies the parts. */
  public JudgedPlan {
    services = List.copyOf(services);
    busyDevices =
        Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Double>) busyDevices));
  }

  private double urgentValue() {
    return servicesBelow == 0 ? 0 : valuePerSecond;
  }

  /** Returns the good requests per second of all services. */
  public double goodPerSecond() {
    return services.stream().mapToDouble(JudgedService::goodPerSecond).sum();
  }

  /** Returns what became of a service. */
  public JudgedService service(String name) {
    return services.stream()
        .filter(service -> service.service().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown service '" + name + "'"));
  }
}
