package io.waip.api.cost;

import io.waip.api.measurement.Subject;

/**
 * Predictions of a cost model with their bounds. For planning and reports: a call may allocate and
 * take microseconds; the data plane reads a {@link LatencyModel}.
 *
 * <p>Immutable; any thread.
 */
public interface LatencyPredictor {
  /**
   * Predicts one execution.
   *
   * @param batch number of requests, {@code >= 1}
   * @param length padded length, or tokens of context, as the subject's phase says; {@code >= 1}
   * @return {@link LatencyEstimate#UNKNOWN} for a subject the model does not know
   * @throws IllegalArgumentException if batch or length is below 1
   */
  LatencyEstimate predict(Subject subject, int batch, int length);
}
