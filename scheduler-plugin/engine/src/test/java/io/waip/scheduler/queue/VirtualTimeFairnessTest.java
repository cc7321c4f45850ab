package io.waip.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.contract.FairnessPolicyContract;
import io.waip.api.deployment.Tenant;
import io.waip.api.queue.FairnessPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeFairnessTest extends FairnessPolicyContract {
  @Override
  protected FairnessPolicy create(List<Tenant> tenants, double largestChargeNanos) {
    return new VirtualTimeFairness(tenants, largestChargeNanos);
  }

  private static VirtualTimeFairness twoTenants(double slackNanos) {
    Tenant light = new Tenant("light", 1, Double.POSITIVE_INFINITY, 1);
    Tenant heavy = new Tenant("heavy", 4, Double.POSITIVE_INFINITY, 1);
    return new VirtualTimeFairness(List.of(light, heavy), slackNanos);
  }

  @Test
  void countsDeviceTimeOverWeight() {
    VirtualTimeFairness fairness = twoTenants(0);
    fairness.charge(0, 100);
    fairness.charge(1, 100);
    assertThat(fairness.virtualNanos(0)).isEqualTo(100);
    assertThat(fairness.virtualNanos(1)).isEqualTo(25);
  }

  @Test
  void letsATenantRunAheadByTheSlackOverItsWeight() {
    VirtualTimeFairness fairness = twoTenants(100);
    fairness.activated(0);
    fairness.activated(1);
    fairness.charge(1, 100);
    assertThat(fairness.mayServe(1)).isTrue();
    fairness.charge(1, 1);
    assertThat(fairness.mayServe(1)).isFalse();
    fairness.slack(101);
    assertThat(fairness.mayServe(1)).isTrue();
  }

  @Test
  void liftsANewcomerToTheLeastServedActiveTenant() {
    VirtualTimeFairness fairness = twoTenants(0);
    fairness.activated(0);
    fairness.charge(0, 500);
    fairness.activated(1);
    assertThat(fairness.virtualNanos(1)).isEqualTo(500);
  }

  @Test
  void liftsAfterACalmToWhereTheLastOneLeft() {
    VirtualTimeFairness fairness = twoTenants(0);
    fairness.activated(0);
    fairness.deactivated(0);
    fairness.charge(0, 500);
    fairness.activated(1);
    assertThat(fairness.virtualNanos(1)).isEqualTo(500);
  }
}
