package io.waip.api.cost;

import io.waip.api.cost.FitJudgement.SubjectFigures;
import io.waip.api.measurement.MeasuredShape;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Judges any fitter from outside: each split fits to shapes drawn at random, opens what was fitted
 * and asks it for the other shapes. A shape is drawn with all its repeats. Deterministic: the
 * shapes of a split depend on its number and the subjects alone.
 */
final class SplitJudge {
  /** A subject keeps a fifth of its shapes, at least one, to be judged at. */
  private static final int TRAIN_FIFTHS = 4;

  private final CostModelFitter fitter;
  private final FitTrial trial;
  private final List<Judged> subjects = new ArrayList<>();
  private final HeldOut overall = new HeldOut();

  /** One subject and the answers at its shapes. */
  private record Judged(Subject subject, List<MeasuredShape> shapes, HeldOut answers) {}

  /**
   * Prepares a judgement.
   *
   * @throws IllegalArgumentException if there is no measurement
   * @throws MeasurementFormatException if a subject has too few shapes to keep one to be judged at
   */
  SplitJudge(CostModelFitter fitter, List<Measurement> measurements, FitTrial trial) {
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException("a fit needs at least one measurement");
    }
    this.fitter = fitter;
    this.trial = trial;
    Map<Subject, List<MeasuredShape>> bySubject = MeasuredShape.bySubject(measurements);
    bySubject.forEach((subject, shapes) -> {
      requireEnough(subject, shapes);
      subjects.add(new Judged(subject, shapes, new HeldOut()));
    });
  }

  private static void requireEnough(Subject subject, List<MeasuredShape> shapes) {
    int least = FitTrial.MIN_TRAIN_POINTS + 1;
    if (shapes.size() < least) {
      throw new MeasurementFormatException(
          shapes.getFirst().repeats().getFirst().source(),
          "%s has %d of the shapes a judgement needs".formatted(subject.label(), shapes.size()),
          "at least %d different shapes (batch, length) of each subject".formatted(least),
          "measure more shapes or remove the subject");
    }
  }

  FitJudgement judge(IntConsumer onSplit) {
    for (int split = 0; split < trial.splits(); split++) {
      judgeSplit(split);
      onSplit.accept(split + 1);
    }
    List<SubjectFigures> figures =
        subjects.stream()
            .map(judged ->
                new SubjectFigures(judged.subject, figures(judged.answers, List.of(judged)), false))
            .toList();
    return new FitJudgement(figures, figures(overall, subjects), List.of());
  }

  private void judgeSplit(int split) {
    List<Measurement> seen = new ArrayList<>();
    List<List<MeasuredShape>> unseen = new ArrayList<>();
    for (int s = 0; s < subjects.size(); s++) {
      List<MeasuredShape> drawn = new ArrayList<>(subjects.get(s).shapes);
      Collections.shuffle(drawn, new SplittableRandom((long) split * subjects.size() + s));
      int train = trainPoints(subjects.get(s));
      drawn.subList(0, train).forEach(shape -> seen.addAll(shape.repeats()));
      unseen.add(drawn.subList(train, drawn.size()));
    }
    LatencyPredictor fitted = fitter.open(fitter.fit(List.copyOf(seen)));
    overall.nextSplit();
    for (int s = 0; s < subjects.size(); s++) {
      Judged judged = subjects.get(s);
      judged.answers.nextSplit();
      for (MeasuredShape shape : unseen.get(s)) {
        LatencyEstimate estimate = fitted.predict(judged.subject, shape.batch(), shape.length());
        judged.answers.add(shape.nanos(), estimate);
        overall.add(shape.nanos(), estimate);
      }
    }
  }

  private int trainPoints(Judged judged) {
    return Math.min(trial.trainPoints(), judged.shapes.size() * TRAIN_FIFTHS / 5);
  }

  private FitFigures figures(HeldOut answers, List<Judged> of) {
    return answers.figures(
        of.stream().mapToInt(judged -> judged.shapes.size()).sum(),
        of.stream().mapToInt(this::trainPoints).sum(),
        of.stream().flatMapToDouble(judged -> repeatError(judged).stream()).average());
  }

  /** Returns how far repeats lie from the median of their shape; empty where there is none. */
  private static OptionalDouble repeatError(Judged judged) {
    return judged.shapes.stream()
        .filter(shape -> shape.repeats().size() > 1)
        .flatMapToDouble(shape ->
            shape.repeats().stream()
                .mapToDouble(m -> Math.abs(m.medianNanos() / shape.nanos() - 1)))
        .average();
  }
}
