package io.waip.cli.fit;

import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostModel;
import io.waip.api.v1.CostPoint;
import io.waip.api.v1.VariantCost;
import io.waip.cli.input.UserError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model read from a file.
 *
 * @param predictor its predictions
 * @param points the points of each subject it was fitted to, in the order of the file
 */
record OpenModel(LatencyPredictor predictor, Map<Subject, List<CostPoint>> points) {
  /**
   * Opens a file.
   *
   * @throws UserError if it holds no model that the fitter can read
   */
  static OpenModel of(CostModelFitter fitter, Path file) {
    CostModel model = CostModelText.read(file);
    try {
      LatencyPredictor predictor = fitter.open(model);
      Map<Subject, List<CostPoint>> points = new LinkedHashMap<>();
      for (VariantCost variant : model.getVariantsList()) {
        points.put(subject(variant), variant.getPointsList());
      }
      return new OpenModel(predictor, points);
    } catch (IllegalArgumentException e) {
      throw CostModelText.problem(file, String.valueOf(e.getMessage()));
    }
  }

  private static Subject subject(VariantCost variant) {
    return new Subject(
        variant.getVariant(),
        Phase.valueOf(variant.getPhase()),
        variant.getDevice(),
        variant.getTensorParallel(),
        variant.getThreads());
  }

  /** Returns the predicted median, nanoseconds; the subject is one of this model. */
  double nanos(Subject subject, CostPoint at) {
    return predictor.predict(subject, at.getBatch(), at.getLength()).medianNanos();
  }
}
