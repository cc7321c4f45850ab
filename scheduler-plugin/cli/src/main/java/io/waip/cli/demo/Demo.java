package io.waip.cli.demo;

import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Service;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.demo.report.HtmlReport;
import io.waip.cli.demo.report.Texts;
import io.waip.cli.demo.tune.Tuned;
import io.waip.replay.limit.GoodputLimit;
import java.util.List;
import java.util.Optional;

/** The main job from the models to the report. */
final class Demo {
  private final DemoOptions options;
  private final ReportFiles files;
  private final Surroundings around;

  Demo(DemoOptions options, ReportFiles files, Surroundings around) {
    this.options = options;
    this.files = files;
    this.around = around;
  }

  /**
   * Runs everything.
   *
   * @return whether every request of every arm was answered exactly once and without an error
   * @throws CancelledRun if a signal came
   */
  boolean run() throws InterruptedException {
    LoadFactory.ArrivalTimes times = arrivalTimes();
    Machine machine = Machine.describe();
    Preparation preparation =
        new Preparation(options.slo(), machine.cores(), around.progress(), around.cancellation());
    try (Prepared prepared = preparation.prepare()) {
      DemoResult result = race(prepared, preparation, times, machine);
      publish(result);
      return result.arms().areSound();
    }
  }

  private LoadFactory.ArrivalTimes arrivalTimes() {
    return Optional.ofNullable(options.trace())
        .map(ArrivalTrace::read)
        .map(trace -> LoadFactory.ArrivalTimes.ofTrace(trace, options.seed()))
        .orElseGet(LoadFactory.ArrivalTimes::poisson);
  }

  private DemoResult race(
      Prepared prepared, Preparation preparation, LoadFactory.ArrivalTimes times, Machine machine)
      throws InterruptedException {
    double rps = options.load() * prepared.capacityRps();
    LoadFactory loads =
        new LoadFactory(prepared.texts(), times, rps, options.slo(), options.seed());
    TextLoad judged = loads.judged(options.window());
    around
        .progress()
        .done(
            "load",
            Texts.format(
                "capacity of fp32 %.0f/s x %.2f = %.0f requests/s for %d s,"
                    + " 20 %% interactive within %d ms",
                prepared.capacityRps(),
                options.load(),
                judged.offeredRps(),
                options.window().toSeconds(),
                options.slo().toMillis()));
    Race race = new Race(prepared, loads, preparation.objective(), around);
    Tuned reference = race.tuneReference();
    Tuned best = race.tuneBest(reference);
    DemoResult.Arms arms = race.run(judged, reference, best);
    return new DemoResult(
        options.load(),
        prepared,
        judged,
        limit(judged, prepared, prepared.deployment()),
        limit(judged, prepared, referenceOnly(prepared.deployment())),
        reference,
        best,
        arms,
        machine);
  }

  private static double limit(TextLoad load, Prepared prepared, Deployment deployment) {
    long window = load.rule().windowNanos();
    return GoodputLimit.requests(load, deployment, prepared.model(), window)
        / load.rule().windowSeconds();
  }

  private static Deployment referenceOnly(Deployment deployment) {
    Service service = deployment.services().getFirst();
    Service reference =
        new Service(
            service.name(),
            service.objective(),
            service.paddable(),
            service.variants().subList(0, 1));
    return new Deployment(List.of(reference), deployment.tenants(), deployment.endpoints());
  }

  private void publish(DemoResult result) {
    List<Bar> bars = Bars.of(result);
    String arrivals = files.writeArrivals(result.judged());
    files.writeFigures(Figures.of(result, bars, arrivals));
    around.out().println();
    around.out().print(ResultTable.of(result, bars));
    around
        .out()
        .println("report: " + files.writeReport(HtmlReport.of(DemoReport.of(result, bars))));
    around.out().flush();
  }
}
