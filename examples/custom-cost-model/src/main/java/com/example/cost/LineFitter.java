package com.example.cost;

import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.FitTrial;
import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.MeasuredShape;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostModel;
import io.waip.api.v1.CostParameter;
import io.waip.api.v1.CostPoint;
import io.waip.api.v1.VariantCost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fits a straight line to each subject; {@code waip fit --fitter line}. Stateless; any thread. */
public final class LineFitter implements CostModelFitter {
  private static final int FORMAT_VERSION = 1;
  private static final String COEFFICIENTS = "nanos_per_execution_request_element";

  /** For {@link java.util.ServiceLoader}. */
  public LineFitter() {}

  @Override
  public String name() {
    return "line";
  }

  @Override
  public CostModel fit(List<Measurement> measurements) {
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException("a fit needs at least one measurement");
    }
    CostModel.Builder model =
        CostModel.newBuilder().setFormatVersion(FORMAT_VERSION).setFitter(name());
    MeasuredShape.bySubject(measurements)
        .forEach((subject, shapes) -> model.addVariants(variant(subject, shapes)));
    return model.build();
  }

  private static VariantCost variant(Subject subject, List<MeasuredShape> shapes) {
    if (shapes.size() < FitTrial.MIN_TRAIN_POINTS) {
      throw new MeasurementFormatException(
          shapes.getFirst().repeats().getFirst().source(),
          "%s has %d shapes".formatted(subject.label(), shapes.size()),
          "at least %d different shapes for a line".formatted(FitTrial.MIN_TRAIN_POINTS),
          "measure more shapes or remove the subject");
    }
    Line line = Line.through(shapes);
    VariantCost.Builder variant =
        VariantCost.newBuilder()
            .setVariant(subject.variant())
            .setPhase(subject.phase().name())
            .setDevice(subject.device())
            .setTensorParallel(subject.tensorParallel())
            .setThreads(subject.threads())
            .addParameters(
                CostParameter.newBuilder()
                    .setName(COEFFICIENTS)
                    .addAllValues(
                        List.of(line.perExecution(), line.perRequest(), line.perElement())));
    for (MeasuredShape shape : shapes) {
      List<MeasuredShape> others = new ArrayList<>(shapes);
      others.remove(shape);
      double unseen = Line.through(others).nanos(shape.batch(), shape.length());
      variant.addPoints(
          CostPoint.newBuilder()
              .setBatch(shape.batch())
              .setLength(shape.length())
              .setMedianNanos(shape.nanos())
              .setSamples(shape.samples())
              .addAllSources(shape.repeats().stream().map(m -> m.source().toString()).toList())
              .setLogResidual(Math.log(shape.nanos() / unseen))
              .setPredictedNanos(line.nanos(shape.batch(), shape.length())));
    }
    return variant.build();
  }

  @Override
  public LatencyPredictor open(CostModel model) {
    if (model.getFormatVersion() != FORMAT_VERSION || !model.getFitter().equals(name())) {
      throw new IllegalArgumentException(
          "the model is of format version %d and fitter '%s'; allowed: version %d and fitter '%s'"
              .formatted(model.getFormatVersion(), model.getFitter(), FORMAT_VERSION, name()));
    }
    Map<Subject, FittedLine> lines = new HashMap<>();
    for (VariantCost variant : model.getVariantsList()) {
      if (lines.put(subject(variant), line(variant)) != null) {
        throw wrong(variant, "is in the model twice");
      }
    }
    return (subject, batch, length) -> {
      if (batch < 1 || length < 1) {
        throw new IllegalArgumentException("batch and length must be >= 1");
      }
      FittedLine line = lines.get(subject);
      return line == null ? LatencyEstimate.UNKNOWN : line.predict(batch, length);
    };
  }

  private static Subject subject(VariantCost variant) {
    for (Phase phase : Phase.values()) {
      if (phase.name().equals(variant.getPhase())) {
        return new Subject(
            variant.getVariant(),
            phase,
            variant.getDevice(),
            variant.getTensorParallel(),
            variant.getThreads());
      }
    }
    throw wrong(variant, "has the phase '" + variant.getPhase() + "'");
  }

  private static FittedLine line(VariantCost variant) {
    if (variant.getPointsCount() < FitTrial.MIN_TRAIN_POINTS) {
      throw wrong(variant, "has too few points");
    }
    List<Double> nanos =
        variant.getParametersList().stream()
            .filter(parameter -> parameter.getName().equals(COEFFICIENTS))
            .flatMap(parameter -> parameter.getValuesList().stream())
            .toList();
    boolean isLine =
        nanos.size() == 3
            && nanos.stream().allMatch(each -> each >= 0 && each < Double.POSITIVE_INFINITY)
            && nanos.stream().anyMatch(each -> each > 0);
    if (!isLine) {
      throw wrong(variant, "has no line, but " + COEFFICIENTS + " " + nanos);
    }
    return new FittedLine(
        new Line(nanos.get(0), nanos.get(1), nanos.get(2)), variant.getPointsList());
  }

  private static IllegalArgumentException wrong(VariantCost variant, String what) {
    return new IllegalArgumentException("variant '" + variant.getVariant() + "' " + what);
  }
}
