package io.waip.scheduler.plan.solve;

import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningConstraint;
import io.waip.api.plan.PlanningConstraint.Kind;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceDemand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** The named constraints of a problem, and the problem without some of them. */
final class Constraints {
  private Constraints() {}

  /** Returns all of them in order. */
  static List<PlanningConstraint> of(PlanningProblem problem) {
    List<PlanningConstraint> all = new ArrayList<>();
    problem.options().stream()
        .filter(option -> !option.permitted())
        .map(PlacementOption::forbiddenBy)
        .distinct()
        .forEach(rule -> all.add(new PlanningConstraint(Kind.RULE, rule)));
    PlanningLimits limits = problem.limits();
    limits.moneyPerHour().ifPresent(limit -> all.add(new PlanningConstraint(Kind.MONEY, "")));
    limits.watts().ifPresent(limit -> all.add(new PlanningConstraint(Kind.WATTS, "")));
    limits.gramsPerHour().ifPresent(limit -> all.add(new PlanningConstraint(Kind.GRAMS, "")));
    for (ServiceDemand service : problem.services()) {
      if (service.qualityFloor() > 0) {
        all.add(new PlanningConstraint(Kind.QUALITY_FLOOR, service.name()));
      }
      if (service.promisedPerSecond() > 0) {
        all.add(new PlanningConstraint(Kind.PROMISE, service.name()));
      }
    }
    problem.devices().forEach(d -> all.add(new PlanningConstraint(Kind.DEVICES, d.name())));
    return all.stream().sorted().toList();
  }

  /** Returns the present value of a constraint; 0 for a rule. */
  static double value(PlanningProblem problem, PlanningConstraint constraint) {
    PlanningLimits limits = problem.limits();
    return switch (constraint.kind()) {
      case RULE -> 0;
      case MONEY -> limits.moneyPerHour().orElseThrow();
      case WATTS -> limits.watts().orElseThrow();
      case GRAMS -> limits.gramsPerHour().orElseThrow();
      case QUALITY_FLOOR -> problem.service(constraint.subject()).qualityFloor();
      case PROMISE -> problem.service(constraint.subject()).promisedPerSecond();
      case DEVICES -> problem.device(constraint.subject()).count();
    };
  }

  /** Returns the index of the service or supply that a constraint is of; 0 where it is of none. */
  static int subject(Instance instance, PlanningConstraint constraint) {
    List<String> names =
        constraint.kind() == Kind.DEVICES
            ? instance.devices.stream().map(DeviceSupply::name).toList()
            : instance.services.stream().map(ServiceDemand::name).toList();
    return Math.max(0, names.indexOf(constraint.subject()));
  }

  /** Returns the problem with no other constraints than these. */
  static PlanningProblem only(PlanningProblem problem, Collection<PlanningConstraint> enforced) {
    Set<PlanningConstraint> kept = new HashSet<>(enforced);
    PlanningLimits limits = problem.limits();
    List<PlacementOption> options =
        problem.options().stream().map(o -> kept.contains(rule(o)) ? o : o.forbidden("")).toList();
    PlanningProblem freed =
        problem
            .withOptions(options)
            .withLimits(
                new PlanningLimits(
                    kept(kept, Kind.MONEY, limits.moneyPerHour()),
                    kept(kept, Kind.WATTS, limits.watts()),
                    kept(kept, Kind.GRAMS, limits.gramsPerHour())))
            .withServices(problem.services().stream().map(s -> only(s, kept)).toList());
    return freed.withDevices(
        problem.devices().stream()
            .map(d -> is(kept, Kind.DEVICES, d.name()) ? d : d.withCount(enough(freed, d)))
            .toList());
  }

  private static PlanningConstraint rule(PlacementOption option) {
    return new PlanningConstraint(Kind.RULE, option.forbiddenBy());
  }

  private static boolean is(Set<PlanningConstraint> kept, Kind kind, String subject) {
    return kept.contains(new PlanningConstraint(kind, subject));
  }

  private static OptionalDouble kept(
      Set<PlanningConstraint> kept, Kind kind, OptionalDouble limit) {
    return is(kept, kind, "") ? limit : OptionalDouble.empty();
  }

  private static ServiceDemand only(ServiceDemand service, Set<PlanningConstraint> kept) {
    ServiceDemand freed = service;
    if (!is(kept, Kind.PROMISE, service.name())) {
      freed = freed.withPromise(0);
    }
    return is(kept, Kind.QUALITY_FLOOR, service.name()) ? freed : freed.withQualityFloor(0);
  }

  /** More devices than any plan can use: gangs of every option alone for all of its demand. */
  private static int enough(PlanningProblem problem, DeviceSupply device) {
    return problem.options().stream()
        .filter(option -> option.device().equals(device.name()))
        .mapToInt(option -> all(problem, option))
        .sum();
  }

  private static int all(PlanningProblem problem, PlacementOption option) {
    double demand = problem.service(option.service()).ratePerSecond();
    return option.tensorParallelDegree() * (int) Math.ceil(demand / option.servedPerSecond() + 1);
  }
}
