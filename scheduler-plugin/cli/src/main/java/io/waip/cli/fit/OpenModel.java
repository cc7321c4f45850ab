package io.waip.cli.fit;

import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostModel;
import io.waip.api.v1.CostPoint;
import io.waip.api.v1.VariantCost;
import io.waip.cli.input.UserError;
import io.waip.cli.plugin.Providers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A model read from a file.
 *
 * @param file where it was read
 * @param predictor its predictions
 * @param points the points of each subject it was fitted to, in the order of the file
 */
public record OpenModel(
    Path file, LatencyPredictor predictor, Map<Subject, List<CostPoint>> points) {
  /**
   * Opens a file with the fitter that it names.
   *
   * @throws UserError if it holds no model, or none that the fitter can read
   */
  public static OpenModel of(Providers<CostModelFitter> fitters, Path file) {
    CostModel model = CostModelText.read(file);
    if (!fitters.names().contains(model.getFitter())) {
      throw CostModelText.problem(
          file,
          "the model is of format version %d and fitter '%s', where the fitters are %s"
              .formatted(
                  model.getFormatVersion(), model.getFitter(), String.join(", ", fitters.names())));
    }
    CostModelFitter fitter = fitters.named("", model.getFitter());
    try {
      LatencyPredictor predictor = fitter.open(model);
      Map<Subject, List<CostPoint>> points = new LinkedHashMap<>();
      for (VariantCost variant : model.getVariantsList()) {
        points.put(subject(variant), variant.getPointsList());
      }
      return new OpenModel(file, predictor, points);
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

  /**
   * Returns the one subject that a variant is here, for a run that does not tell its hardware.
   *
   * @throws UserError if there is none or several
   */
  public Subject onlySubjectOf(String variant) {
    return onlySubjectOf(
        variant,
        Optional.empty(),
        "fit one to measurements of that variant alone, under that name");
  }

  /**
   * Returns the one subject that a variant is here on a device.
   *
   * @param device as the file names it; empty where any will do
   * @param remedy what to do if there is none or several
   * @throws UserError if there is none or several
   */
  public Subject onlySubjectOf(String variant, Optional<String> device, String remedy) {
    String wanted = device.map(name -> variant + "' on '" + name).orElse(variant);
    List<Subject> known =
        points.keySet().stream()
            .filter(subject -> subject.variant().equals(variant) && subject.phase() == Phase.WHOLE)
            .filter(subject -> device.isEmpty() || subject.device().equals(device.get()))
            .toList();
    if (known.size() != 1) {
      List<Subject> others = known.isEmpty() ? List.copyOf(points.keySet()) : known;
      throw new UserError(
          known.isEmpty()
              ? "the model does not know the variant '" + wanted + "'"
              : "the model knows the variant '" + wanted + "' in several settings",
          file.toString(),
          "a model with one subject '%s %s%s'; this one has %s"
              .formatted(
                  variant,
                  Phase.WHOLE,
                  device.map(name -> " on " + name).orElse(""),
                  others.stream().map(Subject::label).collect(Collectors.joining("; "))),
          remedy);
    }
    return known.getFirst();
  }

  /** Returns the lengths that a subject of this model was measured at, ascending. */
  public SortedSet<Integer> lengthsOf(Subject subject) {
    return points.getOrDefault(subject, List.of()).stream()
        .map(CostPoint::getLength)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the predicted median, nanoseconds; the subject is one of this model. */
  double nanos(Subject subject, CostPoint at) {
    return predictor.predict(subject, at.getBatch(), at.getLength()).medianNanos();
  }
}
