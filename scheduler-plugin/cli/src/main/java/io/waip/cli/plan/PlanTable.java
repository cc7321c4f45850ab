package io.waip.cli.plan;

import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult;
import io.waip.cli.report.Texts;
import io.waip.replay.trace.Workload;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a plan for people. */
final class PlanTable {
  private static final int MOST_BINDING = 3;

  private final PrintWriter out;

  PlanTable(PrintWriter out) {
    this.out = out;
  }

  void problem(PlanningProblem problem, Workload workload) {
    line(
        "window    %d requests in %.1f s, %.1f/s",
        workload.size(), workload.windowNanos() / 1e9, workload.offeredPerSecond());
    line(
        "choice    %d services, %d ways to run them, %d kinds of devices",
        problem.services().size(), problem.options().size(), problem.devices().size());
    out.flush();
  }

  void chosen(PlanFigures figures) {
    PlanFigures.Judged plan = figures.plan();
    if (plan == null) {
      return;
    }
    line("plan      %s", summary(plan));
    for (PlanFigures.Group group : plan.groups()) {
      line(
          "  %d x %-12s %s",
          group.devices(),
          group.device(),
          group.shares().stream().map(PlanTable::share).collect(Collectors.joining(", ")));
    }
    out.println();
    line(
        "%-20s %10s %10s %10s %9s %9s %9s %8s  %s",
        "service",
        "offered/s",
        "planned/s",
        "in time/s",
        "attained",
        "p50 ms",
        "p99 ms",
        "quality",
        "answered by");
    plan.services().forEach(this::service);
    out.println();
    PlanFigures.Judged other = figures.runnerUp();
    line("runner-up %s", other == null ? "none: one plan alone was judged" : summary(other));
    figures.binding().stream()
        .limit(MOST_BINDING)
        .forEach(each ->
            line(
                "limit     %s: one more is worth %.4g a second",
                each.constraint(), each.valuePerUnit()));
    figures
        .whatIf()
        .forEach(each ->
            line(
                "what if   %s: %+.1f/s in time, %+d devices",
                each.change(), each.goodputMoreRps(), each.devicesMore()));
    line("judged    %d plans on these requests", figures.plansJudged());
    out.flush();
  }

  private static String summary(PlanFigures.Judged plan) {
    String below =
        plan.servicesBelowObjective() == 0
            ? "every service keeps its objective"
            : plan.servicesBelowObjective() + " services below their objective";
    return Texts.format(
        "%d devices%s%s%s, %.1f/s in time, %s",
        plan.devices(),
        amount(plan.moneyPerHour(), ", %.2f/h"),
        amount(plan.watts(), ", %.0f W"),
        amount(plan.gramsPerHour(), ", %.0f g CO2e/h"),
        plan.goodputRps(),
        below);
  }

  private static String amount(@Nullable Double value, String format) {
    return value == null ? "" : Texts.format(format, value);
  }

  private static String share(PlanFigures.Share share) {
    return Texts.format(
        "%s/%s %.0f %% of the time, batches to %d",
        share.service(), share.model(), 100 * share.timeShare(), share.maxBatch());
  }

  private void service(PlanFigures.Service service) {
    line(
        "%-20s %10.1f %10.1f %10.1f %8.2f%% %9s %9s %8s  %s",
        service.name(),
        service.offeredRps(),
        service.plannedRps(),
        service.goodputRps(),
        100 * service.attainment(),
        figure(service.p50Ms(), "%.1f"),
        figure(service.p99Ms(), "%.1f"),
        figure(service.meanQuality(), "%.4f"),
        service.shareByModel().entrySet().stream()
            .map(PlanTable::model)
            .collect(Collectors.joining(", ")));
  }

  private static String model(Map.Entry<String, Double> share) {
    return Texts.format("%s %.0f %%", share.getKey(), 100 * share.getValue());
  }

  private static String figure(@Nullable Double value, String format) {
    return value == null ? "-" : Texts.format(format, value);
  }

  void infeasible(PlanningResult.Infeasible why) {
    out.println("no plan keeps all of these together:");
    why.contradiction().forEach(each -> out.println("  " + each));
    why.promisesKept()
        .forEach((service, rate) ->
            line("what can be promised of %s beside the others: %.1f/s", service, rate));
    out.flush();
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  private void line(String format, @Nullable Object... values) {
    out.println(Texts.format(format, values));
  }
}
