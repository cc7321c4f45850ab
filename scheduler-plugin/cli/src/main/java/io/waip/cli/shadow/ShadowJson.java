package io.waip.cli.shadow;

import io.waip.replay.shadow.ModelErrors;
import io.waip.replay.shadow.ShadowFigures;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Two models over the same executions, as JSON. */
public final class ShadowJson {
  private ShadowJson() {}

  /** Returns the figures of one variant with the keys of {@code docs/cost-models.md}. */
  public static Map<String, @Nullable Object> of(String variant, ShadowFigures figures) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("variant", variant);
    json.put("executions", figures.executions());
    json.put("unknown_executions", figures.unknown());
    json.put("first", errors(figures.first()));
    json.put("shadow", errors(figures.shadow()));
    json.put("difference", number(figures.difference().mean()));
    json.put("difference_low", number(figures.difference().low()));
    json.put("difference_high", number(figures.difference().high()));
    json.put("verdict", figures.difference().verdict().name().toLowerCase(Locale.ROOT));
    return json;
  }

  private static Map<String, @Nullable Object> errors(ModelErrors errors) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("mean_abs_rel_error", number(errors.meanAbsRelError()));
    json.put("mean_log_ratio", number(errors.meanLogRatio()));
    json.put("coverage_p95", number(errors.coverageP95()));
    json.put("coverage_p99", number(errors.coverageP99()));
    json.put("width_p95", number(errors.widthP95()));
    return json;
  }

  private static @Nullable Double number(OptionalDouble figure) {
    return figure.isEmpty() ? null : Double.valueOf(figure.getAsDouble());
  }

  private static @Nullable Double number(double figure) {
    return Double.isNaN(figure) ? null : Double.valueOf(figure);
  }
}
