package io.waip.scheduler.batch;

import io.waip.scheduler.plan.PlanTable;
import io.waip.scheduler.state.Window;

/**
 * What a batch is formed from and for: a service's window, an endpoint, the variants it may run. A
 * reused buffer, filled before each question. Times are nanoseconds of the driver's clock.
 */
public final class Situation {
  private final double[] correction;
  private final Window window;
  private PlanTable plan;
  private long nowNanos;
  private int service;
  private long preferredVariants;
  private long allowedVariants;
  private boolean offlineOnly;
  private long offlineEndNanos;
  private long urgentEndNanos = Long.MAX_VALUE;
  private int endpointsUp;
  private double pace = 1;
  private long nextFreeNanos;

  /** Allocates a situation over one window. */
  public Situation(Window window, PlanTable plan) {
    this.window = window;
    this.plan = plan;
    correction = new double[plan.endVariant(plan.deployment().services().size() - 1)];
  }

  /** Sets the plan in force. */
  public void plan(PlanTable current) {
    plan = current;
  }

  /** Starts a new question. */
  public Situation at(long now, int serviceIndex) {
    nowNanos = now;
    service = serviceIndex;
    return this;
  }

  /**
   * Sets the variants.
   *
   * @param preferred bit {@code v} set for those to use while every deadline can be met with them
   * @param allowed bit {@code v} set for those to use otherwise; contains {@code preferred}
   */
  public Situation variants(long preferred, long allowed) {
    preferredVariants = preferred;
    allowedVariants = allowed;
    return this;
  }

  /**
   * Sets how much faster than the service's reference the variant of highest quality is that the
   * endpoint at hand runs, {@code > 0}.
   */
  public Situation pace(double factor) {
    pace = factor;
    return this;
  }

  double pace() {
    return pace;
  }

  /** Sets the factor on a variant's prediction for the endpoint at hand, {@code > 0}. */
  public void correction(int variant, double factor) {
    correction[variant] = factor;
  }

  /**
   * Sets the bounds on offline work.
   *
   * @param only whether no other request may be taken
   * @param endNanos when a batch with offline work in it must have ended, unless it is of one
   */
  public Situation offline(boolean only, long endNanos) {
    offlineOnly = only;
    offlineEndNanos = endNanos;
    return this;
  }

  /**
   * Sets the bound on batches without offline work while all deadlines can be met.
   *
   * @param endNanos when such a batch must have ended, unless it is of one
   */
  public Situation urgent(long endNanos) {
    urgentEndNanos = endNanos;
    return this;
  }

  /** Says whether no request with a deadline may be taken. */
  public boolean offlineOnly() {
    return offlineOnly;
  }

  /** Returns when a batch of several with offline work in it must have ended, nanoseconds. */
  public long offlineEndNanos() {
    return offlineEndNanos;
  }

  long urgentEndNanos() {
    return urgentEndNanos;
  }

  /**
   * Tells of the endpoints.
   *
   * @param up number of those that are up, {@code >= 1}
   * @param nextNanos when the next one but this is free, or {@link Long#MAX_VALUE}
   */
  public Situation endpoints(int up, long nextNanos) {
    endpointsUp = up;
    nextFreeNanos = nextNanos;
    return this;
  }

  Window window() {
    return window;
  }

  PlanTable plan() {
    return plan;
  }

  long nowNanos() {
    return nowNanos;
  }

  int service() {
    return service;
  }

  /** Returns the variants to use while every deadline can be met with them. */
  public long preferredVariants() {
    return preferredVariants;
  }

  /** Returns the variants to use otherwise. */
  public long allowedVariants() {
    return allowedVariants;
  }

  /** Returns the factor on a variant's prediction. */
  public double correction(int variant) {
    return correction[variant];
  }

  int endpointsUp() {
    return endpointsUp;
  }

  long nextFreeNanos() {
    return nextFreeNanos;
  }
}
