package io.waip.cli.plan;

import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningResult;
import io.waip.api.plan.ServiceAllocation;
import io.waip.api.resource.Figure;
import io.waip.replay.judge.JudgedPlan;
import io.waip.replay.judge.JudgedService;
import io.waip.replay.judge.JudgedWindow;
import io.waip.replay.judge.PlanChoice;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A plan and its figures as JSON; components become snake_case keys.
 *
 * @param feasible whether there is a plan
 * @param requests of the window
 * @param windowS length of the window, seconds
 * @param plan chosen; null where there is none
 * @param runnerUp second best; null where one plan alone was judged
 * @param plansJudged on the window
 * @param binding what limits the served value, largest first
 * @param whatIf what changes would buy
 * @param contradiction what cannot hold together, and what would do
 */
record PlanFigures(
    boolean feasible,
    int requests,
    double windowS,
    @Nullable Judged plan,
    @Nullable Judged runnerUp,
    int plansJudged,
    List<Binding> binding,
    List<Change> whatIf,
    List<String> contradiction) {

  /**
   * A plan with what is predicted of it.
   *
   * @param headroom multiple of the demand that devices were placed for
   * @param moneyPerHour null where a price is unknown
   */
  record Judged(
      double headroom,
      int devices,
      @Nullable Double moneyPerHour,
      @Nullable Double watts,
      @Nullable Double gramsPerHour,
      double goodputRps,
      int servicesBelowObjective,
      List<Group> groups,
      List<Service> services) {}

  /** Devices on which the same runs. */
  record Group(String device, int devices, List<Share> shares) {}

  /** What runs on each of them, for a share of its time. */
  record Share(String service, String model, double timeShare, int maxBatch) {}

  /** What a service is planned and predicted to get. */
  record Service(
      String name,
      double offeredRps,
      double plannedRps,
      double ceilingRps,
      double goodputRps,
      double attainment,
      double objectiveAttainment,
      @Nullable Double p50Ms,
      @Nullable Double p99Ms,
      @Nullable Double meanQuality,
      Map<String, Double> shareByModel) {}

  /** A constraint that limits the served value. */
  record Binding(String constraint, double valuePerUnit) {}

  /** What a change would buy. */
  record Change(
      String change, double goodputMoreRps, int devicesMore, @Nullable Double moneyMorePerHour) {}

  static PlanFigures of(PlanChoice.Chosen chosen, JudgedWindow window, WhatIfs whatIfs) {
    return new PlanFigures(
        true,
        window.workload().size(),
        window.workload().windowNanos() / 1e9,
        judged(chosen.best(), window),
        chosen.runnerUp().map(each -> judged(each, window)).orElse(null),
        chosen.tried().size(),
        chosen.atDemand().binding().stream()
            .map(each -> new Binding(each.constraint().toString(), each.valuePerUnit()))
            .toList(),
        whatIfs.changes().stream()
            .map(each ->
                new Change(
                    each.text(),
                    each.goodMorePerSecond(),
                    each.devicesMore(),
                    each.moneyMorePerHour().isPresent()
                        ? each.moneyMorePerHour().getAsDouble()
                        : null))
            .toList(),
        List.of());
  }

  static PlanFigures infeasible(PlanningResult.Infeasible why, JudgedWindow window) {
    return new PlanFigures(
        false,
        window.workload().size(),
        window.workload().windowNanos() / 1e9,
        null,
        null,
        0,
        List.of(),
        List.of(),
        why.contradiction().stream().map(Object::toString).toList());
  }

  private static Judged judged(PlanChoice.Tried tried, JudgedWindow window) {
    JudgedPlan judged = tried.judged();
    return new Judged(
        tried.headroom(),
        judged.plan().totals().devices(),
        known(judged.plan().totals().moneyPerHour()),
        known(judged.plan().totals().watts()),
        known(judged.plan().totals().gramsPerHour()),
        judged.goodPerSecond(),
        judged.servicesBelow(),
        judged.plan().groups().stream().map(PlanFigures::group).toList(),
        IntStream.range(0, judged.services().size())
            .mapToObj(s -> service(judged, s, window))
            .toList());
  }

  private static Group group(DeviceGroup group) {
    return new Group(
        group.device(), group.devices(), group.shares().stream().map(PlanFigures::share).toList());
  }

  private static Share share(DeviceGroup.Share share) {
    PlacementOption option = share.option();
    return new Share(option.service(), option.variant(), share.timeShare(), option.maxBatch());
  }

  private static Service service(JudgedPlan judged, int s, JudgedWindow window) {
    JudgedService service = judged.services().get(s);
    ServiceAllocation planned = judged.plan().service(service.service());
    return new Service(
        service.service(),
        service.offeredPerSecond(),
        planned.servedPerSecond(),
        planned.ceilingPerSecond(),
        service.goodPerSecond(),
        service.attainment(),
        window.services().get(s).objective().percentile() / 100,
        number(service.answers().p50Millis()),
        number(service.answers().p99Millis()),
        number(service.answers().meanQuality()),
        service.answers().shareByVariant());
  }

  private static @Nullable Double known(Figure figure) {
    return figure.isKnown() ? figure.value() : null;
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
