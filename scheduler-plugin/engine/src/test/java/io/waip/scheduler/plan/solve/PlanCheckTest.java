package io.waip.scheduler.plan.solve;

import static io.waip.scheduler.plan.solve.Problems.GB;
import static io.waip.scheduler.plan.solve.Problems.device;
import static io.waip.scheduler.plan.solve.Problems.option;
import static io.waip.scheduler.plan.solve.Problems.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.DeviceGroup.Share;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanScore;
import io.waip.api.plan.PlanTotals;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult.Planned;
import io.waip.api.plan.ServiceAllocation;
import io.waip.api.resource.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each fault that a solver could have is seen in the plan. */
class PlanCheckTest {
  private static final PlacementOption FULL = option("embed", "fp32", "l4", 60, 1);
  private static final PlacementOption CHEAP = option("embed", "int8", "l4", 120, 0.97);
  private static final PlacementOption RANK =
      option("rank", "fp32", "l4", new Problems.Shape(1, 50, 1, 20 * GB, 10_000_000));
  private static final PlacementOption SLOW =
      option("rank", "int8", "l4", new Problems.Shape(1, 50, 1, 2 * GB, 30_000_000));

  private static final PlanningProblem PROBLEM =
      new PlanningProblem(
          List.of(service("embed", 100, 1).withQualityFloor(0.985), service("rank", 90, 1)),
          List.of(device("l4", 2, 2)),
          List.of(FULL, CHEAP, RANK, SLOW),
          PlanningLimits.NONE,
          Preference.MONEY);

  private static PlacementPlan plan(DeviceGroup... groups) {
    PlanTotals totals = PlanTotals.NOTHING;
    for (DeviceGroup group : groups) {
      totals = totals.plus(PlanTotals.of(PROBLEM.device(group.device()), group));
    }
    List<ServiceAllocation> services = new ArrayList<>();
    for (String name : List.of("embed", "rank")) {
      double served = 0;
      for (DeviceGroup group : groups) {
        for (Share share : group.shares()) {
          served += share.option().service().equals(name) ? group.servedPerSecond(share) : 0;
        }
      }
      services.add(new ServiceAllocation(name, served, served, new TreeMap<>(), FULL.quality()));
    }
    return new PlacementPlan(List.of(groups), services, totals, new PlanScore(0, 0, 0, 0));
  }

  private static DeviceGroup group(int gangs, Share... shares) {
    return new DeviceGroup("l4", gangs, 1, List.of(shares));
  }

  private static List<String> violations(DeviceGroup... groups) {
    return PlanCheck.violations(PROBLEM, plan(groups));
  }

  @Test
  void aPlanThatKeepsEverythingHasNoViolation() {
    assertThat(violations(group(1, new Share(FULL, 0.5), new Share(CHEAP, 0.2)))).isEmpty();
  }

  @Test
  void seesASolverThatIgnoresMemory() {
    assertThat(violations(group(1, new Share(FULL, 0.5), new Share(RANK, 0.5))))
        .singleElement()
        .asString()
        .contains("l4: memory 2.6E10 over 2.4E10 bytes");
  }

  @Test
  void seesASolverThatRoundsUpBeyondTheBudget() {
    PlanningProblem poor =
        PROBLEM.withLimits(PlanningLimits.NONE.withMoneyPerHour(OptionalDouble.of(3)));
    assertThat(PlanCheck.violations(poor, plan(group(1, new Share(FULL, 1))))).isEmpty();
    assertThat(PlanCheck.violations(poor, plan(group(2, new Share(FULL, 0.75)))))
        .singleElement()
        .asString()
        .contains("money per hour");
  }

  @Test
  void seesMoreWattsAndGramsThanAllowed() {
    PlanningLimits low =
        PlanningLimits.NONE
            .withWatts(OptionalDouble.of(60))
            .withGramsPerHour(OptionalDouble.of(30));
    List<String> violations =
        PlanCheck.violations(PROBLEM.withLimits(low), plan(group(1, new Share(FULL, 1))));
    assertThat(violations).hasSize(2);
    assertThat(violations.get(0)).startsWith("watts");
    assertThat(violations.get(1)).startsWith("grams per hour");
  }

