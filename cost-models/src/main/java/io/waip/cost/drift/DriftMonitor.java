package io.waip.cost.drift;

import io.waip.api.drift.Change;
import io.waip.api.drift.DriftListener;
import io.waip.api.drift.Signal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Watches the workload and the cost model of one engine, and tells a listener what has drifted.
 *
 * <p>Times are nanoseconds of one clock and do not decrease. Single thread; allocates nothing after
 * construction.
 */
public final class DriftMonitor {
  /** Standard deviation that a mean log length is taken to have at least: 1 %. */
  private static final double LEAST_LENGTH_DEVIATION = 0.01;

  /** Standard deviation that a hit rate is taken to have at least. */
  private static final double LEAST_HIT_DEVIATION = 0.01;

  private final DriftListener listener;
  private final ArrivalStream arrivals;
  private final MeanStream lengths;
  private final @Nullable MixStream mix;
  private final MeanStream hits;
  private final ResidualStream[] residuals;

  /**
   * Begins to learn.
   *
   * @param classes of requests, {@code >= 1}; the mix of one is not watched
   * @param series of residuals, {@code >= 1}: as a rule one for each variant on each endpoint
   * @throws IllegalArgumentException if there are fewer
   */
  public DriftMonitor(DriftSettings settings, int classes, int series, DriftListener listener) {
    if (classes < 1 || series < 1) {
      throw new IllegalArgumentException(
          "classes and series must be >= 1, are %d and %d".formatted(classes, series));
    }
    this.listener = listener;
    arrivals = new ArrivalStream(settings.windows());
    lengths = new MeanStream(settings.windows(), LEAST_LENGTH_DEVIATION);
    mix = classes == 1 ? null : new MixStream(settings.windows(), classes);
    hits = new MeanStream(settings.windows(), LEAST_HIT_DEVIATION);
    residuals = new ResidualStream[series];
    ResidualSettings each = settings.residuals().dividedBy(series);
    Arrays.setAll(residuals, i -> new ResidualStream(each));
  }

  /**
   * Takes note of a request.
   *
   * @param length elements, {@code >= 1}
   * @param kind its class
   */
  public void arrived(long nowNanos, int length, int kind) {
    tell(Signal.ARRIVALS, 0, arrivals.arrived(nowNanos), nowNanos);
    tell(Signal.LENGTH, 0, lengths.observed(nowNanos, Math.log(length)), nowNanos);
    if (mix != null) {
      Change change = mix.observed(nowNanos, kind);
      tell(Signal.CLASS_MIX, mix.changedClass(), change, nowNanos);
    }
  }

  /** Takes note of a look-up in a cache. */
  public void lookedUp(long nowNanos, boolean isHit) {
    tell(Signal.HIT_RATE, 0, hits.observed(nowNanos, isHit ? 1 : 0), nowNanos);
  }

  /**
   * Takes note of an execution.
   *
   * @param logResidual {@code ln(measured / predicted)} by the cost model itself, finite
   * @throws IllegalArgumentException if it is not
   */
  public void executed(long nowNanos, int series, double logResidual) {
    tell(Signal.RESIDUAL, series, residuals[series].executed(nowNanos, logResidual), nowNanos);
  }

  /** Closes windows that ended by {@code nowNanos}; to be called about every second. */
  public void advance(long nowNanos) {
    tell(Signal.ARRIVALS, 0, arrivals.advance(nowNanos), nowNanos);
    tell(Signal.LENGTH, 0, lengths.advance(nowNanos), nowNanos);
    tell(Signal.HIT_RATE, 0, hits.advance(nowNanos), nowNanos);
    if (mix != null) {
      Change change = mix.advance(nowNanos);
      tell(Signal.CLASS_MIX, mix.changedClass(), change, nowNanos);
    }
  }

  private void tell(Signal signal, int index, Change change, long nowNanos) {
    if (change.isAlarm()) {
      listener.drifted(signal, index, change, nowNanos);
    }
  }
}
