package io.waip.cli.fit;

import io.waip.api.cost.FitFigures;
import io.waip.api.cost.FitJudgement;
import io.waip.api.cost.FitJudgement.SetAside;
import io.waip.api.cost.FitJudgement.SubjectFigures;
import io.waip.api.cost.FitTrial;
import io.waip.api.measurement.Subject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The figures of a fit as JSON: those of all subjects together, then each. */
final class FitJson {
  private FitJson() {}

  static Map<String, @Nullable Object> of(FitJudgement judgement, FitTrial trial) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("splits", trial.splits());
    json.putAll(figures(judgement.overall()));
    json.put("subjects", judgement.subjects().stream().map(FitJson::subject).toList());
    json.put("set_aside", judgement.setAside().stream().map(FitJson::setAside).toList());
    return json;
  }

  private static Map<String, @Nullable Object> subject(SubjectFigures figures) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    Subject subject = figures.subject();
    json.put("variant", subject.variant());
    json.put("phase", subject.phase().name());
    json.put("device", subject.device());
    json.put("tensor_parallel", subject.tensorParallel());
    json.put("threads", subject.threads());
    json.put("bands_borrowed", figures.bandsBorrowed());
    json.putAll(figures(figures.figures()));
    return json;
  }

  private static Map<String, @Nullable Object> figures(FitFigures figures) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("points", figures.points());
    json.put("train_points", figures.trainPoints());
    json.put("mean_abs_rel_error", figures.meanAbsRelError());
    json.put("p99_abs_rel_error", figures.p99AbsRelError());
    json.put("pooled_p99_abs_rel_error", figures.pooledP99AbsRelError());
    json.put("extrapolated_share", figures.extrapolatedShare());
    json.put("within_mean_abs_rel_error", number(figures.withinMeanAbsRelError()));
    json.put("repeat_abs_rel_error", number(figures.repeatAbsRelError()));
    json.put("coverage_p95", number(figures.coverageP95()));
    json.put("coverage_p99", number(figures.coverageP99()));
    json.put("band_p95_median_width", number(figures.bandP95MedianWidth()));
    return json;
  }

  private static Map<String, Object> setAside(SetAside point) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source", point.measurement().source().toString());
    json.put("subject", point.measurement().subject().label());
    json.put("batch", point.measurement().batch());
    json.put("length", point.measurement().length());
    json.put("reason", point.reason());
    return json;
  }

  private static @Nullable Double number(double figure) {
    return Double.isNaN(figure) ? null : Double.valueOf(figure);
  }

  private static @Nullable Double number(OptionalDouble figure) {
    return figure.isEmpty() ? null : Double.valueOf(figure.getAsDouble());
  }
}
