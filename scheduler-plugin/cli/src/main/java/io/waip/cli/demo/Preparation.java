package io.waip.cli.demo;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.demo.load.TextPool;
import io.waip.cli.input.UserError;
import io.waip.cli.report.Texts;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.ProgressLine;
import io.waip.cli.text.TextCorpus;
import io.waip.cli.text.TextTokenizer;
import io.waip.onnxruntime.CostProfiler;
import io.waip.onnxruntime.LoadedModels;
import io.waip.replay.limit.BatchCost;
import io.waip.replay.limit.Capacity;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Loads, calibrates and measures: models, texts, quality, cost curve, capacity.
 *
 * <p>One worker with as many threads as there are cores: on this class of machine that has more
 * room between the best and the worst batches than one worker per core, and the same in every arm.
 */
final class Preparation {
  static final String SERVICE = "embed";
  static final double QUALITY_FLOOR = 0.985;
  static final int WORKERS = 1;

  private static final int CALIBRATION_TEXTS = 400;
  private static final Duration PASS_BUDGET = Duration.ofSeconds(8);
  private static final int MAX_PASSES = 5;

  /** Passes go on while the last one raised the capacity by more than this factor. */
  private static final double SETTLED = 1.03;

  private static final long CORPUS_SEED = 20_261_124;

  private final Duration slo;
  private final int threads;
  private final ProgressLine progress;
  private final Cancellation cancellation;

