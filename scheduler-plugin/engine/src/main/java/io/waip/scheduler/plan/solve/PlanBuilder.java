package io.waip.scheduler.plan.solve;

import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.DeviceGroup.Share;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanTotals;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.ServiceAllocation;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Makes the plan of a division. */
final class PlanBuilder {
  private final Instance instance;
  private final List<DeviceGroup> groups = new ArrayList<>();

  private PlanBuilder(Instance instance) {
    this.instance = instance;
  }

  /** Returns the plan. */
  static PlacementPlan plan(Instance instance, Fitting fitting) {
    PlanBuilder builder = new PlanBuilder(instance);
    for (int c = 0; c < fitting.configurations().size(); c++) {
      Configuration each = fitting.configurations().get(c);
      builder.group(each, fitting.times()[c], fitting.layout().count(each));
    }
    List<ServiceAllocation> planned =
        instance.services.stream().map(service -> builder.allocation(service)).toList();
    double[] growth =
        planned.stream().mapToDouble(each -> builder.growth(each.service())).toArray();
    double within = builder.withinLimits(growth);
    List<ServiceAllocation> services = new ArrayList<>();
    for (int s = 0; s < growth.length; s++) {
      services.add(withCeiling(planned.get(s), 1 + within * (growth[s] - 1)));
    }
    return new PlacementPlan(builder.groups, services, builder.totals(share -> 1), fitting.score());
  }

  private void group(Configuration configuration, double[] times, int gangs) {
    double all = Math.max(gangs, Arrays.stream(times).sum());
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      shares.add(new Share(instance.options.get(configuration.options()[i]), times[i] / all));
    }
    String device = instance.devices.get(configuration.device()).name();
    groups.add(new DeviceGroup(device, gangs, configuration.degree(), shares));
  }

  private ServiceAllocation allocation(ServiceDemand service) {
    SortedMap<String, Double> byVariant = new TreeMap<>();
    for (DeviceGroup group : groups) {
      for (Share share : group.shares()) {
        if (share.option().service().equals(service.name())) {
          byVariant.merge(share.option().variant(), group.servedPerSecond(share), Double::sum);
        }
      }
    }
    double served = byVariant.values().stream().mapToDouble(rate -> rate).sum();
    byVariant.replaceAll((variant, rate) -> rate / served);
    return new ServiceAllocation(
        service.name(), served, served, byVariant, quality(service.name(), served));
  }

  private Figure quality(String service, double served) {
    Figure sum = null;
    for (DeviceGroup group : groups) {
      for (Share share : group.shares()) {
        if (share.option().service().equals(service)) {
          Figure part = share.option().quality().times(group.servedPerSecond(share) / served);
          sum = sum == null ? part : sum.plus(part);
        }
      }
    }
    return sum == null ? Figure.unknown("quality of what is not served: " + service) : sum;
  }

  /** Returns by how much a service can grow on its gangs when all their options grow alike. */
  private double growth(String service) {
    return groups.stream()
        .filter(group -> serves(group, service))
        .mapToDouble(group -> Math.max(1, 1 / group.busyShare()))
        .min()
        .orElse(1);
  }

  private static boolean serves(DeviceGroup group, String service) {
    return group.shares().stream().anyMatch(share -> share.option().service().equals(service));
  }

  /** Returns which part of all growth the limits allow, {@code [0, 1]}. */
  private double withinLimits(double[] growth) {
    TreeMap<String, Double> byService = new TreeMap<>();
    for (int s = 0; s < growth.length; s++) {
      byService.put(instance.services.get(s).name(), growth[s]);
    }
    PlanTotals now = totals(share -> 1);
    PlanTotals grown = totals(share -> byService.get(share.option().service()));
    PlanningLimits limits = instance.problem.limits();
    return Math.min(
        part(now.moneyPerHour(), grown.moneyPerHour(), limits.moneyPerHour()),
        Math.min(
            part(now.watts(), grown.watts(), limits.watts()),
            part(now.gramsPerHour(), grown.gramsPerHour(), limits.gramsPerHour())));
  }

  private static double part(Figure now, Figure grown, OptionalDouble limit) {
    if (limit.isEmpty() || grown.value() <= Math.max(now.value(), limit.getAsDouble())) {
      return 1;
    }
    double room = Math.max(0, limit.getAsDouble() - now.value());
    return room / (grown.value() - now.value());
  }

  private PlanTotals totals(ToDoubleFunction<Share> growth) {
    PlanTotals totals = PlanTotals.NOTHING;
    for (DeviceGroup group : groups) {
      List<Share> shares =
          group.shares().stream()
              .map(s -> new Share(s.option(), Math.min(1, s.timeShare() * growth.applyAsDouble(s))))
              .toList();
      DeviceGroup grown =
          new DeviceGroup(group.device(), group.gangs(), group.devicesPerGang(), shares);
      totals = totals.plus(PlanTotals.of(instance.problem.device(group.device()), grown));
    }
    return totals;
  }

  private static ServiceAllocation withCeiling(ServiceAllocation planned, double growth) {
    return new ServiceAllocation(
        planned.service(),
        planned.servedPerSecond(),
        Math.max(planned.servedPerSecond(), planned.servedPerSecond() * growth),
        planned.fractionByVariant(),
        planned.quality());
  }
}
