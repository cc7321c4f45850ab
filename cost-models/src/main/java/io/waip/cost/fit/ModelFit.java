package io.waip.cost.fit;

import io.waip.api.measurement.Phase;
import io.waip.cost.shape.SubjectShapes;
import java.util.List;

/** Fits the subjects of a model; those of too few points borrow residuals within their phase. */
public final class ModelFit {
  private ModelFit() {}

  /** Returns a fit of each subject, in their order. */
  public static List<FittedSubject> of(List<SubjectShapes> subjects) {
    List<FittedSubject> fits =
        subjects.stream().map(s -> SubjectFit.of(s.subject(), s.shapes())).toList();
    return fits.stream()
        .map(fit -> fit.needsToBorrow() ? fit.borrowing(pool(fits, fit.subject().phase())) : fit)
        .toList();
  }

  private static BorrowedResiduals pool(List<FittedSubject> fits, Phase phase) {
    return BorrowedResiduals.of(
        fits.stream().filter(fit -> fit.subject().phase() == phase).toList());
  }
}
