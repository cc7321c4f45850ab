package io.waip.cli.triton;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Subject;
import java.nio.file.Path;

/**
 * A cost model beside the one a variant is planned with.
 *
 * @param variant name of the model, for messages
 * @param index of the variant, counted over all services
 * @param file it was read from
 * @param predictor its predictions
 * @param subject what the variant is in it
 * @param soleLength length the subject was measured at, where the service has none; else 0
 */
record ShadowModel(
    String variant,
    int index,
    Path file,
    LatencyPredictor predictor,
    Subject subject,
    int soleLength) {
  LatencyEstimate predict(int batch, int length) {
    return predictor.predict(subject, batch, soleLength == 0 ? length : soleLength);
  }
}
