package io.waip.cli.demo;

import io.waip.cli.demo.load.Arm;
import io.waip.cli.demo.load.ArmFigures;
import io.waip.cli.demo.load.ArmRun;
import io.waip.cli.demo.load.ArmRunner;
import io.waip.cli.demo.load.RequestLog;
import io.waip.cli.demo.load.Stage;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.demo.tune.Tuned;
import io.waip.cli.demo.tune.Tuner;
import io.waip.cli.report.Texts;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.ProgressLine;
import io.waip.cli.settings.SettingsText;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.tune.SettingsGrid;
import java.time.Duration;
import java.util.function.Consumer;

/** Tunes the baseline and runs the arms one after another on the same arrivals. */
final class Race {
  private static final int REFERENCE = 0;
  private static final int QUANTIZED = 1;
  private static final Tuner.Effort EFFORT =
      new Tuner.Effort(4, Duration.ofSeconds(4), Duration.ofSeconds(50));

  private final Prepared prepared;
  private final Stage stage;
  private final LoadFactory loads;
  private final ArmRunner runner;
  private final ProgressLine progress;
  private final Cancellation cancellation;

  Race(Prepared prepared, Stage stage, LoadFactory loads, Surroundings around) {
    this.prepared = prepared;
    this.stage = stage;
    this.loads = loads;
    cancellation = around.cancellation();
    progress = around.progress();
    runner = new ArmRunner(prepared.model(), cancellation);
  }

  /** Searches the baseline's settings for the reference variant. */
  Tuned tuneReference() throws InterruptedException {
    return tune("tune fp32", REFERENCE);
  }

  /**
   * Searches the baseline's settings for the best single variant above the floor.
   *
   * @param reference what was found for the reference variant
   */
  Tuned tuneBest(Tuned reference) throws InterruptedException {
    return prepared.isQuantizedAllowed() ? tune("tune int8", QUANTIZED) : reference;
  }

  private Tuned tune(String step, int variant) throws InterruptedException {
    Tuner tuner =
        new Tuner(
            loads::tuning,
            prepared.deployment(),
            prepared.model(),
            (settings, load) -> realGoodput(step, settings, load),
            new Tuner.Search(EFFORT, cancellation));
    long slo = prepared.deployment().services().getFirst().objective().latency().toNanos();
    Tuned tuned =
        tuner.search(
            SettingsGrid.of(variant, DemoModels.MAX_BATCH, slo),
            text -> progress.update(step, text));
    requireGoing("while tuning");
    progress.done(
        step,
        Texts.format(
            "%d configurations in %.0f s; best: %s, %.0f/s",
            tuned.configurations(),
            tuned.seconds(),
            SettingsText.of(tuned.best()),
            tuned.rounds().getLast().bestGoodputRps()));
    return tuned;
  }

  private double realGoodput(String step, DynamicBatcherSettings settings, TextLoad load)
      throws InterruptedException {
    Arm arm = new Arm(step, step, stage.batcher(settings));
    ArmRun run = runner.run(arm, loads.warmUp(), load, _ -> {});
    requireGoing(account(step, run.figures()));
    return run.figures().goodputRps();
  }

  /** Runs all arms. */
  DemoResult.Arms run(TextLoad judged, Tuned reference, Tuned best) throws InterruptedException {
    ArmRun stock = run("stock", "stock Triton, fp32", stage.stock(), judged);
    ArmRun baseline =
        run("baseline", "tuned Triton, fp32", stage.batcher(reference.best()), judged);
    ArmRun bestVariant =
        run(
            "baseline_best_variant",
            prepared.isQuantizedAllowed() ? "tuned Triton, int8" : "tuned Triton, fp32 again",
            stage.batcher(best.best()),
            judged);
    ArmRun referenceOnly = run("fp32_only", "planner, fp32 only", stage.planner(true), judged);
    ArmRun planned = run("planned", "planner", stage.planner(false), judged);
    return new DemoResult.Arms(stock, baseline, bestVariant, referenceOnly, planned);
  }

  private ArmRun run(String name, String title, Arm.Opener opener, TextLoad load)
      throws InterruptedException {
    progress.update(name, "warming up ...");
    Arm arm = new Arm(name, title, opener);
    ArmRun run = runner.run(arm, loads.warmUp(), load, watcher(name));
    requireGoing(account(name, run.figures()));
    ArmFigures figures = run.figures();
    progress.done(
        name,
        Texts.format(
            "goodput %.0f/s of %.0f/s, interactive %.1f %%, mean batch %.1f, padding %.0f %%",
            figures.goodputRps(),
            load.offeredRps(),
            100 * figures.interactiveAttainment(),
            figures.meanBatch(),
            100 * figures.paddingShare()));
    return run;
  }

  private Consumer<RequestLog> watcher(String step) {
    long started = System.nanoTime();
    return log -> {
      double attainment = log.interactiveAttainment();
      progress.update(
          step,
          Texts.format(
              "%.0f s: %d sent, %d in time, interactive %.1f %%",
              (System.nanoTime() - started) / 1e9,
              log.sent(),
              log.good(),
              Double.isNaN(attainment) ? 100 : 100 * attainment));
    };
  }

  private void requireGoing(String account) {
    if (cancellation.isRequested()) {
      throw new CancelledRun("stopped by a signal " + account);
    }
  }

  private static String account(String step, ArmFigures figures) {
    long inTime = figures.requests() - figures.late() - figures.shed() - figures.unfinished();
    return Texts.format(
        "during %s; of %d requests sent: %d in time, %d late, %d shed, %d evicted at the stop,"
            + " %d errors, %d lost, %d answered twice",
        step,
        figures.requests(),
        inTime - figures.errors() - figures.lost(),
        figures.late(),
        figures.shed(),
        figures.unfinished(),
        figures.errors(),
        figures.lost(),
        figures.duplicated());
  }
}
