package io.waip.api.queue;

/**
 * Divides contended capacity among tenants. Holds its state per tenant; single writer; allocates
 * nothing.
 */
public interface FairnessPolicy {
  /** A tenant that had nothing queued has something now; it gets no credit for idling. */
  void activated(int tenant);

  /** A tenant has nothing queued any more. */
  void deactivated(int tenant);

  /**
   * Says whether a tenant may be served now. At least one active tenant may at any time.
   *
   * @param tenant an active tenant
   */
  boolean mayServe(int tenant);

  /**
   * Charges a tenant for service.
   *
   * @param deviceNanos its part of the device time; negative corrects an earlier charge
   */
  void charge(int tenant, double deviceNanos);
}
