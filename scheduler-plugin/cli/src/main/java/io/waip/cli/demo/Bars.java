package io.waip.cli.demo;

import io.waip.api.Tier;
import io.waip.cli.demo.load.ArmFigures;
import io.waip.cli.demo.load.RequestLog;
import io.waip.cli.report.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Holds a run to its bars: factors under overload, no loss below capacity, soundness always. */
final class Bars {
  /** From this load on the planner must win by a factor; below it, it must not lose. */
  private static final double OVERLOAD = 1.3;

  private static final double LIMIT_SHARE = 0.85;
  private static final double OVER_BASELINE = 2;
  private static final double REFERENCE_OVER_BASELINE = 1.25;
  private static final double OVER_BEST_VARIANT = 1.2;
  private static final double NO_LOSS = 0.98;
  private static final double INTERACTIVE = 0.98;

  private final DemoResult result;
  private final double planned;
  private final double reference;
  private final double baseline;
  private final double bestVariant;

  private Bars(DemoResult result) {
    this.result = result;
    planned = result.arms().planned().figures().goodputRps();
    reference = result.arms().referenceOnly().figures().goodputRps();
    baseline = result.arms().baseline().figures().goodputRps();
    bestVariant = result.arms().baselineBestVariant().figures().goodputRps();
  }

  static List<Bar> of(DemoResult result) {
    return new Bars(result).all();
  }

  private List<Bar> all() {
    boolean overload = result.load() >= OVERLOAD;
    double limit = result.limitRps();
    double ownLimit = result.referenceLimitRps();
    List<Bar> bars = new ArrayList<>();
    bars.add(ratio("planned / limit", LIMIT_SHARE, planned, limit, limit));
    bars.add(
        ratio("planned / baseline", overload ? OVER_BASELINE : NO_LOSS, planned, baseline, limit));
    double wanted = overload ? REFERENCE_OVER_BASELINE : NO_LOSS;
    bars.add(ratio("fp32_only / baseline", wanted, reference, baseline, ownLimit));
    wanted = overload ? OVER_BEST_VARIANT : NO_LOSS;
    bars.add(ratio("planned / baseline_best_variant", wanted, planned, bestVariant, limit));
    ArmFigures figures = result.arms().planned().figures();
    double interactive = figures.interactiveAttainment();
    bars.add(bar("planned interactive attainment", INTERACTIVE, interactive, lossOf("planned")));
    long faults = result.arms().all().stream().mapToLong(run -> faults(run.figures())).sum();
    String counts = faults == 0 ? "" : "see the counts of the arms";
    bars.add(new Bar("errors + lost + duplicated, all arms", 0, faults, faults == 0, counts));
    return bars;
  }

  private Bar ratio(String name, double required, double value, double of, double limit) {
    double measured = value / of;
    String arm = name.startsWith("fp32_only") ? "fp32_only" : "planned";
    String why =
        limit / of < required
            ? Texts.format("the limit itself is only %.2f x", limit / of)
            : lossOf(arm);
    return bar(name, required, measured, why);
  }

  private static long faults(ArmFigures figures) {
    return figures.errors() + figures.lost() + figures.duplicated();
  }

  private static Bar bar(String name, double required, double measured, String why) {
    boolean met = measured >= required;
    return new Bar(name, required, measured, met, met ? "" : why);
  }

  private String lossOf(String arm) {
    var run = arm.equals("planned") ? result.arms().planned() : result.arms().referenceOnly();
    RequestLog log = run.log();
    ArmFigures figures = run.figures();
    double seconds = result.judged().window().seconds();
    return Texts.format(
        "not in time: %.0f/s interactive and %.0f/s offline; device busy %.0f %%; executions took"
            + " %.2f x the cost curve; mean batch %.1f; padding %.0f %%",
        missed(log, Tier.INTERACTIVE) / seconds,
        missed(log, Tier.OFFLINE) / seconds,
        100 * figures.busyShare(),
        figures.executionOverCurve(),
        figures.meanBatch(),
        100 * figures.paddingShare());
  }

  private static long missed(RequestLog log, Tier tier) {
    return IntStream.range(0, log.load().size())
        .filter(i -> log.load().tier(i) == tier && !log.isGood(i))
        .count();
  }
}
