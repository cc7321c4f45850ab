package io.waip.cost;

import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.FitJudgement;
import io.waip.api.cost.FitTrial;
import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostModel;
import io.waip.api.v1.VariantCost;
import io.waip.cost.fit.FittedSubject;
import io.waip.cost.fit.ModelFit;
import io.waip.cost.fit.VariantCostReader;
import io.waip.cost.fit.VariantCostWriter;
import io.waip.cost.judge.Judge;
import io.waip.cost.shape.SubjectShapes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Fits rooflines with tiles, corrected by the residuals of the points, and bounds from the points a
 * fit did not see ({@code docs/cost-models.md}); found as {@code roofline}. Stateless; any thread.
 */
public final class RooflineFitter implements CostModelFitter {
  /** Name users choose it by. */
  public static final String NAME = "roofline";

  /** Version of the file it writes, and the only one it reads. */
  public static final int FORMAT_VERSION = 1;

  /** For {@link java.util.ServiceLoader}. */
  public RooflineFitter() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CostModel fit(List<Measurement> measurements) {
    List<SubjectShapes> subjects = SubjectShapes.of(measurements);
    List<FittedSubject> fits = ModelFit.of(subjects);
    CostModel.Builder model =
        CostModel.newBuilder().setFormatVersion(FORMAT_VERSION).setFitter(NAME);
    for (int s = 0; s < fits.size(); s++) {
      model.addVariants(VariantCostWriter.message(fits.get(s), subjects.get(s).setAside()));
    }
    return model.build();
  }

  @Override
  public LatencyPredictor open(CostModel model) {
    if (model.getFormatVersion() != FORMAT_VERSION || !model.getFitter().equals(NAME)) {
      throw new IllegalArgumentException(
          "the model is of format version %d and fitter '%s'; allowed: version %d and fitter '%s'"
              .formatted(model.getFormatVersion(), model.getFitter(), FORMAT_VERSION, NAME));
    }
    Map<Subject, FittedSubject> fits = new HashMap<>();
    for (VariantCost variant : model.getVariantsList()) {
      FittedSubject fit = VariantCostReader.subject(variant);
      if (fits.put(fit.subject(), fit) != null) {
        throw new IllegalArgumentException(fit.subject().label() + " is in the model twice");
      }
    }
    return (subject, batch, length) -> predict(fits.get(subject), batch, length);
  }

  private static LatencyEstimate predict(@Nullable FittedSubject fit, int batch, int length) {
    if (batch < 1 || length < 1) {
      throw new IllegalArgumentException(
          "batch and length must be >= 1, are %d and %d".formatted(batch, length));
    }
    return fit == null ? LatencyEstimate.UNKNOWN : fit.predict(batch, length);
  }

  @Override
  public FitJudgement judge(List<Measurement> measurements, FitTrial trial, IntConsumer onSplit) {
    return new Judge(SubjectShapes.of(measurements), trial).judge(onSplit);
  }
}
