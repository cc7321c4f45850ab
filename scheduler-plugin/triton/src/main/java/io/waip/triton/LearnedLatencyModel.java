package io.waip.triton;

import io.waip.api.cost.CorrectionScope;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyCorrection;
import io.waip.api.cost.LatencyModel;
import io.waip.onnxruntime.CostProfiler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Execution times of the server's models, learned while they serve.
 *
 * <p>They are {@link StartingTimes}, multiplied by what a {@link LatencyCorrection} learned of the
 * variant, batch and length. It learns relative to a scale: the mean log residual of the variant's
 * first {@value #SCALED_BY} executions, where nothing was known of it or the mean is beyond a
 * factor of 4/3; else 0. {@link #refresh} makes a monotone table of it.
 *
 * <p>The very first execution of a variant is left out: it pays for loading and lazy set-up.
 *
 * <p>Unlike other latency models it changes, but only in {@link #refresh}. Confined to one thread,
 * the planner's or that of who plans anew. {@link #observe} and {@link #medianNanos} allocate
 * nothing.
 */
public final class LearnedLatencyModel implements LatencyModel {
  private static final int SCALED_BY = 4;

  /**
   * A start that is off by more is brought to scale; co-running models are not that much slower.
   */
  private static final double OFF_SCALE = Math.log(4 / 3.0);

  /** Executions after which a variant's predictions move slowly enough to look once a second. */
  private static final int SETTLED = 64;

  /** A factor of 16384 either way; beyond it an observation is taken for broken. */
  private static final double MAX_RESIDUAL = 9.7;

  /** A change of 5 % anywhere is worth a new table; the engine corrects what is smaller. */
  private static final double WORTH_REFRESHING = 0.05;

  private final StartingTimes start;
  private final LatencyCorrection correction;
  private final Learned[] learned;
  private LatencyModel fitted;
  private int[] maxBatch;

  /** What is kept of a variant. */
  private static final class Learned {
    boolean started;
    final boolean isGuess;
    double logScale;
    double meanResidual;
    int scaled;
    int executions;
    int refreshedAt;
    int doubts;
    double[] published = new double[0];

    Learned(boolean isGuess) {
      this.isGuess = isGuess;
    }

    /** Takes a residual into the scale. */
    void scale(double residual) {
      scaled++;
      meanResidual += (residual - meanResidual) / scaled;
      boolean isOff = Math.abs(meanResidual) > OFF_SCALE && scaled == SCALED_BY;
      logScale = isGuess || isOff ? meanResidual : 0;
    }

    /** Says whether the executions have doubled, while there are few and the start was far off. */
    boolean learnsFast() {
      return (isGuess || logScale != 0)
          && executions >= 2 * Math.max(1, refreshedAt)
          && refreshedAt < SETTLED;
    }

    void beginAnew() {
      logScale = 0;
      meanResidual = 0;
      scaled = 0;
      executions = 0;
      refreshedAt = 0;
      doubts = 0;
    }
  }

  /** Starts from what a specification says of its variants. */
  public LearnedLatencyModel(PlanningSpec spec) {
    start = new StartingTimes(spec);
    int variants = start.variants();
    correction =
        spec.corrections()
            .open(new CorrectionScope(variants, Shape.MAX_BATCH, PlannerCore.MAX_LENGTH));
    learned = new Learned[variants];
    Arrays.setAll(learned, v -> new Learned(start.isGuess(v)));
    maxBatch = new int[variants];
    Arrays.fill(maxBatch, 1);
    fitted = start;
  }

  /** Sets the batches that {@link #refresh} covers; outside them the table extrapolates. */
  public void cover(int[] maxBatchOfVariant) {
    maxBatch = maxBatchOfVariant.clone();
    fit();
  }

  @Override
  public long medianNanos(int variant, int batch, int length) {
    return fitted.medianNanos(variant, batch, length);
  }

  /**
   * Learns from an execution.
   *
   * @param rows of the child, {@code >= 1}
   * @param length every row was padded to, {@code >= 1}
   * @param nanos measured; {@code <= 0} teaches nothing
   * @return {@code ln(measured / predicted)} by the times it started from, brought to scale; NaN
   *     where it taught nothing or the scale
   */
  public double observe(int variant, int rows, int length, long nanos) {
    if (nanos <= 0) {
      return Double.NaN;
    }
    Learned own = learned[variant];
    if (!own.started) {
      own.started = true;
      return Double.NaN;
    }
    int padded = Math.min(length, start.longest(variant));
    double residual = Math.log((double) nanos / start.medianNanos(variant, rows, padded));
    if (Math.abs(residual) > MAX_RESIDUAL) {
      return Double.NaN;
    }
    if (own.doubts > 0) {
      own.beginAnew();
      correction.forget(variant);
    }
    own.executions++;
    if (own.scaled < SCALED_BY) {
      own.scale(residual);
      return Double.NaN;
    }
    double scaled = residual - own.logScale;
    correction.executed(variant, rows, padded, scaled);
    return scaled;
  }

  /**
   * Halves what was learned of a variant's slowness until its next execution, from which all is
   * learned anew: called while its requests are refused as late and none of them runs, since
   * nothing else would ever show that it became faster.
   */
  void doubt(int variant) {
    learned[variant].doubts = Math.min(learned[variant].doubts + 1, Double.MAX_EXPONENT);
  }

  /**
   * Says whether a variant ran so much oftener than before that {@link #refresh} should not wait.
   */
  boolean learnsFast() {
    for (Learned own : learned) {
      if (own.learnsFast()) {
        return true;
      }
    }
    return false;
  }

  /** Takes what was observed into the predictions; false if they are still good. */
  public boolean refresh() {
    boolean moved = false;
    for (int v = 0; v < learned.length; v++) {
      learned[v].refreshedAt = learned[v].executions;
      moved |= hasMoved(v);
    }
    if (moved) {
      fit();
    }
    return moved;
  }

  private boolean hasMoved(int variant) {
    double[] published = learned[variant].published;
    int cell = 0;
    for (int b = 1; b < 2 * maxBatch[variant]; b *= 2) {
      for (int l = 1; l < 2 * start.longest(variant); l *= 2) {
        if (Math.abs(logFactor(variant, b, l) - published[cell++]) > WORTH_REFRESHING) {
          return true;
        }
      }
    }
    return false;
  }

  private void fit() {
    List<CostPoint> points = new ArrayList<>();
    for (int v = 0; v < learned.length; v++) {
      learned[v].published = logFactors(v);
      for (int b : ShapeSteps.upTo(maxBatch[v])) {
        for (int l : ShapeSteps.upTo(start.longest(v))) {
          double nanos = start.medianNanos(v, b, l) * Math.exp(logFactor(v, b, l));
          points.add(new CostPoint(v, b, l, Math.max(1, nanos), 1));
        }
      }
    }
    fitted = CostProfiler.modelOf(points);
  }

  /** Returns the factors of all cells that a correction can tell apart. */
  private double[] logFactors(int variant) {
    DoubleStream.Builder factors = DoubleStream.builder();
    for (int b = 1; b < 2 * maxBatch[variant]; b *= 2) {
      for (int l = 1; l < 2 * start.longest(variant); l *= 2) {
        factors.add(logFactor(variant, b, l));
      }
    }
    return factors.build().toArray();
  }

  private double logFactor(int variant, int batch, int length) {
    Learned own = learned[variant];
    double factor = own.logScale + correction.logFactor(variant, batch, length);
    return own.doubts > 0 && factor > 0 ? Math.scalb(factor, -own.doubts) : factor;
  }
}
