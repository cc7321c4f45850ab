package io.waip.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.deployment.Tenant;
import io.waip.api.queue.FairnessPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every {@link FairnessPolicy} does. A test class extends this and names the policy. */
public abstract class FairnessPolicyContract {
  private static final double CHARGE = 1_000;

  /** For subclasses. */
  protected FairnessPolicyContract() {}

  /**
   * Creates a policy with every tenant idle.
   *
   * @param largestChargeNanos no single charge will be larger
   */
  protected abstract FairnessPolicy create(List<Tenant> tenants, double largestChargeNanos);

  private FairnessPolicy create(double... weights) {
    List<Tenant> tenants = new ArrayList<>();
    for (double weight : weights) {
      tenants.add(new Tenant("t" + tenants.size(), weight, Double.POSITIVE_INFINITY, 1));
    }
    return create(tenants, CHARGE);
  }

  @Test
  void servesALoneTenantAlways() {
    FairnessPolicy policy = create(1, 1);
    policy.activated(1);
    for (int i = 0; i < 100; i++) {
      assertThat(policy.mayServe(1)).isTrue();
      policy.charge(1, CHARGE);
    }
  }

  @Test
  void letsAtLeastOneActiveTenantBeServed() {
    FairnessPolicy policy = create(1, 2, 5, 0.1);
    boolean[] active = new boolean[4];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      int tenant = random.nextInt(4);
      if (!active[tenant]) {
        policy.activated(tenant);
        active[tenant] = true;
      } else if (random.nextInt(3) == 0) {
        policy.deactivated(tenant);
        active[tenant] = false;
      } else {
        policy.charge(tenant, random.nextDouble() * CHARGE);
      }
      boolean any = false;
      boolean served = false;
      for (int t = 0; t < 4; t++) {
        any |= active[t];
        served |= active[t] && policy.mayServe(t);
      }
      assertThat(served).isEqualTo(any);
    }
  }

  @Test
  void dividesByWeight() {
    FairnessPolicy policy = create(1, 3);
    policy.activated(0);
    policy.activated(1);
    double[] served = new double[2];
    int turn = 0;
    for (int i = 0; i < 4_000; i++) {
      turn = policy.mayServe(turn) ? turn : 1 - turn;
      policy.charge(turn, CHARGE);
      served[turn] += CHARGE;
      double gap = Math.abs(served[0] - served[1] / 3);
      assertThat(gap).isLessThanOrEqualTo(2 * CHARGE);
    }
    assertThat(served[1] / served[0]).isBetween(2.98, 3.02);
  }

  @Test
  void givesNoCreditForIdlingBesideAnother() {
    FairnessPolicy policy = create(1, 1);
    policy.activated(0);
    for (int i = 0; i < 1_000; i++) {
      policy.charge(0, CHARGE);
    }
    policy.activated(1);
    assertThat(turnsUntilServed(policy, 0, 1)).isLessThanOrEqualTo(2);
  }

  @Test
  void givesNoCreditForIdlingWhileNobodyIsActive() {
    FairnessPolicy policy = create(1, 1);
    for (int i = 0; i < 1_000; i++) {
      policy.activated(0);
      policy.charge(0, CHARGE);
      policy.deactivated(0);
    }
    policy.activated(1);
    policy.activated(0);
    assertThat(turnsUntilServed(policy, 0, 1)).isLessThanOrEqualTo(2);
  }

  @Test
  void keepsTheDebtOfATenantThatLeavesAndReturns() {
    FairnessPolicy policy = create(1, 1);
    policy.activated(0);
    policy.activated(1);
    for (int i = 0; i < 10; i++) {
      policy.charge(0, CHARGE);
    }
    policy.deactivated(0);
    policy.activated(0);
    assertThat(policy.mayServe(0)).isFalse();
    assertThat(policy.mayServe(1)).isTrue();
  }

  @Test
  void takesBackAChargeThatWasTooHigh() {
    FairnessPolicy policy = create(1, 1);
    policy.activated(0);
    policy.activated(1);
    for (int i = 0; i < 10; i++) {
      policy.charge(0, CHARGE);
    }
    assertThat(policy.mayServe(0)).isFalse();
    policy.charge(0, -10 * CHARGE);
    assertThat(policy.mayServe(0)).isTrue();
  }

  /** Serves {@code other} until {@code tenant} may be served; returns how often it was. */
  private static int turnsUntilServed(FairnessPolicy policy, int tenant, int other) {
    int turns = 0;
    while (!policy.mayServe(tenant)) {
      policy.charge(other, CHARGE);
      turns++;
    }
    return turns;
  }
}