  @Test
  void seesMoreDevicesThanThereAre() {
    assertThat(violations(group(3, new Share(FULL, 0.5))))
        .containsExactly("l4: 3 devices used of 2");
  }

  @Test
  void seesMoreTimeThanThereIs() {
    assertThat(violations(group(1, new Share(FULL, 0.9), new Share(CHEAP, 0.3))))
        .anyMatch(line -> line.contains("time"));
  }

  @Test
  void seesAMeanQualityBelowTheFloor() {
    assertThat(violations(group(1, new Share(FULL, 0.3), new Share(CHEAP, 0.5))))
        .singleElement()
        .asString()
        .startsWith("embed: quality 0.97");
  }

  @Test
  void seesAForbiddenOption() {
    PlanningProblem ruled =
        PROBLEM.withOptions(List.of(FULL, CHEAP.forbidden("no-int8"), RANK, SLOW));
    DeviceGroup forbidden =
        group(1, new Share(FULL, 0.5), new Share(CHEAP.forbidden("no-int8"), 0.1));
    assertThat(PlanCheck.violations(ruled, plan(forbidden)))
        .containsExactly("embed/int8: forbidden by no-int8");
  }

  @Test
  void seesAnOptionThatTheProblemDoesNotHave() {
    PlacementOption faster = option("embed", "fp32", "l4", 90, 1);
    assertThat(violations(group(1, new Share(faster, 0.5))))
        .containsExactly("embed/fp32: not an option of the problem");
  }

  @Test
  void seesABrokenPromiseAndMoreServedThanAsked() {
    PlanningProblem promising =
        PROBLEM.withServices(
            List.of(service("embed", 50, 1).withPromise(40), service("rank", 90, 1)));
    assertThat(PlanCheck.violations(promising, plan(group(1, new Share(FULL, 0.5)))))
        .containsExactly("embed: 30.0 served of 40.0 promised");
    assertThat(PlanCheck.violations(promising, plan(group(1, new Share(FULL, 1)))))
        .containsExactly("embed: more served than asked: 60.0");
  }

  @Test
  void seesThatARequestWaitsTooLongBesideOthers() {
    // A batch of each, 40 ms, and another of 30 ms is over 50 ms.
    assertThat(violations(group(1, new Share(FULL, 0.5), new Share(SLOW, 0.5))))
        .anyMatch(line -> line.startsWith("rank: 70000000 ns beside others"));
  }

  @Test
  void seesTotalsAndRatesThatAreNotThoseOfTheGroups() {
    PlacementPlan honest = plan(group(1, new Share(FULL, 0.5)));
    PlacementPlan boasting =
        new PlacementPlan(
            honest.groups(),
            plan(group(2, new Share(FULL, 0.5))).services(),
            PlanTotals.NOTHING,
            honest.score());
    assertThat(PlanCheck.violations(PROBLEM, boasting)).hasSize(2);
  }

  @Test
  void theSolverMixesVariantsAsFarAsTheFloorAllows() {
    Planned planned =
        (Planned) new PlacementSolver(SolverSettings.DEFAULT).solve(oneDeviceForEmbed());
    // As much of each: 1 / (0.5/60 + 0.5/120) = 80 a second.
    ServiceAllocation embed = planned.best().service("embed");
    assertThat(embed.servedPerSecond()).isBetween(79.999, 80.001);
    assertThat(embed.fractionByVariant().get("int8")).isBetween(0.4999, 0.5001);
    assertThat(embed.quality().value()).isBetween(0.98499, 0.98501);
  }

  private static PlanningProblem oneDeviceForEmbed() {
    return PROBLEM
        .withDevices(List.of(device("l4", 1, 2)))
        .withServices(
            List.of(service("embed", 100, 1).withQualityFloor(0.985), service("rank", 0, 1)));
  }
}
