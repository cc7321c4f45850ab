package io.waip.cli.replay.page;

import io.waip.api.Durations;
import io.waip.api.Outcome;
import io.waip.cli.report.ReportPage;
import io.waip.cli.report.Texts;
import io.waip.replay.LatencyDistribution;
import io.waip.replay.PolicyRun;
import io.waip.replay.ReplayReport;
import io.waip.replay.ReplaySpec;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The report of a replay: what to show, in which order. */
final class ReplayPage {
  private final View view;
  private final ReplayReport report;
  private final double limit;
  private final double clairvoyant;

  private ReplayPage(View view) {
    this.view = view;
    report = view.report();
    limit = report.limit().ratePerSecond();
    clairvoyant = report.clairvoyant().map(ClairvoyantGoodput::ratePerSecond).orElse(Double.NaN);
  }

  static ReportPage of(View view) {
    ReplayPage page = new ReplayPage(view);
    return new ReportPage(
        "WAIP replay: " + view.subject().source(),
        page.summary(),
        page.cards(),
        List.of(page.policies()),
        List.of(
            LoadCharts.of(view),
            new ReportPage.Section(
                "What became of the requests",
                "",
                List.of(LatencyChart.of(view), LossChart.of(view))),
            ServiceCharts.of(view),
            TimelineCharts.of(view)),
        page.facts());
  }

  private String summary() {
    ReplaySpec spec = report.spec();
    return Texts.format(
        "%d requests in %.1f s. %s; %s, batches of up to %d, noise %.2f, seed %d.",
        report.replay().workload().size(),
        report.replay().workload().windowNanos() / 1e9,
        spec.services().stream().map(s -> service(spec, s)).collect(Collectors.joining("; ")),
        spec.devices().classes().stream()
            .map(ReplayPage::workers)
            .collect(Collectors.joining(", ")),
        spec.devices().maxBatch(),
        spec.noise().coefficientOfVariation(),
        spec.noise().seed());
  }

  private static String service(ReplaySpec spec, ServiceSpec service) {
    String name = spec.services().size() == 1 ? "" : service.name() + ": ";
    return name + "SLO " + Durations.format(service.sloNanos()) + ", " + cost(service.cost());
  }

  private static String workers(DeviceSpec device) {
    String count = device.count() + (device.count() == 1 ? " worker" : " workers");
    return device.speed() == 1 ? count : count + " of speed " + device.speed();
  }

  private static String cost(CostSpec cost) {
    String fixed =
        "a batch takes "
            + Durations.format(Math.round(cost.alphaNanos()))
            + " and "
            + Durations.format(Math.round(cost.betaNanos()))
            + " for each request";
    return cost.dependsOnLength()
        ? fixed
            + ", "
            + Durations.format(Math.round(cost.gammaNanos()))
            + " for each padded element"
        : fixed;
  }

  private List<ReportPage.Card> cards() {
    PolicyRun best =
        view.runs().stream()
            .max(Comparator.comparingDouble(PolicyRun::goodputPerSecond))
            .orElseThrow();
    return List.of(
        new ReportPage.Card(
            rate(report.replay().workload().offeredPerSecond()),
            Texts.format(
                "offered: load %.2f of a capacity of %.1f/s",
                report.replay().load(), report.replay().capacityPerSecond())),
        new ReportPage.Card(rate(limit), "limit: no schedule serves more in time"),
        new ReportPage.Card(
            Double.isNaN(clairvoyant) ? "–" : rate(clairvoyant),
            Double.isNaN(clairvoyant)
                ? "best schedule: not searched with events or above "
                    + ClairvoyantGoodput.MAX_REQUESTS
                    + " requests"
                : "best schedule found with full knowledge"),
        new ReportPage.Card(
            rate(best.goodputPerSecond()),
            Texts.format(
                "most goodput: %s, %s of the limit",
                best.policy().label(), Cells.percent(report.overLimit(best)))));
  }

  private static String rate(double perSecond) {
    return Texts.format("%.1f/s", perSecond);
  }

  private ReportPage.Table policies() {
    List<List<String>> rows = new ArrayList<>();
    for (PolicyRun run : view.runs()) {
      LatencyDistribution latencies = run.latencies();
      rows.add(
          List.of(
              run.policy().label(),
              Cells.tenths(run.goodputPerSecond()),
              Cells.percent(report.overLimit(run)),
              Cells.percent(run.goodputPerSecond() / clairvoyant),
              Cells.percent(run.attainment()),
              Cells.tenths(latencies.millis(50)),
              Cells.tenths(latencies.millis(99)),
              Cells.tenths(run.meanBatch()),
              String.valueOf(run.log().batches()),
              String.valueOf(run.count(Outcome.LATE)),
              String.valueOf(run.count(Outcome.REJECTED) + run.count(Outcome.EVICTED))));
    }
    return new ReportPage.Table(
        "Policies",
        List.of(
            "policy",
            "goodput, 1/s",
            "of limit",
            "of best found",
            "attained",
            "p50, ms",
            "p99, ms",
            "mean batch",
            "batches",
            "late",
            "refused or dropped"),
        rows,
        false);
  }

  private List<ReportPage.Fact> facts() {
    List<ReportPage.Fact> facts = new ArrayList<>();
    facts.add(new ReportPage.Fact("Call", view.subject().call()));
    facts.add(
        new ReportPage.Fact(
            "Goodput", "requests completed within their deadline, per second of the window"));
    facts.add(
        new ReportPage.Fact(
            "Limit",
            "fluid relaxation on the realised arrivals at nominal times, solved by the method "
                + report.limit().method()));
    facts.add(
        new ReportPage.Fact(
            "Best schedule",
            "an offline search with full knowledge at nominal times, from the schedules of all"
                + " policies on; the optimum lies between it and the limit"));
    facts.add(
        new ReportPage.Fact(
            "Latency", "percentiles of answers from the intended arrival, in time or late"));
    for (PolicyRun run : view.runs()) {
      facts.add(
          new ReportPage.Fact(
              run.policy().label() + ", hash of all decisions", run.log().decisionHash()));
    }
    return facts;
  }
}
