package io.waip.scheduler.plan.solve;

import static io.waip.scheduler.plan.solve.Problems.GB;
import static io.waip.scheduler.plan.solve.Problems.device;
import static io.waip.scheduler.plan.solve.Problems.option;
import static io.waip.scheduler.plan.solve.Problems.problem;
import static io.waip.scheduler.plan.solve.Problems.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanningConstraint;
import io.waip.api.plan.PlanningConstraint.Kind;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult.Binding;
import io.waip.api.plan.PlanningResult.Loss;
import io.waip.api.plan.PlanningResult.Planned;
import io.waip.api.plan.ServiceDemand;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlacementSolverTest {
  private static Planned solve(PlanningProblem problem) {
    return (Planned) new PlacementSolver(SolverSettings.DEFAULT).solve(problem);
  }

  @Test
  void twoServicesShareOneDeviceWhereBothFit() {
    Planned planned =
        solve(
            problem(
                List.of(service("a", 30, 1), service("b", 20, 1)),
                List.of(device("l4", 4, 1)),
                List.of(option("a", "v", "l4", 60, 1), option("b", "v", "l4", 60, 1))));
    assertThat(planned.best().totals().devices()).isEqualTo(1);
    DeviceGroup group = planned.best().groups().getFirst();
    assertThat(group.busyShare()).isCloseTo(50 / 60.0, within(1e-6));
    assertThat(planned.exact()).isTrue();
  }

  @Test
  void idleTimeIsSharedAmongTheCeilingsOfAllServices() {
    PlacementPlan plan =
        solve(
                problem(
                    List.of(service("a", 30, 1), service("b", 15, 1)),
                    List.of(device("l4", 1, 1)),
                    List.of(option("a", "v", "l4", 60, 1), option("b", "v", "l4", 60, 1))))
            .best();
    // Three quarters busy: both can grow by a third together.
    assertThat(plan.service("a").ceilingPerSecond()).isCloseTo(40, within(1e-4));
    assertThat(plan.service("b").ceilingPerSecond()).isCloseTo(20, within(1e-4));
  }

  @Test
  void aCeilingStaysWithinTheLimits() {
    PlanningProblem free =
        problem(
            List.of(service("a", 30, 1)),
            List.of(device("l4", 1, 1)),
            List.of(option("a", "v", "l4", 60, 1)));
    // 20 W idle and 50 W more when busy: 55 W are 0.7 busy, 42 a second.
    PlacementPlan plan =
        solve(free.withLimits(PlanningLimits.NONE.withWatts(OptionalDouble.of(55)))).best();
    assertThat(plan.service("a").ceilingPerSecond()).isCloseTo(42, within(1e-4));
  }

  @Test
  void aModelTooLargeForOneDeviceRunsOnAGang() {
    Problems.Shape alone = new Problems.Shape(1, 60, 1, 30 * GB, 10_000_000);
    Problems.Shape four = new Problems.Shape(4, 200, 1, 9 * GB, 4_000_000);
    PlacementPlan plan =
        solve(
                problem(
                    List.of(service("a", 500, 1)),
                    List.of(device("l4", 11, 1)),
                    List.of(option("a", "v", "l4", alone), option("a", "v", "l4", four))))
            .best();
    assertThat(plan.groups()).singleElement().matches(group -> group.devicesPerGang() == 4);
    assertThat(plan.totals().devices()).isEqualTo(8);
    assertThat(plan.service("a").servedPerSecond()).isCloseTo(400, within(1e-4));
  }

  @Test
  void overloadServesWhatIsWorthMost() {
    PlacementPlan plan =
        solve(
                problem(
                    List.of(service("cheap", 100, 1), service("dear", 50, 3)),
                    List.of(device("l4", 1, 1)),
                    List.of(option("cheap", "v", "l4", 90, 1), option("dear", "v", "l4", 60, 1))))
            .best();
    assertThat(plan.service("dear").servedPerSecond()).isCloseTo(50, within(1e-4));
    assertThat(plan.service("cheap").servedPerSecond()).isCloseTo(15, within(1e-4));
  }

  @Test
  void candidatesAreDistinctAndTheRunnerUpSaysWhatItLoses() {
    Planned planned =
        solve(
            problem(
                List.of(service("a", 50, 1)),
                List.of(device("dear", 2, 3), device("cheap", 2, 1)),
                List.of(option("a", "v", "dear", 60, 1), option("a", "v", "cheap", 60, 1))));
    assertThat(planned.best().groups().getFirst().device()).isEqualTo("cheap");
    assertThat(planned.candidates().size()).isBetween(2, 4);
    assertThat(new HashSet<>(planned.candidates().stream().map(PlacementPlan::groups).toList()))
        .hasSameSizeAs(planned.candidates());
    Loss loss = planned.loss(1);
    assertThat(loss.valuePerSecond() > 0 || loss.badnessPerHour() > 0).isTrue();
  }

  @Test
  void nothingAskedForNeedsNoDevice() {
    PlacementPlan plan =
        solve(
                problem(
                    List.of(service("a", 0, 1)),
                    List.of(device("l4", 2, 1)),
                    List.of(option("a", "v", "l4", 60, 1))))
            .best();
    assertThat(plan.groups()).isEmpty();
    assertThat(plan.totals().devices()).isZero();
  }

  /** Value the bound gains when a constraint is eased a little, against the price told. */
  @Test
  void thePriceOfAConstraintIsWhatEasingItBrings() {
    SplittableRandom random = new SplittableRandom(31);
    int[] seen = new int[Kind.values().length];
    for (int i = 0; i < 300; i++) {
      PlanningProblem problem = Problems.small(random.split());
      if (new PlacementSolver(SolverSettings.DEFAULT).solve(problem) instanceof Planned planned) {
        for (Binding binding : planned.binding()) {
          if (allowsGangs(problem, binding.constraint())) {
            continue;
          }
          double step = binding.constraint().kind() == Kind.DEVICES ? 1 : 1e-3;
          double gain =
              solve(eased(problem, binding.constraint(), step)).valueBoundPerSecond()
                  - planned.valueBoundPerSecond();
          assertThat(gain)
              .as("%d %s", i, binding)
              .isLessThanOrEqualTo(binding.valuePerUnit() * step * 1.001 + 1e-6);
          seen[binding.constraint().kind().ordinal()] +=
              gain > binding.valuePerUnit() * step * 0.9 ? 1 : 0;
        }
      }
    }
    System.out.printf(
        "prices met: watts %d, grams %d, money %d, floors %d, devices %d%n",
        seen[Kind.WATTS.ordinal()],
        seen[Kind.GRAMS.ordinal()],
        seen[Kind.MONEY.ordinal()],
        seen[Kind.QUALITY_FLOOR.ordinal()],
        seen[Kind.DEVICES.ordinal()]);
    for (Kind kind :
        List.of(Kind.WATTS, Kind.GRAMS, Kind.MONEY, Kind.QUALITY_FLOOR, Kind.DEVICES)) {
      assertThat(seen[kind.ordinal()]).as("%s", kind).isGreaterThan(5);
    }
  }

  /** The second device is the first on which a gang of two fits: a price does not see that. */
  private static boolean allowsGangs(PlanningProblem problem, PlanningConstraint constraint) {
    return constraint.kind() == Kind.DEVICES && Constraints.value(problem, constraint) == 1;
  }

  private static PlanningProblem eased(
      PlanningProblem problem, PlanningConstraint constraint, double step) {
    double now = Constraints.value(problem, constraint);
    PlanningLimits limits = problem.limits();
    OptionalDouble more = OptionalDouble.of(now + step);
    return switch (constraint.kind()) {
      case MONEY -> problem.withLimits(limits.withMoneyPerHour(more));
      case WATTS -> problem.withLimits(limits.withWatts(more));
      case GRAMS -> problem.withLimits(limits.withGramsPerHour(more));
      case DEVICES ->
          problem.withDevices(
              problem.devices().stream()
                  .map(d -> d.name().equals(constraint.subject()) ? d.withCount((int) now + 1) : d)
                  .toList());
      default ->
          problem.withServices(
              problem.services().stream().map(s -> lowered(s, constraint, step)).toList());
    };
  }

  /** A unit of a floor is a hundredth. */
  private static ServiceDemand lowered(
      ServiceDemand service, PlanningConstraint constraint, double step) {
    return service.name().equals(constraint.subject())
        ? service.withQualityFloor(service.qualityFloor() - step * 0.01)
        : service;
  }

  @Test
  void settingsBelowTheirRangeAreRefused() {
    assertThatThrownBy(() -> new SolverSettings(1, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("settings must be >= 0, 1, 0 and 1, are 1, 0, 1 and 1");
  }
}
