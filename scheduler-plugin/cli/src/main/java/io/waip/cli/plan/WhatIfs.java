package io.waip.cli.plan;

import io.waip.api.RequestDescriptor;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.resource.Figure;
import io.waip.replay.judge.JudgedPlan;
import io.waip.replay.judge.JudgedWindow;
import io.waip.replay.judge.PlanChoice;
import io.waip.replay.judge.PlanSearch;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What changes would buy, each planned and judged on the same requests.
 *
 * @param changes in the order tried
 */
record WhatIfs(List<Change> changes) {
  /** How much longer every latency objective is in the second change. */
  static final Duration LONGER = Duration.ofMillis(10);

  /**
   * A change and the plan with it.
   *
   * @param text what is changed
   * @param goodMorePerSecond requests in time per second over those of the plan chosen
   * @param devicesMore devices used over those of the plan chosen
   * @param moneyMorePerHour over that of the plan chosen; unknown where a price is
   */
  record Change(
      String text, double goodMorePerSecond, int devicesMore, OptionalDouble moneyMorePerHour) {}

  /**
   * What is changed.
   *
   * @param problem as it is
   * @param longer the same with longer objectives
   */
  record Asked(PlanningProblem problem, PlanningProblem longer, JudgedWindow window) {}

  WhatIfs {
    changes = List.copyOf(changes);
  }

  /**
   * Tries one more device of each kind that is used up, and longer objectives.
   *
   * @param onStep called before each
   */
  static WhatIfs of(Asked asked, JudgedPlan best, Runnable onStep) {
    List<Change> changes = new ArrayList<>();
    for (DeviceSupply device : asked.problem().devices()) {
      if (used(best, device.name()) == device.count() && best.servicesBelow() > 0) {
        onStep.run();
        tried("one more " + device.name(), oneMore(asked.problem(), device), asked.window(), best)
            .ifPresent(changes::add);
      }
    }
    onStep.run();
    String text = LONGER.toMillis() + " ms longer objectives";
    tried(text, asked.longer(), longer(asked.window()), best).ifPresent(changes::add);
    return new WhatIfs(changes);
  }

  private static int used(JudgedPlan plan, String device) {
    return plan.plan().groups().stream()
        .filter(group -> group.device().equals(device))
        .mapToInt(group -> group.devices())
        .sum();
  }

  private static PlanningProblem oneMore(PlanningProblem problem, DeviceSupply device) {
    return problem.withDevices(
        problem.devices().stream()
            .map(each -> each.equals(device) ? each.withCount(each.count() + 1) : each)
            .toList());
  }

  private static Optional<Change> tried(
      String text, PlanningProblem changed, JudgedWindow window, JudgedPlan best) {
    PlanChoice choice = new PlanSearch(PlanSearch.Effort.DEFAULT).find(changed, window);
    return choice instanceof PlanChoice.Chosen chosen
        ? Optional.of(change(text, chosen.best().judged(), best))
        : Optional.empty();
  }

  private static Change change(String text, JudgedPlan with, JudgedPlan best) {
    return new Change(
        text,
        with.goodPerSecond() - best.goodPerSecond(),
        with.plan().totals().devices() - best.plan().totals().devices(),
        more(with.plan().totals().moneyPerHour(), best.plan().totals().moneyPerHour()));
  }

  private static OptionalDouble more(Figure with, Figure before) {
    return with.isKnown() && before.isKnown()
        ? OptionalDouble.of(with.value() - before.value())
        : OptionalDouble.empty();
  }

  private static JudgedWindow longer(JudgedWindow window) {
    Workload from = window.workload();
    Workload.Builder workload = new Workload.Builder(from.windowNanos(), from.size());
    for (int i = 0; i < from.size(); i++) {
      boolean isBound = from.deadlineNanos(i) != RequestDescriptor.NO_DEADLINE;
      long deadline = isBound ? from.deadlineNanos(i) + LONGER.toNanos() : from.deadlineNanos(i);
      workload.add(
          new Workload.Request(
              from.service(i),
              from.arrivalNanos(i),
              from.length(i),
              from.tier(i),
              from.tenant(i),
              deadline));
    }
    return new JudgedWindow(
        workload.build(), window.services(), window.tenants(), window.times(), window.noise());
  }
}