  Preparation(Duration slo, int threads, ProgressLine progress, Cancellation cancellation) {
    this.slo = slo;
    this.threads = threads;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /** Returns the objective of the service. */
  Objective objective() {
    return new Objective(Tier.INTERACTIVE, slo, Objective.DEFAULT_PERCENTILE, QUALITY_FLOOR);
  }

  /**
   * Does everything, about a minute.
   *
   * @throws UserError if the objective is shorter than one request takes
   * @throws CancelledRun if a signal came
   */
  Prepared prepare() throws InterruptedException {
    progress.update("models", "loading ...");
    long started = System.nanoTime();
    DemoModels models = new DemoModels(threads);
    TextPool texts = tokenize();
    Calibration calibration;
    try (LoadedModels provisional = models.both(1)) {
      calibration = Calibration.measure(provisional, texts, CALIBRATION_TEXTS);
    }
    requireReachable(calibration);
    LoadedModels both = models.both(calibration.quality());
    progress.done(
        "models",
        Texts.format(
            "all-MiniLM-L6-v2 fp32 and int8, 1 worker x %d threads, ready in %.1f s;"
                + " %d texts, longest %d tokens",
            threads, (System.nanoTime() - started) / 1e9, texts.size(), texts.maxLength()));
    progress.done("quality", describe(calibration));
    List<CostPoint> curve = settledCurve(both, texts);
    LatencyModel model = CostProfiler.modelOf(curve);
    Deployment deployment = deployment(both);
    double capacity = capacity(model, texts);
    return new Prepared(
        texts.withReferences(calibration.references()),
        both,
        models.forDirectMode(),
        calibration,
        curve,
        model,
        deployment,
        capacity);
  }

  private static TextPool tokenize() {
    List<String> texts = new ArrayList<>(TextCorpus.bundled().texts());
    Collections.shuffle(texts, new Random(CORPUS_SEED));
    try (TextTokenizer tokenizer = TextTokenizer.miniLm(DemoModels.MAX_LENGTH)) {
      return TextPool.of(tokenizer.encodeAll(texts));
    }
  }

  private static String describe(Calibration calibration) {
    return Texts.format(
        "int8 agrees with fp32 by %.4f on average, least %.3f (mean-pooled cosine, %d texts);"
            + " floor %.3f: %s",
        calibration.quality(),
        calibration.leastQuality(),
        calibration.references().size(),
        QUALITY_FLOOR,
        calibration.quality() >= QUALITY_FLOOR ? "it may serve" : "it may not serve");
  }

  private void requireReachable(Calibration calibration) {
    double single = Collections.min(calibration.singleMillis());
    if (single > slo.toNanos() / 1e6) {
      throw unreachable(single, "of median length");
    }
  }

  private UserError unreachable(double millis, String which) {
    return new UserError(
        Texts.format(
            "objective %.3f ms is below the %.2f ms that one request %s takes alone",
            slo.toNanos() / 1e6, millis, which),
        "--slo",
        "",
        "raise the objective, for example to 100ms");
  }

  /**
   * Measures execution times in passes, keeping the lower median of each shape, until a pass no
   * longer shows the machine faster than it seemed. On a shared machine a single pass may fall into
   * a slow phase and call an idle load an overload.
   */
  private List<CostPoint> settledCurve(LoadedModels models, TextPool texts)
      throws InterruptedException {
    List<CostPoint> curve = measureCurve(models, PASS_BUDGET);
    double capacity = capacity(CostProfiler.modelOf(curve), texts);
    boolean settled = false;
    for (int pass = 2; pass <= MAX_PASSES && !settled; pass++) {
      curve = CurveMerge.lower(curve, measureCurve(models, PASS_BUDGET));
      double merged = capacity(CostProfiler.modelOf(curve), texts);
      settled = merged <= capacity * SETTLED;
      capacity = merged;
    }
    return curve;
  }

  /**
   * Measures execution times once.
   *
   * @throws CancelledRun if a signal came
   */
  List<CostPoint> measureCurve(LoadedModels models, Duration budget) throws InterruptedException {
    progress.update("cost curve", "measuring execution times over batch size and length ...");
    long started = System.nanoTime();
    CostProfiler profiler = new CostProfiler(models, WORKERS, slo.multipliedBy(6).dividedBy(5));
    List<CostPoint> curve = interruptibly(profiler, budget);
    progress.done(
        "cost curve",
        Texts.format(
            "%d shapes, %d executions, measured in %.0f s",
            curve.size(),
            curve.stream().mapToInt(CostPoint::samples).sum(),
            (System.nanoTime() - started) / 1e9));
    return curve;
  }

  /** Measures so that a signal ends it at once. */
  private List<CostPoint> interruptibly(CostProfiler profiler, Duration budget)
      throws InterruptedException {
    Thread measuring = Thread.currentThread();
    AtomicBoolean active = new AtomicBoolean(true);
    cancellation.onRequest(() -> {
      if (active.get()) {
        measuring.interrupt();
      }
    });
    try {
      return profiler.measure(budget);
    } catch (InterruptedException e) {
      if (cancellation.isRequested()) {
        throw new CancelledRun("stopped by a signal while measuring; no request was open");
      }
      throw e;
    } finally {
      active.set(false);
    }
  }

  private Deployment deployment(LoadedModels models) {
    return new Deployment(
        List.of(new Service(SERVICE, objective(), models.isPaddable(), models.variants())),
        List.of(
            Tenant.unlimited(TextLoad.INTERACTIVE_TENANT),
            Tenant.unlimited(TextLoad.OFFLINE_TENANT)),
        IntStream.range(0, WORKERS).mapToObj(i -> Endpoint.worker("worker-" + i)).toList());
  }

  private double capacity(LatencyModel model, TextPool texts) {
    Workload.Builder eachOnce = new Workload.Builder(1);
    for (int i = 0; i < texts.size(); i++) {
      eachOnce.add(0, texts.length(i), Tier.OFFLINE, 0, RequestDescriptor.NO_DEADLINE);
    }
    WorkerPool pool = new WorkerPool(WORKERS, 1, DemoModels.MAX_BATCH);
    try {
      return Capacity.perSecond(eachOnce.build(), BatchCost.of(model), pool, 0, slo.toNanos());
    } catch (IllegalArgumentException e) {
      int longest = texts.maxLength();
      throw unreachable(model.medianNanos(0, 1, longest) / 1e6, "of " + longest + " tokens");
    }
  }
}
