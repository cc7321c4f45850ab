package io.waip.scheduler.feedback;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * Counts outcomes, records latencies, and corrects predictions by the residuals seen.
 *
 * <p>The correction of an endpoint and variant is the exponential of an EWMA of {@code ln(measured
 * / predicted median)} with factor {@value #RESIDUAL_WEIGHT}, kept in {@code [0.5, 4]}. It halves
 * with each {@value #RELAX_NANOS} ns in which nothing ran there: a correction so high that every
 * request is refused would otherwise never be measured again.
 *
 * <p>Plans allow for a batch to take longer than its corrected median: by the plan's margin, or by
 * the variant's {@link ConformalMargin} where there are enough residuals for it and it is larger.
 * Both together never plan with more than the highest correction would: a prediction that is wrong
 * by more is no noise, and refusing for its sake would keep it from being measured.
 *
 * <p>Written by the engine's thread only; read it there or after the engine has stopped. Allocates
 * nothing after construction.
 */
public final class FeedbackLog {
  private static final double RESIDUAL_WEIGHT = 0.05;

  /** Half-life of a correction that no execution renews; as long as a breaker's first pause. */
  private static final long RELAX_NANOS = 1_000_000_000L;

  /** Residuals a margin rests on, of all endpoints. */
  private static final int MARGIN_WINDOW = 256;

  /** Share of batches that may take longer than planned. */
  private static final double MISS_SHARE = 0.05;

  private static final long NEVER = Long.MIN_VALUE;
  private static final double LOWEST_CORRECTION = 0.5;
  private static final double HIGHEST_CORRECTION = 4;
  private static final long LONGEST_LATENCY_NANOS = 3_600_000_000_000L;
  private static final int SIGNIFICANT_DIGITS = 2;

  private final int variants;
  private final double[] logResidual;
  private final double[] correction;
  private final long[] measuredNanos;
  private final long[] outcomes = new long[Outcome.values().length];
  private final long[] reasons = new long[Reason.values().length];
  private final Histogram[] latency;
  private final ConformalMargin[] margin;
  private final long[] lastMeasuredNanos;
  private long batches;
  private long relaxedNanos = NEVER;

  /** Allocates a log. */
  public FeedbackLog(int services, int endpoints, int variants) {
    this.variants = variants;
    logResidual = new double[endpoints * variants];
    correction = new double[endpoints * variants];
    Arrays.fill(correction, 1);
    measuredNanos = new long[endpoints * variants];
    margin = new ConformalMargin[variants];
    Arrays.setAll(margin, v -> new ConformalMargin(MARGIN_WINDOW, MISS_SHARE));
    lastMeasuredNanos = new long[variants];
    latency = new Histogram[services];
    for (int i = 0; i < services; i++) {
      latency[i] = new Histogram(LONGEST_LATENCY_NANOS, SIGNIFICANT_DIGITS);
    }
  }

  /**
   * Learns from a batch that was answered.
   *
   * @param predictedMedianNanos before correction, {@code > 0}
   * @param executionNanos measured, {@code >= 0}; 0 teaches nothing
   */
  public void executed(
      long nowNanos, int endpoint, int variant, double predictedMedianNanos, long executionNanos) {
    batches++;
    if (executionNanos <= 0) {
      return;
    }
    int i = endpoint * variants + variant;
    double residual = Math.log(executionNanos / predictedMedianNanos);
    measuredNanos[i] = nowNanos;
    lastMeasuredNanos[variant] = nowNanos;
    margin[variant].add(executionNanos / (predictedMedianNanos * correction[i]));
    correct(i, logResidual[i] + RESIDUAL_WEIGHT * (residual - logResidual[i]));
  }

  /** Lets corrections fade where nothing ran for a while. */
  public void relax(long nowNanos) {
    if (relaxedNanos == NEVER) {
      relaxedNanos = nowNanos;
    }
    long periods = (nowNanos - relaxedNanos) / RELAX_NANOS;
    if (periods == 0) {
      return;
    }
    relaxedNanos += periods * RELAX_NANOS;
    for (int v = 0; v < variants; v++) {
      if (nowNanos - lastMeasuredNanos[v] >= RELAX_NANOS) {
        margin[v].clear();
      }
    }
    for (int i = 0; i < correction.length; i++) {
      if (correction[i] != 1 && nowNanos - measuredNanos[i] >= RELAX_NANOS) {
        correct(i, logResidual[i] * Math.pow(0.5, periods));
      }
    }
  }

  /**
   * Keeps corrected predictions where they were when the predictions themselves changed.
   *
   * @param logRatio logarithm of the old prediction over the new one
   */
  public void rebase(int variant, double logRatio) {
    if (logRatio != 0) {
      margin[variant].clear();
    }
    for (int i = variant; i < correction.length; i += variants) {
      if (logResidual[i] != 0) {
        correct(i, logResidual[i] + logRatio);
      }
    }
  }

  private void correct(int i, double residual) {
    logResidual[i] = residual;
    correction[i] = Math.clamp(Math.exp(residual), LOWEST_CORRECTION, HIGHEST_CORRECTION);
  }

  /** Counts an outcome. */
  public void ended(Outcome outcome, Reason reason) {
    outcomes[outcome.ordinal()]++;
    reasons[reason.ordinal()]++;
  }

  /** Records the latency of an answered request, from intended send to answer. */
  public void answered(int service, long latencyNanos) {
    latency[service].recordValue(Math.clamp(latencyNanos, 0, LONGEST_LATENCY_NANOS));
  }

  /** Returns the factor on the next predicted median, {@code [0.5, 4]}. */
  public double correction(int endpoint, int variant) {
    return correction[endpoint * variants + variant];
  }

  /**
   * Returns the factor on the next planned time, {@code [0.5, 4]}.
   *
   * @param planMargin that is in the planned time, {@code >= 1}
   */
  public double planning(int endpoint, int variant, double planMargin) {
    ConformalMargin known = margin[variant];
    double measured = known.isKnown() ? Math.max(1, known.factor() / planMargin) : 1;
    return Math.min(HIGHEST_CORRECTION, correction(endpoint, variant) * measured);
  }

  /** Returns how many requests ended so. */
  public long count(Outcome outcome) {
    return outcomes[outcome.ordinal()];
  }

  /** Returns how many requests ended for this reason. */
  public long count(Reason reason) {
    return reasons[reason.ordinal()];
  }

  /** Returns the number of batches answered. */
  public long batches() {
    return batches;
  }

  /** Returns the latencies of answered requests, nanoseconds. */
  public Histogram latency(int service) {
    return latency[service];
  }
}
