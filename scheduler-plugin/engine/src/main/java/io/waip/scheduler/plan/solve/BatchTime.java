package io.waip.scheduler.plan.solve;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyModel;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Subject;
import java.util.OptionalDouble;
import java.util.function.Function;

/** How long batches of one subject take, at a quantile. Immutable; any thread. */
public interface BatchTime {
  /**
   * Returns the time of a batch.
   *
   * @param batch number of requests, {@code >= 1}
   * @param length padded length, {@code >= 1}
   * @return nanoseconds; empty where it is not known at the quantile
   */
  OptionalDouble nanos(int batch, int length);

  /**
   * Returns the times of a predictor.
   *
   * @param bound that plans rest on, such as {@link LatencyEstimate#p99Nanos}
   */
  static BatchTime of(
      LatencyPredictor predictor,
      Subject subject,
      Function<LatencyEstimate, OptionalDouble> bound) {
    return (batch, length) -> bound.apply(predictor.predict(subject, batch, length));
  }

  /**
   * Returns the times of a model with a margin.
   *
   * @param variant index over all services
   * @param margin multiplies the median to the planning quantile, {@code >= 1}
   */
  static BatchTime of(LatencyModel model, int variant, double margin) {
    return (batch, length) -> {
      long median = model.medianNanos(variant, batch, length);
      return median == LatencyModel.UNKNOWN_NANOS
          ? OptionalDouble.empty()
          : OptionalDouble.of(median * margin);
    };
  }
}
