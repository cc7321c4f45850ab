package io.waip.cost.fit;

import io.waip.api.resource.Figure;
import io.waip.api.resource.Precision;
import io.waip.cost.device.DataSheetCatalogue;

/**
 * What is believed of the floor of a device before anything is measured at few tokens: an execution
 * takes at least as long as {@code tokens} tokens at full speed, because until then it waits for
 * the weights (Williams, Waterman, Patterson, Roofline: An Insightful Visual Performance Model for
 * Multicore Architectures, CACM 2009). With weights and arithmetic in 16 bits a token costs two
 * operations for each two bytes of weights, so the ridge in tokens is the device's arithmetic rate
 * over its memory rate, operations per byte.
 *
 * <p>The rates are those of {@link DataSheetCatalogue}.
 *
 * @param tokens {@code > 0}
 * @param weight how much it counts beside a measured point, {@code >= 0}
 */
public record RidgePoint(double tokens, double weight) {
  /** Chosen on the profiles of Vidur; see docs/cost-models.md. */
  private static final double KNOWN_DEVICE_WEIGHT = 0.4;

  /** Of a device nobody knows the middle of the known ones is believed, and less. */
  private static final RidgePoint ANY_DEVICE = new RidgePoint(200, 0.25);

  private static final DataSheetCatalogue DEVICES = new DataSheetCatalogue();

  /** Returns the belief for a device as a file names it, such as {@code a100-80gb}. */
  static RidgePoint of(String device) {
    Figure ridge = DEVICES.find(device).ridgeOperationsPerByte(Precision.FP16);
    return ridge.isKnown() ? new RidgePoint(ridge.value(), KNOWN_DEVICE_WEIGHT) : ANY_DEVICE;
  }
}
