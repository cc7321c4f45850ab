package io.waip.cost.judge;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/** Predictions at points that no fit saw, split by split. Not for several threads. */
final class HeldOut {
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

  /** Starts the next split. */
  void nextSplit() {
    splits.add(new ArrayList<>());
  }

  /** Adds a prediction to the split. */
  void add(double nanos, LatencyEstimate estimate) {
    splits.getLast().add(new Answer(nanos, estimate));
  }

  double meanAbsRelError() {
    return mean(answer -> true);
  }

  /** Returns the mean over points within the range a fit saw; NaN if there is none. */
  double withinMeanAbsRelError() {
    return mean(Answer::isWithin);
  }

  double extrapolatedShare() {
    long outside = all().stream().filter(answer -> !answer.isWithin()).count();
    return (double) outside / all().size();
  }

  double p99AbsRelError() {
    return splits.stream().mapToDouble(HeldOut::p99).average().orElse(Double.NaN);
  }

  double pooledP99AbsRelError() {
    return p99(all());
  }

  OptionalDouble coverageP95() {
    return coverage(LatencyEstimate::p95Nanos);
  }

  OptionalDouble coverageP99() {
    return coverage(LatencyEstimate::p99Nanos);
  }

  /** Returns the median over points that have a p95 bound; empty if none has. */
  OptionalDouble medianWidth() {
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
