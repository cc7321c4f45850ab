package io.waip.replay.capacity;

/**
 * A way to have devices: a kind, to stay or on spot terms.
 *
 * @param kind name of the kind
 * @param isSpot whether on the kind's spot terms
 */
public record Offer(String kind, boolean isSpot) {
  /** Returns the kind, with {@code spot} after it where it is. */
  public String text() {
    return isSpot ? kind + " spot" : kind;
  }

  /** Returns a number of these devices alone. */
  public Purchase of(int count) {
    return Purchase.of(this, count);
  }

  /** Returns the price under a question. */
  PriceCurve price(CapacityQuestion question) {
    DeviceKind device = question.kind(kind);
    return isSpot ? device.spot().orElseThrow().price() : device.price();
  }
}
