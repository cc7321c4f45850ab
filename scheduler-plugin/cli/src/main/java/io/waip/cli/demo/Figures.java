package io.waip.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.waip.cli.demo.load.ArmFigures;
import io.waip.cli.demo.load.ArmRun;
import io.waip.cli.demo.tune.Tuned;
import io.waip.cli.settings.SettingsText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of a run as JSON; keys are a contract and carry their unit. */
final class Figures {
  private Figures() {}

  /** An arm's figures, and for a baseline how it was set. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record ArmJson(
      @JsonUnwrapped ArmFigures figures,
      @Nullable Map<String, Object> settings,
      @Nullable Map<String, Object> tuning) {}

  static Map<String, Object> of(DemoResult result, List<Bar> bars, String arrivalsFile) {
    Prepared prepared = result.prepared();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("requests", result.judged().size());
    json.put("load", result.load());
    json.put("slo_ms", result.judged().window().sloNanos() / 1e6);
    json.put("window_s", result.judged().window().seconds());
    json.put("capacity_rps", prepared.capacityRps());
    json.put("offered_rps", result.judged().offeredRps());
    json.put("limit_rps", result.limitRps());
    json.put("limit_fp32_rps", result.referenceLimitRps());
    DemoResult.Arms arms = result.arms();
    json.put("planned", arm(arms.planned()));
    json.put("triton_version", result.tritonVersion());
    json.put("stock", arm(arms.stock()));
    ArmJson tuned = arm(arms.baseline(), result.tunedReference());
    json.put("tuned", tuned);
    json.put("baseline", tuned);
    json.put("baseline_best_variant", arm(arms.baselineBestVariant(), result.tunedBest()));
    json.put("fp32_only", arm(arms.referenceOnly()));
    json.put("bars", bars);
    json.put("warnings", Warnings.of(result));
    json.put("quality", quality(prepared));
    json.put("workers", Preparation.WORKERS);
    json.put("threads_per_worker", result.machine().cores());
    json.put("cost_curve", curve(result));
    json.put("arrivals_file", arrivalsFile);
    json.put("machine", result.machine());
    return json;
  }

  private static ArmJson arm(ArmRun run) {
    return new ArmJson(run.figures(), null, null);
  }

  private static ArmJson arm(ArmRun run, Tuned tuned) {
    Map<String, Object> tuning = new LinkedHashMap<>();
    tuning.put("configurations", tuned.configurations());
    tuning.put("seconds", tuned.seconds());
    tuning.put("rounds", tuned.rounds());
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("variant", run.log().variants().get(tuned.best().variant()));
    settings.putAll(SettingsText.figures(tuned.best()));
    settings.put("instances", Preparation.WORKERS);
    return new ArmJson(run.figures(), settings, tuning);
  }

  private static Map<String, Object> quality(Prepared prepared) {
    Map<String, Object> quality = new LinkedHashMap<>();
    quality.put("floor", Preparation.QUALITY_FLOOR);
    quality.put("variant", DemoModels.QUANTIZED);
    quality.put("mean_cosine", prepared.calibration().quality());
    quality.put("least_cosine", prepared.calibration().leastQuality());
    quality.put("texts", prepared.calibration().references().size());
    quality.put("may_serve", prepared.isQuantizedAllowed());
    return quality;
  }

  private static List<Map<String, Object>> curve(DemoResult result) {
    return result.curve().stream()
        .map(point -> {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("variant", result.prepared().both().variants().get(point.variant()).model());
          json.put("batch", point.batch());
          json.put("length", point.length());
          json.put("median_ms", point.nanos() / 1e6);
          json.put("samples", point.samples());
          return json;
        })
        .toList();
  }
}
