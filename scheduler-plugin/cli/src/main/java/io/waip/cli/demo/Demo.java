package io.waip.cli.demo;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.demo.triton.TritonStage;
import io.waip.cli.demo.tune.Tuned;
import io.waip.cli.report.Texts;
import io.waip.onnxruntime.CostProfiler;
import io.waip.replay.limit.BatchCost;
import io.waip.replay.limit.GoodputLimit;
import io.waip.replay.limit.WorkerPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The main job from the models to the report. */
final class Demo {
  private static final Duration SECOND_CURVE_BUDGET = Duration.ofSeconds(12);

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
    Tuned reference;
    Tuned best;
    DemoResult.Arms arms;
    String tritonVersion;
    try (TritonStage stage = TritonStage.start(equipment(prepared, preparation))) {
      Race race = new Race(prepared, stage, loads, around);
      tritonVersion = stage.tritonVersion();
      reference = race.tuneReference();
      best = race.tuneBest(reference);
      arms = race.run(judged, reference, best);
    }
    List<CostPoint> curve =
        CurveMerge.lower(
            prepared.curve(), preparation.measureCurve(prepared.both(), SECOND_CURVE_BUDGET));
    LatencyModel model = CostProfiler.modelOf(curve);
    return new DemoResult(
        options.load(),
        prepared,
        judged,
        curve,
        limit(judged, model, prepared.isQuantizedAllowed() ? 2 : 1),
        limit(judged, model, 1),
        reference,
        best,
        arms,
        tritonVersion,
        machine);
  }

  private TritonStage.Equipment equipment(Prepared prepared, Preparation preparation) {
    return new TritonStage.Equipment(
        prepared.both().variants(),
        prepared.direct(),
        prepared.curve(),
        preparation.objective(),
        Preparation.WORKERS,
        line -> around.progress().update("server", line));
  }

  private static double limit(TextLoad load, LatencyModel model, int variants) {
    WorkerPool pool = new WorkerPool(Preparation.WORKERS, variants, DemoModels.MAX_BATCH);
    return GoodputLimit.of(load.requests(), BatchCost.of(model), pool).ratePerSecond();
  }

  private void publish(DemoResult result) {
    List<Bar> bars = Bars.of(result);
    String arrivals = files.writeArrivals(result.judged());
    files.writeFigures(Figures.of(result, bars, arrivals));
    around.out().println();
    around.out().print(ResultTable.of(result, bars));
    Warnings.of(result).forEach(warning -> around.out().println("warning: " + warning));
    around.out().println("report: " + files.writeReport(DemoReport.of(result, bars)));
    around.out().flush();
  }
}
