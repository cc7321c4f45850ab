package io.waip.cost.fit;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.api.measurement.Subject;
import io.waip.cost.quantile.CalibrationGroups;
import io.waip.cost.quantile.ConformalRank;
import io.waip.cost.shape.PooledShape;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A subject's curve and what its errors at points it did not see say of the next one.
 *
 * <p><b>Bounds</b> are those of jackknife+ and, above 20 points, of CV+ (Barber, Candès, Ramdas,
 * Tibshirani, Predictive Inference with the Jackknife+, Annals of Statistics, 2021), one-sided and
 * on ratios: with {@code c_f} the curve without fold {@code f}, point {@code i} in fold {@code
 * f(i)} and {@code s_i = y_i / c_f(i)(x_i)}, the bound at {@code x} is the conformal rank among
 * {@code s_i * c_f(i)(x)}. Whatever the distribution of the points, a new one of the same
 * distribution lies above the bound of level {@code 1 - e} with a probability of at most {@code 2e}
 * (and a term that vanishes with the number of points, above 20); where the curves of the folds
 * hardly differ it is {@code e}. A subject of fewer than 19 points borrows the scores of other
 * subjects of its phase for p95, for which no such statement holds.
 *
 * <p>Immutable; any thread.
 */
public final class FittedSubject {
  private static final double P95 = 0.95;
  private static final double P99 = 0.99;

  private final Fit fit;
  private final Subject subject;
  private final List<FormDesign> designs;
  private final Curve curve;
  private final CrossFit cross;
  private final double[] logResiduals;
  private final boolean[] isBeyond;
  private final BorrowedResiduals borrowed;
  private final CalibrationGroups groups;
  private final MeasuredRange range;

  /** What was fitted: the curve of all shapes, and those of all but a fold. */
  private record Fit(Subject subject, List<FormDesign> designs, Curve curve, CrossFit cross) {}

  private FittedSubject(Fit fit, double[] logResiduals, BorrowedResiduals borrowed) {
    this.fit = fit;
    subject = fit.subject();
    designs = fit.designs();
    curve = fit.curve();
    cross = fit.cross();
    this.logResiduals = logResiduals;
    this.borrowed = borrowed;
    groups =
        new CalibrationGroups(
            shapes().stream().mapToInt(PooledShape::batch).toArray(),
            shapes().stream().mapToInt(PooledShape::length).toArray());
    range = MeasuredRange.of(shapes());
    isBeyond = new boolean[logResiduals.length];
    for (int row = 0; row < isBeyond.length; row++) {
      isBeyond[row] = isBeyondOthers(row);
    }
  }

  /** Returns a subject whose residuals follow from its curves. */
  static FittedSubject of(Subject subject, List<FormDesign> designs, Curve curve, CrossFit cross) {
    List<PooledShape> shapes = designs.getFirst().shapes();
    double[] residuals = new double[shapes.size()];
    for (int row = 0; row < residuals.length; row++) {
      PooledShape shape = shapes.get(row);
      double unseen = cross.unseen(row).logNanos(designs, shape.batch(), shape.length());
      residuals[row] = Math.log(shape.nanos()) - unseen;
    }
    Fit fit = new Fit(subject, designs, curve, cross);
    return new FittedSubject(fit, residuals, BorrowedResiduals.NONE);
  }

  /** Returns the same subject with log residuals of others, for the bounds it has too few for. */
  public FittedSubject borrowing(BorrowedResiduals others) {
    return new FittedSubject(fit, logResiduals, others);
  }

  /** Says whether a shape lies beyond the range of those its curve was fitted to. */
  private boolean isBeyondOthers(int row) {
    PooledShape shape = shapes().get(row);
    List<PooledShape> others =
        IntStream.range(0, shapes().size())
            .filter(other -> cross.foldOf(other) != cross.foldOf(row))
            .mapToObj(shapes()::get)
            .toList();
    return !MeasuredRange.of(others).covers(shape.batch(), shape.length());
  }

  /** Says whether the points are too few for any bound. */
  public boolean needsToBorrow() {
    return shapes().size() < ConformalRank.needed(P95);
  }

  /** Says whether the bounds rest on residuals of other subjects. */
  public boolean isBorrowing() {
    return borrowed.bound(false, P95).isPresent();
  }

  /** Returns what was measured. */
  public Subject subject() {
    return subject;
  }

  /** Returns the shapes fitted to, smaller ones first. */
  public List<PooledShape> shapes() {
    return designs.getFirst().shapes();
  }

  /** Returns {@code log(measured / predicted by the curve without it)} of each shape. */
  public double[] logResiduals() {
    return logResiduals.clone();
  }

  /** Returns those of shapes within, or beyond, the range their curve was fitted to. */
  DoubleStream logResiduals(boolean beyond) {
    return IntStream.range(0, logResiduals.length)
        .filter(row -> isBeyond[row] == beyond)
        .mapToDouble(row -> logResiduals[row]);
  }

  BorrowedResiduals borrowed() {
    return borrowed;
  }

  List<FormDesign> designs() {
    return designs;
  }

  Curve curve() {
    return curve;
  }

  CrossFit cross() {
    return cross;
  }

  /**
   * Predicts one execution.
   *
   * @param batch number of requests, {@code >= 1}
   * @param length as the subject's phase says, {@code >= 1}
   */
  public LatencyEstimate predict(int batch, int length) {
    List<Sight> sights = designs.stream().map(design -> design.see(batch, length)).toList();
    double logNanos = curve.logNanos(sights);
    double[] unseen = new double[cross.folds().size()];
    for (int fold = 0; fold < unseen.length; fold++) {
      unseen[fold] = cross.folds().get(fold).logNanos(sights);
    }
    boolean beyond = !range.covers(batch, length);
    OptionalDouble own = bound(P95, batch, length, unseen);
    OptionalDouble p95 = atLeast(logNanos, own.isPresent() ? own : borrowed(logNanos, beyond));
    OptionalDouble p99 = atLeast(p95.orElse(logNanos), bound(P99, batch, length, unseen));
    return new LatencyEstimate(
        Math.exp(logNanos), exp(p95), exp(p99), beyond ? Basis.EXTRAPOLATED : Basis.MEASURED);
  }

  private OptionalDouble bound(double level, int batch, int length, double[] unseen) {
    int[] group = groups.around(batch, length, ConformalRank.needed(level));
    double[] scores =
        Arrays.stream(group)
            .mapToDouble(row -> logResiduals[row] + unseen[cross.foldOf(row)])
            .toArray();
    return ConformalRank.bound(scores, level);
  }

  private OptionalDouble borrowed(double logNanos, boolean beyond) {
    OptionalDouble residual = borrowed.bound(beyond, P95);
    return residual.isPresent() ? OptionalDouble.of(logNanos + residual.getAsDouble()) : residual;
  }

  /** Groups of different size may contradict each other; a bound is never below a lower level's. */
  private static OptionalDouble atLeast(double least, OptionalDouble bound) {
    return bound.isPresent() ? OptionalDouble.of(Math.max(least, bound.getAsDouble())) : bound;
  }

  private static OptionalDouble exp(OptionalDouble log) {
    return log.isPresent() ? OptionalDouble.of(Math.exp(log.getAsDouble())) : log;
  }
}
