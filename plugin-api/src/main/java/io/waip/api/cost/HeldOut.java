package io.waip.api.cost;

import io.waip.api.cost.LatencyEstimate.Basis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Predictions beside what was measured at points the model did not see, split by split, and the
 * figures of their errors. Every error is {@code |predicted / measured - 1|}. Not for several
 * threads.
 */
public final class HeldOut {
  private static final double P99 = 0.99;

  private final List<List<Answer>> splits = new ArrayList<>();

  /**
   * One prediction.
   *
   * @param nanos measured
   */
  private record Answer(double nanos, LatencyEstimate estimate) {
    double absRelError() {
      return Math.abs(estimate.medianNanos() / nanos - 1);
    }

    boolean isWithin() {
      return estimate.basis() == Basis.MEASURED;
    }

    boolean isCovered(OptionalDouble bound) {
      return nanos <= bound.orElseThrow();
    }

    double width() {
      return estimate.p95Nanos().orElseThrow() / estimate.medianNanos() - 1;
    }
  }

  /** Creates one without a split. */
  public HeldOut() {}

  /** Starts the next split. */
  public void nextSplit() {
    splits.add(new ArrayList<>());
  }

  /**
   * Adds a prediction to the latest split.
   *
   * @param nanos measured, nanoseconds {@code > 0}
   * @throws IllegalArgumentException if the estimate is unknown, for there is no error then
   */
  public void add(double nanos, LatencyEstimate estimate) {
    if (estimate.basis() == Basis.UNKNOWN) {
      throw new IllegalArgumentException("an unknown estimate has no error");
    }
    splits.getLast().add(new Answer(nanos, estimate));
  }

  /**
   * Returns all figures of the answers.
   *
   * @param points shapes known
   * @param trainPoints shapes a fit saw
   * @param repeatAbsRelError as {@link FitFigures} has it
   */
  public FitFigures figures(int points, int trainPoints, OptionalDouble repeatAbsRelError) {
    return new FitFigures(
        points,
        trainPoints,
        meanAbsRelError(),
        p99AbsRelError(),
        pooledP99AbsRelError(),
        extrapolatedShare(),
        withinMeanAbsRelError(),
        repeatAbsRelError,
        coverageP95(),
        coverageP99(),
        medianWidth());
  }

  /** Returns the mean error over all answers; NaN if there is none. */
  public double meanAbsRelError() {
    return mean(answer -> true);
  }

  /** Returns the mean error over points within the range a fit saw; NaN if there is none. */
  public double withinMeanAbsRelError() {
    return mean(Answer::isWithin);
  }

  /** Returns the share of points outside that range, in {@code [0, 1]}; NaN if there is none. */
  public double extrapolatedShare() {
    long outside = all().stream().filter(answer -> !answer.isWithin()).count();
    return (double) outside / all().size();
  }

  /** Returns the 99th percentile of the errors of a split, mean over splits. */
  public double p99AbsRelError() {
    return splits.stream().mapToDouble(HeldOut::p99).average().orElse(Double.NaN);
  }

  /** Returns the 99th percentile of the errors of all splits together. */
  public double pooledP99AbsRelError() {
    return p99(all());
  }

  /** Returns the share of p95 bounds that held, mean over splits; empty if there is none. */
  public OptionalDouble coverageP95() {
    return coverage(LatencyEstimate::p95Nanos);
  }

  /** Returns the share of p99 bounds that held, mean over splits; empty if there is none. */
  public OptionalDouble coverageP99() {
    return coverage(LatencyEstimate::p99Nanos);
  }

  /** Returns the median of {@code bound / prediction - 1} over p95 bounds; empty if none is. */
  public OptionalDouble medianWidth() {
    double[] widths =
        all().stream()
            .filter(answer -> answer.estimate().p95Nanos().isPresent())
            .mapToDouble(Answer::width)
            .sorted()
            .toArray();
    return widths.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((widths[widths.length / 2] + widths[(widths.length - 1) / 2]) / 2);
  }

  /** Returns the share of bounds that held, mean over splits that have one; empty if none has. */
  private OptionalDouble coverage(Function<LatencyEstimate, OptionalDouble> bound) {
    return splits.stream()
        .map(split ->
            split.stream().filter(answer -> bound.apply(answer.estimate()).isPresent()).toList())
        .filter(split -> !split.isEmpty())
        .mapToDouble(split ->
            split.stream()
                    .filter(answer -> answer.isCovered(bound.apply(answer.estimate())))
                    .count()
                / (double) split.size())
        .average();
  }

  private double mean(Predicate<Answer> wanted) {
    return all().stream()
        .filter(wanted)
        .mapToDouble(Answer::absRelError)
        .average()
        .orElse(Double.NaN);
  }

  private List<Answer> all() {
    return splits.stream().flatMap(List::stream).toList();
  }

  /** Returns the smallest error that 99 of 100 answers do not exceed. */
  private static double p99(List<Answer> answers) {
    double[] errors = answers.stream().mapToDouble(Answer::absRelError).toArray();
    Arrays.sort(errors);
    return errors[(int) Math.ceil(P99 * errors.length) - 1];
  }
}
