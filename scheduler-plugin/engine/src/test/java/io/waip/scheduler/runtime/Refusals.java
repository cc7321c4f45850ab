package io.waip.scheduler.runtime;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.deployment.Tenant;
import java.util.List;

/** Checks that each refusal has its cause, and that what must be refused is. */
final class Refusals {
  /** Spacing of token times that counts as equal, nanoseconds: rounding of either side. */
  private static final double TOLERANCE_NANOS = 10;

  /** Offline requests are refused when this share of the queue is taken. */
  private static final double OFFLINE_SHARE = 0.875;

  private final Ledger ledger;
  private final List<Tenant> tenants;
  private final int queueCapacity;
  private final long startNanos;
  private final double[] nextTokenNanos;
  private boolean wasIdle;
  private int queuedBefore;

  Refusals(Scenario scenario, Ledger ledger) {
    this.ledger = ledger;
    tenants = scenario.deployment.tenants();
    queueCapacity = scenario.settings.queueCapacity();
    startNanos = scenario.startNanos;
    nextTokenNanos = new double[tenants.size()];
  }

  /** Remembers the state before a request arrives. */
  void arriving() {
    wasIdle = ledger.isIdle();
    queuedBefore = ledger.book.queued();
  }

  /** Checks what became of the request that just arrived; {@code NONE} where it was admitted. */
  void settled(long nowNanos, int r, Reason reason) {
    boolean screened =
        switch (reason) {
          case SHUTDOWN, TOO_LONG, QUALITY_FLOOR, GOVERNANCE, NO_ENDPOINT -> true;
          default -> false;
        };
    Invariant.UNSERVABLE_REFUSED.require(
        screened || anyEndpoint(r, true), "request " + r + ": " + reason);
    if (!screened && reason != Reason.QUEUE_FULL) {
      checkRate(nowNanos, r, reason == Reason.RATE_LIMIT);
    }
  }

  /** The token bucket as the generic cell rate algorithm (ITU-T I.371) states it. */
  private void checkRate(long nowNanos, int r, boolean refused) {
    Tenant tenant = tenants.get(ledger.book.tenant(r));
    double spacing = 1e9 / tenant.ratePerSecond();
    double now = nowNanos - startNanos;
    double ahead = nextTokenNanos[ledger.book.tenant(r)] - now;
    double allowance = (tenant.burst() - 1) * spacing;
    boolean conforms = ahead <= allowance + TOLERANCE_NANOS;
    boolean exceeds = ahead > allowance - TOLERANCE_NANOS && spacing > 0;
    Invariant.REFUSAL_JUSTIFIED.require(
        refused ? exceeds || hasCeiling(r) : conforms,
        "request " + r + " is " + ahead + " ns ahead of its rate");
    if (!refused || !exceeds) {
      nextTokenNanos[ledger.book.tenant(r)] = Math.max(0, ahead) + now + spacing;
    }
  }

  /** Checks the cause given for refusing the request that just arrived. */
  void check(int r, Reason reason, boolean stopped) {
    double share = ledger.book.tier(r) == Tier.OFFLINE ? OFFLINE_SHARE : 1;
    boolean justified =
        switch (reason) {
          case SHUTDOWN -> stopped;
          case TOO_LONG, QUALITY_FLOOR -> !anyVariantFits(r);
          case GOVERNANCE -> anyVariantFits(r) && !anyEndpoint(r, false);
          case NO_ENDPOINT -> !anyEndpoint(r, true);
          case QUEUE_FULL -> queuedBefore >= Math.max(1, queueCapacity * share);
          case RATE_LIMIT -> isLimited(r);
          case PREDICTED_LATE -> !(wasIdle && servableSomewhere(r));
          case NONE, EXPIRED, EXECUTION_ERROR, CLIENT, INVALID -> false;
        };
    Invariant.REFUSAL_JUSTIFIED.require(justified, "request " + r + ": " + reason);
  }

  private boolean isLimited(int r) {
    return Double.isFinite(tenants.get(ledger.book.tenant(r)).ratePerSecond()) || hasCeiling(r);
  }

  private boolean hasCeiling(int r) {
    return Double.isFinite(ledger.rules.ceilingPerSecond(ledger.book.service(r)));
  }

  /** Checks that a request evicted as expired could not be answered in time any more. */
  void checkExpiry(long nowNanos, int r) {
    int service = ledger.book.service(r);
    long deadline = ledger.book.deadlineNanos(r);
    boolean hopeless = deadline != RequestDescriptor.NO_DEADLINE;
    for (int v = ledger.rules.firstVariant(service); v < ledger.rules.endVariant(service); v++) {
      boolean inTime =
          ledger.rules.fits(service, v, ledger.book.length(r), 0)
              && isUpSomewhere(v)
              && deadline - nowNanos >= ledger.rules.slowestAloneNanos(v, ledger.book.length(r));
      hopeless &= !inTime;
    }
    Invariant.EVICTION_JUSTIFIED.require(hopeless, "request " + r + " at " + nowNanos);
  }

  private boolean isUpSomewhere(int variant) {
    for (int e = 0; e < ledger.rules.endpoints(); e++) {
      if (ledger.isUp(e) && ledger.rules.endpoint(e).runs(variant)) {
        return true;
      }
    }
    return false;
  }

  private boolean servableSomewhere(int r) {
    for (int e = 0; e < ledger.rules.endpoints(); e++) {
      if (ledger.isUp(e) && ledger.servable(r, e)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyVariantFits(int r) {
    int service = ledger.book.service(r);
    for (int v = ledger.rules.firstVariant(service); v < ledger.rules.endVariant(service); v++) {
      if (ledger.rules.fits(service, v, ledger.book.length(r), ledger.book.floor(r))) {
        return true;
      }
    }
    return false;
  }

  /** Says whether an endpoint, one that is up if so asked, may and can run the request at all. */
  private boolean anyEndpoint(int r, boolean up) {
    int service = ledger.book.service(r);
    for (int e = 0; e < ledger.rules.endpoints(); e++) {
      boolean usable = ledger.rules.permits(ledger.book.region(r), e) && (!up || ledger.isUp(e));
      for (int v = ledger.rules.firstVariant(service); v < ledger.rules.endVariant(service); v++) {
        if (usable
            && ledger.rules.endpoint(e).runs(v)
            && ledger.rules.fits(service, v, ledger.book.length(r), ledger.book.floor(r))) {
          return true;
        }
      }
    }
    return false;
  }
}
