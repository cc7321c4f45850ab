package io.waip.replay.replan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.Tier;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Preference;
import io.waip.api.resource.Tariff;
import io.waip.replay.Noise;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.judge.JudgedPlan;
import io.waip.replay.judge.PlanSearch;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * {@code fp32} takes (4 + 0.8 b) ms on one device, {@code int8} half of it, and {@code wide} is
 * {@code fp32} on two devices at once in 0.6 of its time.
 */
class WindowPlannerTest {
  private static final long SLO = 50_000_000;

  private static Figure known(double value) {
    return Figure.of(value, 1, "test");
  }

  private static PlannableVariant variant(
      String model, double quality, double factor, int devices) {
    return new PlannableVariant(
        model,
        known(quality),
        known(0),
        32,
        false,
        List.of(
            new WayToRun(
                "core",
                devices,
                (any, batch, length) -> Math.round(factor * (4e6 + 0.8e6 * batch)))));
  }

  private static PlannableService service(double floor, PlannableVariant... variants) {
    Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofNanos(SLO), 99, floor);
    return new PlannableService("embed", objective, true, false, 0, List.of(variants));
  }

  private static DeviceSupply cores(int count) {
    Figure unknown = Figure.unknown("not asked");
    return new DeviceSupply(
        "core",
        count,
        new DeviceFacts("core", known(0), unknown, Map.of(), unknown, unknown),
        new Tariff(Currency.getInstance("EUR"), known(0), known(0), unknown, known(1)),
        "");
  }

  private static JudgedPlan best(PlannableService service, int cores, double rate) {
    WindowProblem problem =
        new WindowProblem(
            List.of(service),
            List.of(Tenant.unlimited("t")),
            new WindowProblem.Supply(List.of(cores(cores)), PlanningLimits.NONE, Preference.MONEY));
    WindowPlanner planner = new WindowPlanner(problem, PlanSearch.Effort.DEFAULT);
    return planner
        .plan(workload(rate), Noise.none(1), Optional.empty(), Optional.empty())
        .best()
        .orElseThrow();
  }

  private static Workload workload(double rate) {
    long[] times = Arrivals.generate(ArrivalSpec.parse("poisson"), 4_000, rate, 7);
    Workload.Builder workload = new Workload.Builder(Arrivals.windowNanos(times), times.length);
    for (long time : times) {
      workload.add(time, 1, Tier.INTERACTIVE, 0, time + SLO);
    }
    return workload.build();
  }

  @Test
  void usesAllDevicesOfAFleetThatIsThereAnyway() {
    JudgedPlan best = best(service(0, variant("fp32", 1, 1, 1)), 3, 200);
    assertThat(best.plan().groups().stream().mapToInt(DeviceGroup::devices).sum()).isEqualTo(3);
  }

  @Test
  void prefersManyNarrowExecutionsWhereTheyServeMore() {
    PlannableService both = service(0, variant("fp32", 1, 1, 1), variant("wide", 1, 0.6, 2));
    // Two at once serve 2,162 a second, a wide one 1,802 / 2 of them at most.
    JudgedPlan best = best(both, 2, 1_500);
    assertThat(best.service("embed").answers().shareByVariant()).containsOnlyKeys("fp32");
  }

  @Test
  void takesWideExecutionsWhereNarrowOnesAreTooSlow() {
    PlannableService both = service(0, variant("fp32", 1, 12, 1), variant("wide", 1, 6, 2));
    // A narrow execution of one takes 57.6 ms, a wide one 28.8 ms.
    JudgedPlan best = best(both, 2, 5);
    assertThat(best.service("embed").answers().shareByVariant()).containsOnlyKeys("wide");
  }

  @Test
  void limitsWhatIsBelowTheFloorToItsPlannedShare() {
    PlannableVariant reference = variant("fp32", 1, 1, 1);
    PlannableVariant cheap = variant("int8", 0.97, 0.5, 1);
    PlannableService mixed = service(0.985, reference, cheap);
    JudgedPlan best = best(mixed, 2, 2_500);
    List<ServicePlan> plans = ServicePlans.of(best.plan(), List.of(mixed), ServicePlan.DEFAULT);
    ServicePlan plan = plans.getFirst();
    assertThat(plan.limits().variant(0).maxShare()).isEqualTo(1);
    // Half of 0.97 and half of 1 is the floor.
    assertThat(plan.limits().variant(1).maxShare()).isGreaterThan(0.3).isLessThanOrEqualTo(0.5);
  }

  @Test
  void givesAVariantThatIsNotPlacedNoRequests() {
    PlannableService both = service(0, variant("fp32", 1, 1, 1), variant("int8", 1, 0.5, 1));
    JudgedPlan best = best(both, 1, 1_500);
    ServicePlan plan = ServicePlans.of(best.plan(), List.of(both), ServicePlan.DEFAULT).getFirst();
    assertThat(best.service("embed").answers().shareByVariant()).containsOnlyKeys("int8");
    assertThat(plan.limits().variant(0).maxShare()).isZero();
    assertThat(plan.limits().variant(1).maxShare()).isEqualTo(1);
  }

  @Test
  void servesAServiceThatNobodyCalledByInstancesAsWideAsTheOthers() {
    PlannableService called = service(0, variant("fp32", 1, 1, 1));
    PlannableService quiet =
        new PlannableService(
            "quiet",
            called.objective(),
            true,
            false,
            0,
            List.of(variant("fp32", 1, 1, 1), variant("wide", 1, 0.6, 2)));
    WindowProblem problem =
        new WindowProblem(
            List.of(called, quiet),
            List.of(Tenant.unlimited("t")),
            new WindowProblem.Supply(List.of(cores(2)), PlanningLimits.NONE, Preference.MONEY));
    PlacementPlan plan =
        new WindowPlanner(problem, PlanSearch.Effort.DEFAULT)
            .plan(workload(300), Noise.none(1), Optional.empty(), Optional.empty())
            .best()
            .orElseThrow()
            .plan();
    ServicePlan unplanned =
        ServicePlans.of(plan, List.of(called, quiet), ServicePlan.DEFAULT).get(1);
    assertThat(unplanned.limits().variants())
        .containsExactly(VariantLimit.NONE, new VariantLimit(0, 1));
  }

  @Test
  void judgesThePlanInForceOnTheSameWindow() {
    PlannableService service = service(0, variant("fp32", 1, 1, 1), variant("int8", 1, 0.5, 1));
    WindowProblem problem =
        new WindowProblem(
            List.of(service),
            List.of(Tenant.unlimited("t")),
            new WindowProblem.Supply(List.of(cores(1)), PlanningLimits.NONE, Preference.MONEY));
    WindowPlanner planner = new WindowPlanner(problem, PlanSearch.Effort.DEFAULT);
    JudgedPlan first =
        planner
            .plan(workload(1_500), Noise.none(1), Optional.empty(), Optional.empty())
            .best()
            .orElseThrow();
    WindowPlans again =
        planner.plan(workload(1_500), Noise.none(1), Optional.of(first.plan()), Optional.empty());
    assertThat(again.inForce().orElseThrow().goodPerSecond())
        .isCloseTo(first.goodPerSecond(), within(1e-9));
  }
}
