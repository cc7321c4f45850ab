package io.waip.replay.shadow;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import java.util.OptionalDouble;

/**
 * Errors of two models over the same executions of one variant, in the order they ran.
 *
 * <p>The interval of their mean difference is that of batch means (Law, "Simulation Modeling and
 * Analysis", 5th ed., 2015, section 9.5.3), for executions near in time err alike: 20 to 39 blocks
 * of equally many executions, Student's t of 19 degrees of freedom. Constant memory. Single thread.
 */
public final class PairedErrors {
  /** Fewest executions that are enough for an interval: five in each of 20 blocks. */
  public static final int LEAST_EXECUTIONS = 100;

  private static final int BLOCKS = 20;

  /** 97.5th percentile of Student's t with 19 degrees of freedom. */
  private static final double T_19 = 2.093;

  private final Sums first = new Sums();
  private final Sums shadow = new Sums();
  private final double[] blocks = new double[2 * BLOCKS];
  private long blockSize = 1;
  private int fullBlocks;
  private double open;
  private long openSize;
  private long executions;
  private long unknown;

  /** Begins without an execution. */
  public PairedErrors() {}

  /** Sums over the executions of one model. */
  private static final class Sums {
    private double absRelError;
    private double logRatio;
    private double width;
    private final long[] bounded = new long[2];
    private final long[] covered = new long[2];

    double add(LatencyEstimate estimate, double nanos) {
      double error = Math.abs(estimate.medianNanos() / nanos - 1);
      absRelError += error;
      logRatio += Math.log(estimate.medianNanos() / nanos);
      cover(0, estimate.p95Nanos(), nanos);
      width += estimate.p95Nanos().orElse(estimate.medianNanos()) / estimate.medianNanos() - 1;
      cover(1, estimate.p99Nanos(), nanos);
      return error;
    }

    private void cover(int which, OptionalDouble bound, double nanos) {
      if (bound.isPresent()) {
        bounded[which]++;
        covered[which] += nanos <= bound.getAsDouble() ? 1 : 0;
      }
    }

    ModelErrors errors(long executions) {
      return new ModelErrors(
          absRelError / executions, logRatio / executions, coverage(0), coverage(1), width());
    }

    private OptionalDouble width() {
      return bounded[0] == 0 ? OptionalDouble.empty() : OptionalDouble.of(width / bounded[0]);
    }

    private OptionalDouble coverage(int which) {
      return bounded[which] == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) covered[which] / bounded[which]);
    }
  }

  /**
   * Adds an execution.
   *
   * @param nanos measured, nanoseconds {@code > 0}
   * @throws IllegalArgumentException if it is not above 0
   */
  public void add(LatencyEstimate byFirst, LatencyEstimate byShadow, double nanos) {
    if (!(nanos > 0)) {
      throw new IllegalArgumentException("an execution takes longer than 0 ns, not " + nanos);
    }
    if (byFirst.basis() == Basis.UNKNOWN || byShadow.basis() == Basis.UNKNOWN) {
      unknown++;
      return;
    }
    executions++;
    open += first.add(byFirst, nanos) - shadow.add(byShadow, nanos);
    if (++openSize == blockSize) {
      blocks[fullBlocks++] = open;
      open = 0;
      openSize = 0;
      if (fullBlocks == blocks.length) {
        joinNeighbours();
      }
    }
  }

  private void joinNeighbours() {
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = blocks[2 * i] + blocks[2 * i + 1];
    }
    fullBlocks = BLOCKS;
    blockSize *= 2;
  }

  /** Returns the figures; errors and difference are NaN where no execution is known to both. */
  public ShadowFigures figures() {
    return new ShadowFigures(
        executions, unknown, first.errors(executions), shadow.errors(executions), difference());
  }

  private ShadowFigures.Difference difference() {
    double mean = (first.absRelError - shadow.absRelError) / executions;
    if (executions < LEAST_EXECUTIONS) {
      return new ShadowFigures.Difference(mean, Double.NaN, Double.NaN);
    }
    double blockMean = 0;
    for (int i = 0; i < fullBlocks; i++) {
      blockMean += blocks[i] / blockSize / fullBlocks;
    }
    double squares = 0;
    for (int i = 0; i < fullBlocks; i++) {
      double off = blocks[i] / blockSize - blockMean;
      squares += off * off;
    }
    double half = T_19 * Math.sqrt(squares / (fullBlocks - 1) / fullBlocks);
    return new ShadowFigures.Difference(mean, mean - half, mean + half);
  }
}
