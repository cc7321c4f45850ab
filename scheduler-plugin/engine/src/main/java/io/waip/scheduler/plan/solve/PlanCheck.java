package io.waip.scheduler.plan.solve;

import io.waip.api.Tier;
import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.DeviceGroup.Share;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanTotals;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceAllocation;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.Figure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Says what a plan breaks of its problem, from the definitions alone: it knows nothing of how plans
 * are found.
 */
public final class PlanCheck {
  /** Relative difference up to which figures count as equal. */
  public static final double TOLERANCE = 1e-6;

  private final PlanningProblem problem;
  private final PlacementPlan plan;
  private final List<String> violations = new ArrayList<>();

  private PlanCheck(PlanningProblem problem, PlacementPlan plan) {
    this.problem = problem;
    this.plan = plan;
  }

  /** Returns what the plan breaks, one line each; empty where it breaks nothing. */
  public static List<String> violations(PlanningProblem problem, PlacementPlan plan) {
    PlanCheck check = new PlanCheck(problem, plan);
    problem.devices().forEach(check::supply);
    plan.groups().forEach(check::group);
    problem.services().forEach(check::service);
    check.limits();
    return List.copyOf(check.violations);
  }

  private void require(boolean holds, Supplier<String> rule) {
    if (!holds) {
      violations.add(rule.get());
    }
  }

  private static boolean atMost(double value, double bound) {
    return value <= bound + TOLERANCE * Math.max(1e-3, Math.abs(bound));
  }

  private void supply(DeviceSupply device) {
    int used =
        plan.groups().stream()
            .filter(group -> group.device().equals(device.name()))
            .mapToInt(DeviceGroup::devices)
            .sum();
    require(
        used <= device.count(),
        () -> "%s: %d devices used of %d".formatted(device.name(), used, device.count()));
  }

  private void group(DeviceGroup group) {
    DeviceSupply device = problem.device(group.device());
    require(
        atMost(group.busyShare(), 1),
        () -> "%s: time %s over 1".formatted(device.name(), group.busyShare()));
    Set<String> models = new HashSet<>();
    for (Share share : group.shares()) {
      PlacementOption option = share.option();
      String name = option.service() + "/" + option.variant();
      require(
          problem.options().contains(option),
          () -> "%s: not an option of the problem".formatted(name));
      require(
          option.permitted(), () -> "%s: forbidden by %s".formatted(name, option.forbiddenBy()));
      require(
          option.device().equals(group.device()), () -> "%s: on another device".formatted(name));
      require(
          option.tensorParallelDegree() == group.devicesPerGang(),
          () -> "%s: on another gang".formatted(name));
      require(models.add(name), () -> "%s: loaded twice on %s".formatted(name, device.name()));
    }
    double bytes = group.shares().stream().mapToDouble(s -> s.option().memoryBytes().value()).sum();
    double room = device.facts().memoryBytes().value();
    require(
        bytes <= room, () -> "%s: memory %s over %s bytes".formatted(device.name(), bytes, room));
    latency(group);
  }

  /** A request waits for a batch of each option of the gang at most, then for its own. */
  private void latency(DeviceGroup group) {
    long cycle = group.shares().stream().mapToLong(share -> share.option().batchNanos()).sum();
    for (Share share : group.shares()) {
      PlacementOption option = share.option();
      ServiceDemand service = problem.service(option.service());
      boolean bound = group.shares().size() > 1 && service.tier() != Tier.OFFLINE;
      long worst = cycle + option.batchNanos();
      require(
          !bound || worst <= service.latencyNanos(),
          () ->
              "%s: %d ns beside others over %d ns"
                  .formatted(service.name(), worst, service.latencyNanos()));
    }
  }

  private void service(ServiceDemand service) {
    String name = service.name();
    ServiceAllocation allocation = plan.service(name);
    double served = sum(name, option -> 1);
    double quality = service.qualityFloor() > 0 ? sum(name, option -> option.quality().value()) : 0;
    double told = allocation.servedPerSecond();
    require(
        atMost(served, told) && atMost(told, served),
        () -> "%s: %s served, not %s".formatted(name, served, told));
    require(
        atMost(served, service.ratePerSecond()),
        () -> "%s: more served than asked: %s".formatted(name, served));
    double promised = service.promisedPerSecond();
    require(
        atMost(promised, served),
        () -> "%s: %s served of %s promised".formatted(name, served, promised));
    double least = service.qualityFloor() * served;
    require(
        atMost(least, quality),
        () -> "%s: quality %s below %s".formatted(name, quality / served, least / served));
  }

  /** Returns the sum of a weight over the requests of a service that are served in a second. */
  private double sum(String service, ToDoubleFunction<PlacementOption> weight) {
    double sum = 0;
    for (DeviceGroup group : plan.groups()) {
      for (Share share : group.shares()) {
        if (share.option().service().equals(service)) {
          sum += group.servedPerSecond(share) * weight.applyAsDouble(share.option());
        }
      }
    }
    return sum;
  }

  private void limits() {
    PlanTotals totals = PlanTotals.NOTHING;
    for (DeviceGroup group : plan.groups()) {
      totals = totals.plus(PlanTotals.of(problem.device(group.device()), group));
    }
    PlanningLimits limits = problem.limits();
    limit("money per hour", totals.moneyPerHour(), limits.moneyPerHour());
    limit("watts", totals.watts(), limits.watts());
    limit("grams per hour", totals.gramsPerHour(), limits.gramsPerHour());
    PlanTotals all = totals;
    require(
        totals.equals(plan.totals()), () -> "totals are %s, not %s".formatted(all, plan.totals()));
  }

  private void limit(String name, Figure takes, OptionalDouble most) {
    if (most.isPresent()) {
      boolean holds = takes.isKnown() && atMost(takes.value(), most.getAsDouble());
      require(holds, () -> "%s: %s over %s".formatted(name, takes, most.getAsDouble()));
    }
  }
}
